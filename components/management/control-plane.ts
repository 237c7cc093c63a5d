import { LogGroup } from "@pulumi/aws/cloudwatch";
import { AccessEntry, AccessPolicyAssociation, Cluster } from "@pulumi/aws/eks";
import { Role, RolePolicyAttachment } from "@pulumi/aws/iam";
import { type Key } from "@pulumi/aws/kms";
import * as pulumi from "@pulumi/pulumi";

import { trustedService } from "../../fleet/aws/policy-document";
import { accessOf, principalName } from "../../fleet/management/access";
import { type EksManagementClusterArgs } from "./eks-management-cluster";

/** The parts of a management cluster's control plane that others build on. */
export interface ControlPlane {
  readonly cluster: Cluster;
  /** Who may enter; the run itself may act on the cluster once they are there. */
  readonly access: readonly pulumi.Resource[];
}

const LOG_TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/** EKS with its role, its logs and the people who may enter. */
export function createControlPlane(
  name: string,
  args: EksManagementClusterArgs,
  { key, subnetIds, partition }: { key: Key; subnetIds: pulumi.Input<string>[]; partition: pulumi.Input<string> },
  parent: pulumi.Resource,
): ControlPlane {
  // EKS would make the log group itself, without encryption and for ever.
  const logs = new LogGroup(
    `${name}-logs`,
    { name: controlPlaneLogGroup(args.clusterName), retentionInDays: args.logDays, kmsKeyId: key.arn },
    { parent },
  );
  const role = new Role(
    `${name}-control-plane`,
    {
      name: `${args.clusterName}-control-plane`,
      assumeRolePolicy: JSON.stringify(trustedService("eks.amazonaws.com")),
    },
    { parent },
  );
  const rights = new RolePolicyAttachment(
    `${name}-control-plane`,
    { role: role.name, policyArn: pulumi.interpolate`arn:${partition}:iam::aws:policy/AmazonEKSClusterPolicy` },
    { parent },
  );
  const cluster = new Cluster(
    name,
    {
      name: args.clusterName,
      version: args.kubernetesVersion,
      roleArn: role.arn,
      vpcConfig: {
        subnetIds,
        endpointPrivateAccess: true,
        endpointPublicAccess: args.publicFrom.length > 0,
        ...(args.publicFrom.length > 0 ? { publicAccessCidrs: args.publicFrom } : {}),
      },
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
      // Add-ons are declared one by one, see add-ons.ts.
      bootstrapSelfManagedAddons: false,
      encryptionConfig: { provider: { keyArn: key.arn }, resources: ["secrets"] },
      enabledClusterLogTypes: LOG_TYPES,
      upgradePolicy: { supportType: args.extendedSupport ? "EXTENDED" : "STANDARD" },
      zonalShiftConfig: { enabled: true },
      deletionProtection: args.protect,
    },
    { parent, dependsOn: [logs, rights], customTimeouts: { create: "40m", update: "90m" } },
  );
  return { cluster, access: admit(name, args, cluster, parent, partition) };
}

/** The name that EKS writes its logs to. */
export function controlPlaneLogGroup(clusterName: string): string {
  return `/aws/eks/${clusterName}/cluster`;
}

/** People come and go: their entries are not protected as the rest is. */
function admit(
  name: string,
  args: EksManagementClusterArgs,
  cluster: Cluster,
  parent: pulumi.Resource,
  partition: pulumi.Input<string>,
): pulumi.Resource[] {
  const come = { parent, protect: false };
  return accessOf(args.admins, args.environments).flatMap(({ principal, isAdmin, groups }) => {
    const role = `${name}-access-${principalName(principal)}`;
    const entry = new AccessEntry(
      role,
      {
        clusterName: cluster.name,
        principalArn: principal,
        ...(groups.length > 0 ? { kubernetesGroups: [...groups] } : {}),
      },
      come,
    );
    return isAdmin ? [entry, makeAdmin(role, cluster, entry, partition, come)] : [entry];
  });
}

function makeAdmin(
  name: string,
  cluster: Cluster,
  { principalArn }: AccessEntry,
  partition: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): AccessPolicyAssociation {
  return new AccessPolicyAssociation(
    name,
    {
      clusterName: cluster.name,
      principalArn,
      policyArn: pulumi.interpolate`arn:${partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy`,
      accessScope: { type: "cluster" },
    },
    opts,
  );
}
