import * as ipaddr from "ipaddr.js";

import { type JsonObject, objectAt, stringAt } from "../grpc/json";
import { type Account } from "./account";

/** What is about to happen to one thing. Inputs are plain; what is not known yet is left out. */
export interface Change {
  readonly account: Account;
  readonly type: string;
  readonly id: string;
  readonly before: JsonObject;
  readonly after: JsonObject;
}

/** Says why AWS would refuse a change; nothing where it would not. */
type Rule = (change: Change) => string | undefined;

const CLUSTER = "aws:eks/cluster:Cluster";
const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
const SUBNET = "aws:ec2/subnet:Subnet";
const ROLE = "aws:iam/role:Role";

/** Refusals that the order or the shape of our resources could run into, by type and moment. */
const RULES: Readonly<Record<string, { create?: Rule; update?: Rule; delete?: Rule }>> = {
  [CLUSTER]: { create: openToAll, update: (change) => openToAll(change) ?? oneMinorUp(change), delete: mayDelete },
  [NODE_GROUP]: { create: notAheadOfCluster, update: notAheadOfCluster },
  [SUBNET]: { create: fitsIntoVpc },
  [ROLE]: { delete: roleIsFree },
  "aws:eks/addon:Addon": { create: clusterExists },
  "aws:eks/accessEntry:AccessEntry": { create: clusterExists },
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": { create: clusterExists },
};

export function refusal(moment: "create" | "update" | "delete", change: Change): string | undefined {
  return RULES[change.type]?.[moment]?.(change);
}

/** Source: EKS user guide, "Update existing cluster to new Kubernetes version". */
function oneMinorUp({ before, after }: Change): string | undefined {
  const step = minor(after) - minor(before);
  if (step === 0 || step === 1) return undefined;
  return step < 0
    ? `InvalidParameterException: Unsupported Kubernetes minor version update from ${stringAt(before, "version")} to ${stringAt(after, "version")}`
    : `InvalidParameterException: Cluster version can be updated one minor at a time (from ${stringAt(before, "version")} to ${stringAt(after, "version")})`;
}

/** Source: EKS API reference, CreateCluster: with public access off, nobody reaches the API server from outside. */
function openToAll({ after }: Change): string | undefined {
  const vpc = objectAt(after, "vpcConfig");
  return vpc["endpointPublicAccess"] === false && vpc["endpointPrivateAccess"] !== true
    ? "InvalidParameterException: Private and public endpoint access cannot both be disabled"
    : undefined;
}

/** Source: EKS API reference, DeleteCluster, and "Protect EKS clusters from accidental deletion". */
function mayDelete({ account, id, before }: Change): string | undefined {
  if (before["deletionProtection"] === true) {
    return "InvalidRequestException: Cluster deletion protection is enabled";
  }
  const groups = account.all(NODE_GROUP).filter(({ properties }) => properties["clusterName"] === id);
  return groups.length > 0 ? "ResourceInUseException: Cluster has nodegroups attached" : undefined;
}

/** Source: Kubernetes version skew policy, as EKS enforces it for node groups. */
function notAheadOfCluster({ account, after }: Change): string | undefined {
  const cluster = account.find(CLUSTER, stringAt(after, "clusterName"));
  if (cluster === undefined) return noCluster(after);
  return minor(after) > minor(cluster.properties)
    ? `InvalidParameterException: Nodegroup Kubernetes version ${stringAt(after, "version")} must not be above the cluster's ${stringAt(cluster.properties, "version")}`
    : undefined;
}

function clusterExists({ account, after }: Change): string | undefined {
  return account.find(CLUSTER, stringAt(after, "clusterName")) === undefined ? noCluster(after) : undefined;
}

function noCluster(after: JsonObject): string {
  return `ResourceNotFoundException: No cluster found for name: ${stringAt(after, "clusterName")}.`;
}

/** Source: EC2 API reference, CreateSubnet. */
function fitsIntoVpc({ account, after }: Change): string | undefined {
  const vpc = account.find("aws:ec2/vpc:Vpc", stringAt(after, "vpcId"));
  const range = stringAt(after, "cidrBlock");
  if (vpc === undefined) return `InvalidVpcID.NotFound: The vpc ID '${stringAt(after, "vpcId")}' does not exist`;
  const [start, end] = bounds(range);
  const [first, last] = bounds(stringAt(vpc.properties, "cidrBlock"));
  if (start < first || end > last) return `InvalidSubnet.Range: The CIDR '${range}' is invalid.`;
  const overlaps = account
    .all(SUBNET)
    .filter(({ properties }) => properties["vpcId"] === vpc.id)
    .some(({ properties }) => {
      const [otherStart, otherEnd] = bounds(stringAt(properties, "cidrBlock"));
      return start <= otherEnd && otherStart <= end;
    });
  return overlaps ? `InvalidSubnet.Conflict: The CIDR '${range}' conflicts with another subnet` : undefined;
}

/** Source: IAM API reference, DeleteRole. */
function roleIsFree({ account, id }: Change): string | undefined {
  const uses = (type: string) => account.all(type).some(({ properties }) => properties["role"] === id);
  if (uses("aws:iam/rolePolicyAttachment:RolePolicyAttachment") || uses("aws:iam/rolePolicy:RolePolicy")) {
    return "DeleteConflict: Cannot delete entity, must detach all policies first.";
  }
  return uses("aws:iam/instanceProfile:InstanceProfile")
    ? "DeleteConflict: Cannot delete entity, must remove roles from instance profile first."
    : undefined;
}

function minor(properties: JsonObject): number {
  return Number(stringAt(properties, "version").split(".")[1] ?? 0);
}

function bounds(range: string): [number, number] {
  const number = (address: ipaddr.IPv4) => address.octets.reduce((sum, octet) => sum * 256 + octet, 0);
  return [number(ipaddr.IPv4.networkAddressFromCIDR(range)), number(ipaddr.IPv4.broadcastAddressFromCIDR(range))];
}
