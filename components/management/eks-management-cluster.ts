import { getCallerIdentityOutput, getPartitionOutput } from "@pulumi/aws";
import { Alias, Key } from "@pulumi/aws/kms";
import { Provider } from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";

import { keyPolicy } from "../../fleet/management/iam/key-policy";
import { eksKubeconfig } from "../../fleet/management/kubeconfig";
import { type ChartArgs } from "../charts";
import { typeToken } from "../type-token";
import { createEarlyAddOns, createLateAddOns } from "./add-ons";
import { controlPlaneLogGroup, createControlPlane } from "./control-plane";
import { createLoadBalancerController } from "./load-balancer-controller";
import { ManagementNetwork, type ZoneSubnetsArgs } from "./network";
import { createNodes } from "./nodes";

/** Who declares clusters of an environment. */
export interface EnvironmentPrincipalsArgs {
  /** Name of the environment, e.g. `production`; plain. */
  environment: string;
  /** ARNs of IAM roles or users; plain. */
  principals: string[];
}

export interface EksManagementClusterArgs {
  /** Name of the EKS cluster and identity of all that is declared on it; plain. Another name is another cluster. */
  clusterName: string;
  /** Region; plain. */
  region: string;
  /** Minor version of EKS without a v, e.g. `1.35`; plain. One up at a time; control plane first, then each node. */
  kubernetesVersion: string;
  /** Pay for extended support instead of being upgraded at the end of standard support; plain. */
  extendedSupport: boolean;
  /** Range of the VPC, e.g. `10.0.0.0/16`; plain. A change replaces the cluster. */
  vpcRange: string;
  /** Three availability zones and their subnets; plain. */
  zones: ZoneSubnetsArgs[];
  /** A NAT gateway for each zone instead of one; plain. */
  natGatewayPerZone: boolean;
  /** Private endpoints for AWS services; plain. */
  interfaceEndpoints: boolean;
  /** Days for which flow logs are kept; plain. */
  flowLogDays: number;
  /** Networks that may reach the API server from the internet; empty: none; plain. */
  publicFrom: string[];
  /** ARNs of IAM roles or users with all rights on the cluster; plain. */
  admins: string[];
  /** Who declares clusters of which environment; plain. */
  environments: EnvironmentPrincipalsArgs[];
  /** Machine types of the nodes, the first preferred; plain. A change rolls the nodes. */
  instanceTypes: string[];
  /** Nodes in each zone; plain. */
  nodesPerZone: number;
  /** Most nodes in each zone; plain. */
  maxNodesPerZone: number;
  /** Disk of each node, GiB; plain. A change rolls the nodes. */
  diskGiB: number;
  /** Days for which the control plane's logs are kept; plain. */
  logDays: number;
  /** AWS refuses to delete the cluster (EKS deletion protection); plain. */
  protect: boolean;
  /** Charts by name: `aws-load-balancer-controller`; plain. */
  charts: Record<string, ChartArgs>;
}

/**
 * A management cluster on EKS: highly available over three zones, its API server private or open to named networks
 * alone, secrets and logs under a key of its own, nodes that EKS repairs, add-ons that EKS keeps, load balancers
 * for its Services.
 *
 * Protect it (`protect` in its options): its parts inherit that, save what changes in daily life, nodes and people.
 *
 * Do not use it for workload clusters: those are declared through Cluster API. It costs money as soon as it is there,
 * see docs/management-cluster.md.
 *
 * @example
 * const management = new EksManagementCluster("fleet", { clusterName: "fleet", region: "us-west-2", ... });
 * new k8s.core.v1.Namespace("hello", {}, { provider: management.provider });
 */
export class EksManagementCluster extends pulumi.ComponentResource {
  readonly clusterName: pulumi.Output<string>;
  /** Address of the API server. */
  readonly endpoint: pulumi.Output<string>;
  /** Calls the `aws` command for a token; holds no credential. */
  readonly kubeconfig: pulumi.Output<string>;
  /** Issuer of the cluster's OIDC tokens. */
  readonly oidcIssuer: pulumi.Output<string>;
  readonly vpcId: pulumi.Output<string>;
  /** Subnets of its nodes and their route tables, in order of zones. */
  readonly nodeSubnetIds: pulumi.Output<string[]>;
  readonly nodeRouteTableIds: pulumi.Output<string[]>;
  /** Addresses from which its nodes reach the internet, and workload clusters' API servers. */
  readonly natAddresses: pulumi.Output<string[]>;
  /** Role of the nodes. */
  readonly nodeRoleArn: pulumi.Output<string>;
  /** Security group that EKS gives to control plane and nodes. */
  readonly clusterSecurityGroupId: pulumi.Output<string>;
  /** Declares Kubernetes objects on it. */
  readonly provider: Provider;

  constructor(name: string, args: EksManagementClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super(typeToken("EksManagementCluster"), name, args, opts);

    const { partition } = getPartitionOutput({}, { parent: this });
    const { accountId } = getCallerIdentityOutput({}, { parent: this });
    const key = this.createKey(name, args, { partition, accountId });
    const network = new ManagementNetwork(
      `${name}-network`,
      {
        clusterName: args.clusterName,
        region: args.region,
        vpcRange: args.vpcRange,
        zones: args.zones,
        natGatewayPerZone: args.natGatewayPerZone,
        interfaceEndpoints: args.interfaceEndpoints,
        flowLogGroup: flowLogGroup(args.clusterName),
        flowLogDays: args.flowLogDays,
        kmsKeyArn: key.arn,
      },
      { parent: this },
    );
    const { cluster, access } = createControlPlane(
      name,
      args,
      { key, subnetIds: network.controlPlaneSubnetIds, partition },
      this,
    );
    const place = { cluster, partition, kubernetesVersion: args.kubernetesVersion };
    const early = createEarlyAddOns(name, args, place, this);
    const { nodes, nodeRole } = createNodes(name, args, { ...place, subnetIds: network.nodeSubnetIds }, early, this);
    const addOns = createLateAddOns(name, args, place, nodes, this);

    this.clusterName = cluster.name;
    this.endpoint = cluster.endpoint;
    this.oidcIssuer = cluster.identities.apply(([identity]) => identity?.oidcs?.[0]?.issuer ?? "");
    this.vpcId = network.vpcId;
    this.nodeSubnetIds = pulumi.all(network.nodeSubnetIds);
    this.nodeRouteTableIds = pulumi.all(network.nodeRouteTableIds);
    this.natAddresses = pulumi.all(network.natAddresses);
    this.nodeRoleArn = nodeRole.arn;
    this.clusterSecurityGroupId = cluster.vpcConfig.clusterSecurityGroupId;
    this.kubeconfig = pulumi
      .all([cluster.endpoint, cluster.certificateAuthority])
      .apply(([endpoint, { data }]) =>
        eksKubeconfig({ name: args.clusterName, region: args.region, endpoint, certificateAuthority: data ?? "" }),
      );
    this.provider = this.createProvider(name, args, access);
    const loadBalancers = createLoadBalancerController(
      name,
      args,
      { cluster, vpcId: network.vpcId, partition, accountId, kubernetes: this.provider },
      addOns,
      this,
    );
    readiness.set(this, [...addOns, loadBalancers]);
    this.registerOutputs({ clusterName: this.clusterName, endpoint: this.endpoint, kubeconfig: this.kubeconfig });
  }

  /** One key for the cluster's secrets and logs. */
  private createKey(
    name: string,
    args: EksManagementClusterArgs,
    { partition, accountId }: { partition: pulumi.Output<string>; accountId: pulumi.Output<string> },
  ): Key {
    const logGroups = [controlPlaneLogGroup(args.clusterName), flowLogGroup(args.clusterName)];
    const key = new Key(
      `${name}-key`,
      {
        description: `Secrets and logs of the management cluster ${args.clusterName}`,
        enableKeyRotation: true,
        deletionWindowInDays: 30,
        policy: pulumi
          .all([partition, accountId])
          .apply(([partition, accountId]) =>
            JSON.stringify(keyPolicy({ partition, accountId, region: args.region }, logGroups)),
          ),
      },
      { parent: this },
    );
    new Alias(`${name}-key`, { name: `alias/${args.clusterName}`, targetKeyId: key.keyId }, { parent: this });
    return key;
  }

  private createProvider(name: string, args: EksManagementClusterArgs, access: readonly pulumi.Resource[]): Provider {
    return new Provider(
      `${name}-provider`,
      {
        kubeconfig: this.kubeconfig,
        // Known in every preview and tied to the name alone: a changed address replaces nothing.
        clusterIdentifier: args.clusterName,
        upsertExistingObjects: true,
        enablePatchForce: true,
      },
      // Not a child: `pulumi state move` leaves providers behind and takes copies along, so that a child would be left
      // without its parent.
      { dependsOn: [...access] },
    );
  }
}

/** Not a member, for every member of an exported component is an output of its schema. */
const readiness = new WeakMap<EksManagementCluster, readonly pulumi.Resource[]>();

/** What to wait for before anything is installed on the cluster: its nodes are there, names resolve, volumes attach. */
export function readyToInstall(cluster: EksManagementCluster): readonly pulumi.Resource[] {
  return readiness.get(cluster) ?? [];
}

function flowLogGroup(clusterName: string): string {
  return `/aws/vpc/${clusterName}/flow-logs`;
}
