import { LaunchTemplate } from "@pulumi/aws/ec2";
import { type Cluster, NodeGroup } from "@pulumi/aws/eks";
import { Role, RolePolicyAttachment } from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";

import { trustedService } from "../../fleet/aws/policy-document";
import { contentHash } from "../../fleet/content-hash";
import { type EksManagementClusterArgs } from "./eks-management-cluster";

/** What every node may do. The CNI and the EBS driver have roles of their own, and so have the controllers. */
const NODE_POLICIES = {
  worker: "AmazonEKSWorkerNodePolicy",
  images: "AmazonEC2ContainerRegistryPullOnly",
  sessions: "AmazonSSMManagedInstanceCore",
};

/**
 * The nodes: one group for each zone, so that each zone keeps its number; on demand, repaired by EKS, replaced one at a
 * time.
 * @param before What has to be there before a node can become ready.
 */
export function createNodes(
  name: string,
  args: EksManagementClusterArgs,
  {
    cluster,
    subnetIds,
    partition,
  }: { cluster: Cluster; subnetIds: pulumi.Input<string>[]; partition: pulumi.Input<string> },
  before: readonly pulumi.Resource[],
  parent: pulumi.Resource,
): { nodes: NodeGroup[]; nodeRole: Role } {
  const { role, rights } = createNodeRole(name, args, partition, parent);
  const template = createTemplate(name, args, parent);
  const nodes = args.zones.map(({ zone }, index) => {
    const letter = zone.slice(-1);
    return new NodeGroup(
      `${name}-nodes-${letter}`,
      {
        clusterName: cluster.name,
        // Other machine types are another group: the new one is there before the old one goes.
        nodeGroupName: `${args.clusterName}-${letter}-${contentHash(args.instanceTypes)}`,
        nodeRoleArn: role.arn,
        subnetIds: [subnetIds[index] ?? ""],
        version: args.kubernetesVersion,
        amiType: "AL2023_x86_64_STANDARD",
        capacityType: "ON_DEMAND",
        instanceTypes: args.instanceTypes,
        launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
        scalingConfig: {
          minSize: args.nodesPerZone,
          desiredSize: args.nodesPerZone,
          maxSize: args.maxNodesPerZone,
        },
        updateConfig: { maxUnavailable: 1 },
        nodeRepairConfig: { enabled: true },
      },
      {
        parent,
        protect: false,
        dependsOn: [...rights, ...before],
        customTimeouts: { create: "30m", update: "120m" },
      },
    );
  });
  return { nodes, nodeRole: role };
}

function createNodeRole(
  name: string,
  { clusterName }: EksManagementClusterArgs,
  partition: pulumi.Input<string>,
  parent: pulumi.Resource,
) {
  const role = new Role(
    `${name}-nodes`,
    { name: `${clusterName}-nodes`, assumeRolePolicy: JSON.stringify(trustedService("ec2.amazonaws.com")) },
    { parent },
  );
  const rights = Object.entries(NODE_POLICIES).map(
    ([purpose, policy]) =>
      new RolePolicyAttachment(
        `${name}-nodes-${purpose}`,
        { role: role.name, policyArn: pulumi.interpolate`arn:${partition}:iam::aws:policy/${policy}` },
        { parent },
      ),
  );
  return { role, rights };
}

/** Pods cannot reach the instance's credentials (hop limit 1), and the disk is encrypted. */
function createTemplate(name: string, args: EksManagementClusterArgs, parent: pulumi.Resource): LaunchTemplate {
  return new LaunchTemplate(
    `${name}-nodes`,
    {
      name: `${args.clusterName}-nodes`,
      updateDefaultVersion: true,
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: { volumeType: "gp3", volumeSize: args.diskGiB, encrypted: "true", deleteOnTermination: "true" },
        },
      ],
      tagSpecifications: ["instance", "volume"].map((resourceType) => ({
        resourceType,
        tags: { Name: `${args.clusterName}-node`, "cluster-fleet.io/management": args.clusterName },
      })),
    },
    { parent },
  );
}
