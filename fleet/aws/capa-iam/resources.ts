import { type Statement } from "../policy-document";
import { type CapaPlace } from "./place";

/**
 * EC2's resources of the account, the images and snapshots, which have no account in their names, and what another
 * account may share with this one through AWS RAM: the network and its addresses.
 */
export function ec2Resources({ partition, accountId }: CapaPlace): string[] {
  const shared = ["ipam-pool", "security-group", "subnet", "vpc"];
  return [
    `arn:${partition}:ec2:*:${accountId}:*`,
    `arn:${partition}:ec2:*::*`,
    ...shared.map((type) => `arn:${partition}:ec2:*:*:${type}/*`),
  ];
}

/** Load balancers, their listeners and target groups. */
export function loadBalancers({ partition, accountId }: CapaPlace): string[] {
  return [`arn:${partition}:elasticloadbalancing:*:${accountId}:*`];
}

/** The machines' bootstrap data; CAPA gives its secrets this prefix. */
export function bootstrapSecrets({ partition, accountId }: CapaPlace): string[] {
  return [`arn:${partition}:secretsmanager:*:${accountId}:secret:aws.cluster.x-k8s.io/*`];
}

/**
 * Lets AWS services make the one role that each of them needs in an account, at their first use.
 * @param services By host name, e.g. `spot.amazonaws.com`.
 * @param roles Paths of the roles, below `aws-service-role`.
 */
export function serviceLinkedRoles(
  { partition, accountId }: CapaPlace,
  services: readonly string[],
  roles: readonly string[],
): Statement {
  return {
    Sid: "ServiceRoles",
    Effect: "Allow",
    Action: ["iam:CreateServiceLinkedRole"],
    Resource: roles.map((role) => `arn:${partition}:iam::${accountId}:role/aws-service-role/${role}`),
    Condition: { StringLike: { "iam:AWSServiceName": services } },
  };
}
