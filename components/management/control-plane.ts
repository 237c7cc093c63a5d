import { LogGroup } from "@pulumi/aws/cloudwatch";
import { AccessEntry, AccessPolicyAssociation, Cluster } from "@pulumi/aws/eks";
import { Role, RolePolicyAttachment } from "@pulumi/aws/iam";
import { type Key } from "@pulumi/aws/kms";
import * as pulumi from "@pulumi/pulumi";

import { trustedService } from "../../fleet/aws/policy-document";
import { environmentGroup } from "../../fleet/environments/rights";
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
  const access = [...admit(name, args, cluster, parent, partition)];
  return { cluster, access };
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
  const admins = args.admins.flatMap((principalArn) => {
    const role = `admin-${lastPart(principalArn)}`;
    const entry = new AccessEntry(`${name}-${role}`, { clusterName: cluster.name, principalArn }, come);
    const rights = new AccessPolicyAssociation(
      `${name}-${role}`,
      {
        clusterName: cluster.name,
        principalArn: entry.principalArn,
        policyArn: pulumi.interpolate`arn:${partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy`,
        accessScope: { type: "cluster" },
      },
      come,
    );
    return [entry, rights];
  });
  const environments = args.environments.flatMap(({ environment, principals }) =>
    principals.map(
      (principalArn) =>
        new AccessEntry(
          `${name}-${environment}-${lastPart(principalArn)}`,
          { clusterName: cluster.name, principalArn, kubernetesGroups: [environmentGroup(environment)] },
          come,
        ),
    ),
  );
  return [...admins, ...environments];
}

/** `role/platform/break-glass` becomes `break-glass`; with the account, for the same role of two accounts are two. */
function lastPart(arn: string): string {
  return `${arn.split(":")[4]}-${arn.split("/").at(-1)}`;
}
