import { type JsonObject, objectAt, stringAt } from "../grpc/json";
import { type Change } from "./rules";

const CLUSTER = "aws:eks/cluster:Cluster";
const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
const ACCESS_ENTRY = "aws:eks/accessEntry:AccessEntry";

/** Source: EKS user guide, "Update existing cluster to new Kubernetes version". Without a version nothing is asked. */
export function oneMinorUp({ before, after }: Change): string | undefined {
  const [from, to] = [stringAt(before, "version"), stringAt(after, "version")];
  if (from === "" || to === "") return undefined;
  const step = minor(to) - minor(from);
  if (step === 0 || step === 1) return undefined;
  return step < 0
    ? `InvalidParameterException: Unsupported Kubernetes minor version update from ${from} to ${to}`
    : `InvalidParameterException: Cluster version can be updated one minor at a time (from ${from} to ${to})`;
}

/** Source: EKS API reference, CreateCluster: with public access off, nobody reaches the API server from outside. */
export function reachable({ after }: Change): string | undefined {
  const vpc = objectAt(after, "vpcConfig");
  return vpc["endpointPublicAccess"] === false && vpc["endpointPrivateAccess"] !== true
    ? "InvalidParameterException: Private and public endpoint access cannot both be disabled"
    : undefined;
}

/** Source: EKS API reference, DeleteCluster, and "Protect EKS clusters from accidental deletion". */
export function mayDelete({ account, id, before }: Change): string | undefined {
  if (before["deletionProtection"] === true) {
    return "InvalidRequestException: Cluster deletion protection is enabled";
  }
  const groups = account.all(NODE_GROUP).filter(({ properties }) => properties["clusterName"] === id);
  return groups.length > 0 ? "ResourceInUseException: Cluster has nodegroups attached" : undefined;
}

/** Source: Kubernetes version skew policy, as EKS enforces it for node groups. */
export function notAheadOfCluster({ account, after }: Change): string | undefined {
  const cluster = account.find(CLUSTER, stringAt(after, "clusterName"))?.properties;
  const [nodes, controlPlane] = [stringAt(after, "version"), stringAt(cluster, "version")];
  if (nodes === "" || controlPlane === "" || minor(nodes) <= minor(controlPlane)) return undefined;
  return (
    `InvalidParameterException: Nodegroup Kubernetes version ${nodes} must not be above the cluster's ` + controlPlane
  );
}

/** Source: EKS API reference: every operation on a part of a cluster. */
export function clusterExists({ account, after }: Change): string | undefined {
  return account.find(CLUSTER, stringAt(after, "clusterName")) === undefined ? noCluster(after) : undefined;
}

/** Source: EKS API reference, AssociateAccessPolicy: the principal has to have an access entry. */
export function accessEntryExists({ account, after }: Change): string | undefined {
  const [cluster, principal] = [stringAt(after, "clusterName"), stringAt(after, "principalArn")];
  return account.find(ACCESS_ENTRY, `${cluster}:${principal}`) === undefined
    ? `ResourceNotFoundException: The specified principalArn could not be found: ${principal}`
    : undefined;
}

function noCluster(after: JsonObject): string {
  return `ResourceNotFoundException: No cluster found for name: ${stringAt(after, "clusterName")}.`;
}

function minor(version: string): number {
  return Number(version.split(".")[1] ?? 0);
}
