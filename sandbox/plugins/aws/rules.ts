import { type JsonObject } from "../grpc/json";
import { type Account } from "./account";
import { accessEntryExists, clusterExists, mayDelete, notAheadOfCluster, oneMinorUp, reachable } from "./rules-eks";
import { policyIsFree, roleExists, roleIsFree } from "./rules-iam";
import { keysExist } from "./rules-kms";
import { attachedBefore, fitsIntoVpc, peeringExists, subnetsOfVpc } from "./rules-network";

/** What is about to happen to one thing. Inputs are plain, and all of them are known. */
export interface Change {
  readonly account: Account;
  readonly type: string;
  readonly id: string;
  readonly before: JsonObject;
  readonly after: JsonObject;
}

/** Says why AWS would refuse a change; nothing where it would not. */
export type Rule = (change: Change) => string | undefined;

export type Moment = "create" | "update" | "delete";

type Rules = Partial<Record<Moment, readonly Rule[]>>;

/** Refusals that the order or the shape of our resources could run into, by type and moment. */
const RULES: Readonly<Record<string, Rules>> = {
  "aws:ec2/subnet:Subnet": { create: [fitsIntoVpc] },
  "aws:ec2/route:Route": {
    create: [attachedBefore, peeringExists],
    update: [attachedBefore, peeringExists],
  },
  "aws:ec2transitgateway/vpcAttachment:VpcAttachment": { create: [subnetsOfVpc], update: [subnetsOfVpc] },
  "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter": { create: [peeringExists] },
  "aws:kms/alias:Alias": { create: [keysExist], update: [keysExist] },
  "aws:cloudwatch/logGroup:LogGroup": { create: [keysExist], update: [keysExist] },
  "aws:iam/role:Role": { delete: [roleIsFree] },
  "aws:iam/policy:Policy": { delete: [policyIsFree] },
  "aws:iam/rolePolicy:RolePolicy": { create: [roleExists] },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": { create: [roleExists] },
  "aws:iam/instanceProfile:InstanceProfile": { create: [roleExists], update: [roleExists] },
  "aws:eks/cluster:Cluster": {
    create: [reachable, keysExist],
    update: [reachable, keysExist, oneMinorUp],
    delete: [mayDelete],
  },
  "aws:eks/nodeGroup:NodeGroup": {
    create: [clusterExists, notAheadOfCluster],
    update: [clusterExists, notAheadOfCluster],
  },
  "aws:eks/addon:Addon": { create: [clusterExists] },
  "aws:eks/accessEntry:AccessEntry": { create: [clusterExists] },
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": { create: [clusterExists, accessEntryExists] },
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": { create: [clusterExists] },
};

/** The first reason against a change; nothing where AWS would make it. */
export function refusal(moment: Moment, change: Change): string | undefined {
  for (const rule of RULES[change.type]?.[moment] ?? []) {
    const reason = rule(change);
    if (reason !== undefined) return reason;
  }
  return undefined;
}
