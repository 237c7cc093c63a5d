export { Fleet, type FleetArgs, type FleetClusterArgs } from "./fleet";
export { ManagementCluster, type ManagementClusterArgs } from "./management/management-cluster";
export { ClusterClasses, type ClassRevisionArgs, type ClusterClassesArgs } from "./workload/cluster-classes";
export { WorkloadCluster, type WorkerPoolArgs, type WorkloadClusterArgs } from "./workload/workload-cluster";
