import { capaNames, type CapaPlace, roleArn } from "../aws/capa-iam/place";

import { type ApiAccess } from "./api-access";

/** What clusters on AWS have to know of the management cluster that makes them. */
export interface AwsSide {
  /** Name of the management cluster: its roles and instance profiles are called after it, in every account. */
  readonly managementName: string;
  /** Role that Cluster API's controllers have. Absent where nobody says so. */
  readonly controllersRole?: string;
  /** Roles that they take in other accounts, by account. */
  readonly accounts: Readonly<Record<string, string>>;
  /** Addresses that its calls to the internet come from. Absent where nobody says so, or before they are there. */
  readonly natAddresses?: readonly string[];
  /** Its network. Absent where nobody says so. */
  readonly range?: string;
}

/** For stacks without clusters on AWS. */
export const NO_AWS: AwsSide = { managementName: "", accounts: {} };

/** An object that tells CAPA as whom to act. */
export interface Identity {
  readonly kind: string;
  readonly name: string;
}

/** The identity of an account; see `components/cluster-api/account-identities.ts`. */
export function identityOf(account: string | undefined, side: AwsSide): Identity {
  return account === undefined || account === accountOf(side)
    ? { kind: "AWSClusterControllerIdentity", name: "default" }
    : { kind: "AWSClusterRoleIdentity", name: `account-${account}` };
}

/** The role that makes the clusters of an account; undefined where nobody says so. */
export function makerOf(account: string | undefined, side: AwsSide): string | undefined {
  return account === undefined || account === accountOf(side) ? side.controllersRole : side.accounts[account];
}

/** ARN of the role that worker machines have in the account of a role that makes clusters. */
export function nodesRole(maker: string, managementName: string): string {
  return roleArn(placeOf(maker, managementName), capaNames(managementName).nodes);
}

/** The ranges from which it calls API servers: its NAT addresses, or its network where they are private. */
export function callingRanges({ natAddresses = [], range }: AwsSide, access: ApiAccess): string[] {
  return access === "public" ? natAddresses.map(wholeAddress) : range === undefined ? [] : [range];
}

/** @param address An address, or a range. */
export function wholeAddress(address: string): string {
  return address.includes("/") ? address : `${address}/32`;
}

export function partitionOf(arn: string): string {
  return arn.split(":")[1] ?? "aws";
}

/** All roles of an account stand on one path. */
function placeOf(arn: string, managementName: string): CapaPlace {
  const [, partition = "", , , accountId = "", resource = ""] = arn.split(":");
  const path = resource.slice("role".length, resource.lastIndexOf("/") + 1);
  return { partition, accountId, managementName, path };
}

/** The management cluster's own account. */
export function accountOf({ controllersRole }: AwsSide): string | undefined {
  return controllersRole?.split(":")[4];
}
