import { capaNames } from "../aws/capa-iam/place";
import { architectureOf } from "../aws/instance-types";
import { type FleetConfig, type TopologyClusterConfig } from "../config/config";
import { type AwsKubeadmConfig } from "../config/schema/aws-classes";
import { ENVIRONMENT } from "../labels";
import { type ClusterRanges } from "../network/address-plan";
import { type PlannedWorkers } from "../planned";
import { byName } from "../sorted";
import { type TopologyVariable } from "./api-access";
import { type AwsSide, identityOf } from "./aws-side";
import { eksMachineImage, eksVariables } from "./eks-variables";
import { imageOf } from "./images";
import { machineDeployments } from "./pools";
import { VOLUME_GIB, workerSettings } from "./worker-settings";

/** What a cluster's topology says beyond its class, version and control-plane machines. */
export interface Topology {
  /** Sorted by name; without the one that says who reaches the API, see `api-access.ts`. */
  readonly variables: TopologyVariable[];
  /** Sorted by name. */
  readonly workers: PlannedWorkers[];
}

/** Machine type of a control plane where nothing else is said: etcd wants two processors and 8 GiB to itself. */
export const CONTROL_PLANE_TYPE = "m7i.large";

/** The topology of a cluster on AWS. */
export function awsTopology(
  name: string,
  cluster: TopologyClusterConfig,
  ranges: ClusterRanges,
  side: AwsSide,
  { environment, classes }: FleetConfig,
): Topology {
  const zones = ranges.subnets.map(({ zone }) => zone);
  const family = cluster.class === "aws-eks" ? "aws-eks" : "aws-kubeadm";
  const instanceProfile = classes[family].instanceProfile ?? capaNames(side.managementName).nodes;
  const ofTopology = Object.entries(cluster.workers).filter(([, { managed }]) => managed !== true);
  const workers = ofTopology.flatMap(([pool, values]) =>
    machineDeployments(pool, values, zones, (architecture) => {
      const id = imageOf(classes[family], cluster.version, cluster.region, architecture);
      const image = family === "aws-eks" ? eksMachineImage(id) : { id: id ?? "" };
      return workerSettings(pool, values, { image, instanceProfile });
    }),
  );
  const own =
    family === "aws-eks"
      ? eksVariables(cluster, side, classes["aws-eks"])
      : [controlPlane(cluster, side, classes["aws-kubeadm"])];
  const common = [
    { name: "identity", value: { ...identityOf(cluster.account, side) } },
    { name: "region", value: cluster.region },
    { name: "subnets", value: subnets(name, ranges) },
    { name: "tags", value: { [ENVIRONMENT]: environment, "cluster-fleet.io/management": side.managementName } },
    { name: "vpc", value: ranges.vpc },
  ];
  return { variables: [...common, ...own].sort(byName), workers: workers.sort(byName) };
}

function controlPlane(
  { version, region, controlPlane = {} }: TopologyClusterConfig,
  { managementName }: AwsSide,
  config: AwsKubeadmConfig,
): TopologyVariable {
  const { instanceType = CONTROL_PLANE_TYPE } = controlPlane;
  return {
    name: "controlPlane",
    value: {
      image: { id: imageOf(config, version, region, architectureOf(instanceType)) ?? "" },
      instanceType,
      instanceProfile: config.controlPlaneInstanceProfile ?? capaNames(managementName).controlPlane,
      volumeGiB: controlPlane.volumeGiB ?? VOLUME_GIB,
    },
  };
}

/**
 * Two subnets in each zone, under names by which CAPA finds them again (one that begins with `subnet-` it would take for an
 * id of AWS). It puts machines into any private subnet of their
 * zone, so there is one, and the control plane of EKS shares it with the nodes.
 */
function subnets(cluster: string, { subnets }: ClusterRanges) {
  return subnets.flatMap(({ zone, nodes, public: open }) => [
    { id: `nodes-${zone}-${cluster}`, availabilityZone: zone, cidrBlock: nodes, isPublic: false },
    { id: `public-${zone}-${cluster}`, availabilityZone: zone, cidrBlock: open, isPublic: true },
  ]);
}
