import { capaNames } from "../aws/capa-iam/place";
import { type TopologyClusterConfig } from "../config/config";
import { type AwsEksConfig } from "../config/schema/aws-classes";
import { type Json } from "../content-hash";
import { eksAddOns } from "../versions/eks-add-ons";
import { minorOf } from "../versions";
import { type TopologyVariable } from "./api-access";
import { type AwsSide, makerOf, nodesRole, partitionOf } from "./aws-side";
import { sortedEntries } from "../sorted";

const ADMIN_POLICY = "cluster-access-policy/AmazonEKSClusterAdminPolicy";

/** What only a cluster of class aws-eks has. */
export function eksVariables(cluster: TopologyClusterConfig, side: AwsSide, config: AwsEksConfig): TopologyVariable[] {
  const key = Object.entries(config.secretsKeys).find(([region]) => region === cluster.region)?.[1];
  return [
    { name: "accessEntries", value: accessEntries(cluster, side, config) },
    { name: "addOns", value: addOns(cluster.version, config) },
    { name: "controlPlaneRole", value: config.controlPlaneRole ?? capaNames(side.managementName).eksControlPlane },
    ...(key === undefined ? [] : [{ name: "secretsKey", value: key }]),
  ];
}

/** The image that the configuration names, else the one that EKS recommends when a machine starts. */
export function eksMachineImage(id: string | undefined) {
  return id === undefined ? { eksLookupType: "AmazonLinux2023" } : { id };
}

/** Cluster API's controllers, the nodes, and whom the configuration names; nobody else enters. */
function accessEntries({ account }: TopologyClusterConfig, side: AwsSide, { admins }: AwsEksConfig): Json {
  const maker = makerOf(account, side);
  if (maker === undefined) return [];
  const policyARN = `arn:${partitionOf(maker)}:eks::aws:${ADMIN_POLICY}`;
  const accessPolicies = [{ policyARN, accessScope: { type: "cluster" } }];
  return [
    ...[maker, ...admins.filter((admin) => admin !== maker).sort()].map((principalARN) => ({
      principalARN,
      type: "standard",
      accessPolicies,
    })),
    { principalARN: nodesRole(maker, side.managementName), type: "ec2_linux" },
  ];
}

function addOns(version: string, { addOns: overrides, ebsCsiRole }: AwsEksConfig): Json {
  const minor = minorOf(version);
  const versions = { ...eksAddOns(minor), ...overrides[`v${minor}`] };
  return sortedEntries(versions)
    .filter(([name]) => name !== EBS_CSI || ebsCsiRole !== undefined)
    .map(([name, chosen]) => ({
      name,
      version: chosen,
      ...(name === "vpc-cni" ? { configuration: JSON.stringify({ enableNetworkPolicy: "true" }) } : {}),
      ...(name === EBS_CSI ? { serviceAccountRoleARN: ebsCsiRole } : {}),
    }));
}

const EBS_CSI = "aws-ebs-csi-driver";
