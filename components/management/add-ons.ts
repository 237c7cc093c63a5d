import { Addon, type AddonArgs, type Cluster, getAddonVersionOutput } from "@pulumi/aws/eks";
import { Role, RolePolicyAttachment } from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";

import { trustedPods } from "../../fleet/aws/policy-document";
import { type EksManagementClusterArgs } from "./eks-management-cluster";

interface Place {
  readonly cluster: Cluster;
  /** Minor version of the cluster. */
  readonly kubernetesVersion: string;
  readonly partition: pulumi.Input<string>;
}

/** An add-on that calls AWS: its service account, and the AWS policy that the account's role has. */
interface Identity {
  readonly serviceAccount: string;
  readonly policy: string;
}

const CNI: Identity = { serviceAccount: "aws-node", policy: "AmazonEKS_CNI_Policy" };
const EBS: Identity = {
  serviceAccount: "ebs-csi-controller-sa",
  policy: "service-role/AmazonEBSCSIDriverPolicy",
};

/** What a node needs to become ready. */
export function createEarlyAddOns(
  name: string,
  args: EksManagementClusterArgs,
  place: Place,
  parent: pulumi.Resource,
): Addon[] {
  const agent = addOn(name, "eks-pod-identity-agent", place, parent);
  const cni = addOn(name, "vpc-cni", place, parent, {
    configurationValues: JSON.stringify({ enableNetworkPolicy: "true" }),
    podIdentityAssociations: [identity(name, args, CNI, place, parent)],
    dependsOn: [agent],
  });
  return [agent, cni, addOn(name, "kube-proxy", place, parent)];
}

/** What runs on nodes. */
export function createLateAddOns(
  name: string,
  args: EksManagementClusterArgs,
  place: Place,
  nodes: readonly pulumi.Resource[],
  parent: pulumi.Resource,
): Addon[] {
  const snapshots = addOn(name, "snapshot-controller", place, parent, { dependsOn: nodes });
  return [
    snapshots,
    addOn(name, "coredns", place, parent, { dependsOn: nodes }),
    addOn(name, "metrics-server", place, parent, { dependsOn: nodes }),
    addOn(name, "eks-node-monitoring-agent", place, parent, { dependsOn: nodes }),
    addOn(name, "aws-ebs-csi-driver", place, parent, {
      podIdentityAssociations: [identity(name, args, EBS, place, parent)],
      dependsOn: [...nodes, snapshots],
    }),
  ];
}

/**
 * The version is EKS' default for the cluster's minor, so that an add-on follows the cluster's upgrade; what somebody set
 * by hand stays through it.
 */
function addOn(
  name: string,
  addonName: string,
  { cluster, kubernetesVersion }: Place,
  parent: pulumi.Resource,
  {
    dependsOn = [],
    ...more
  }: Partial<Pick<AddonArgs, "configurationValues" | "podIdentityAssociations">> & {
    dependsOn?: readonly pulumi.Resource[];
  } = {},
): Addon {
  return new Addon(
    `${name}-${addonName}`,
    {
      clusterName: cluster.name,
      addonName,
      addonVersion: getAddonVersionOutput({ addonName, kubernetesVersion }, { parent }).version,
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "PRESERVE",
      ...more,
    },
    { parent, dependsOn: [...dependsOn] },
  );
}

function identity(
  name: string,
  { clusterName }: EksManagementClusterArgs,
  { serviceAccount, policy }: Identity,
  { partition }: Place,
  parent: pulumi.Resource,
) {
  const role = new Role(
    `${name}-${serviceAccount}`,
    {
      name: `${clusterName}-${serviceAccount}`,
      assumeRolePolicy: JSON.stringify(trustedPods({ clusterName, namespace: "kube-system", name: serviceAccount })),
    },
    { parent },
  );
  const rights = new RolePolicyAttachment(
    `${name}-${serviceAccount}`,
    { role: role.name, policyArn: pulumi.interpolate`arn:${partition}:iam::aws:policy/${policy}` },
    { parent },
  );
  // The add-on starts its pods at once: the role has its rights by then.
  return { serviceAccount, roleArn: pulumi.all([role.arn, rights.id]).apply(([arn]) => arn) };
}
