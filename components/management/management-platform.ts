import { getCallerIdentityOutput, getPartitionOutput } from "@pulumi/aws";
import { Provider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";

import { type ClusterApiInstaller } from "../../fleet/cluster-api/installer";
import { ClusterApi, type ClusterApiArgs, ready as clusterApiReady } from "../cluster-api/cluster-api";
import { Rancher, type RancherArgs, ready as rancherReady } from "../rancher/rancher";
import { typeToken } from "../type-token";
import { EksManagementCluster, type EksManagementClusterArgs, readyToInstall } from "./eks-management-cluster";
import { EnvironmentAccess } from "./environment-access";

/** All plain; `fleet/management/platform.ts` makes them from a stack's configuration. */
export interface ManagementPlatformArgs {
  /** Minor version of Kubernetes, with its v; the policies judge the releases together. */
  kubernetesVersion: string;
  /** Who installs Cluster API. */
  clusterApiInstaller: ClusterApiInstaller;
  clusterApiVersion: string;
  capaVersion: string;
  /** Absent where there is no Rancher. */
  rancherVersion?: string;
  /** The EKS cluster. */
  cluster: EksManagementClusterArgs;
  /** Cluster API; what is known only of the cluster itself is added here. */
  clusterApi: Omit<ClusterApiArgs, "clusterName" | "accountId" | "partition">;
  /** Rancher. Absent: there is none. */
  rancher?: RancherArgs;
}

/**
 * Everything that makes a management cluster on AWS: EKS in three zones, Cluster API with its AWS provider, Rancher where
 * it is wanted, and a place for each environment. It is one component named by the management cluster, so that
 * `pulumi state move` of this one resource hands the whole of it from one stack to another.
 *
 * @example
 * new ManagementPlatform("fleet", platformSettings(config, "production"));
 */
export class ManagementPlatform extends pulumi.ComponentResource {
  /** Reaches the management cluster; calls the `aws` command for a token and holds no credential. */
  readonly kubeconfig: pulumi.Output<string>;
  readonly endpoint: pulumi.Output<string>;
  readonly oidcIssuer: pulumi.Output<string>;
  readonly vpcId: pulumi.Output<string>;
  readonly natAddresses: pulumi.Output<string[]>;
  /** Subnets of its nodes and their route tables, in order of zones. */
  readonly nodeSubnetIds: pulumi.Output<string[]>;
  readonly nodeRouteTableIds: pulumi.Output<string[]>;
  /** Environments that have a place. */
  readonly environments: pulumi.Output<string[]>;
  /** ARNs of the roles that other accounts and classes refer to. */
  readonly roleArns: pulumi.Output<Record<string, string>>;
  /** Address of Rancher; absent where there is none. */
  readonly rancherUrl?: pulumi.Output<string>;
  /** Commands that print what is secret, by what they print; nothing secret itself. */
  readonly howToGet: pulumi.Output<Record<string, string>>;

  constructor(name: string, args: ManagementPlatformArgs, opts?: pulumi.ComponentResourceOptions) {
    super(typeToken("ManagementPlatform"), name, args, opts);

    const { protect, region, clusterName } = args.cluster;
    const aws = createAws(name, args);
    const cluster = new EksManagementCluster(`${name}-cluster`, args.cluster, {
      parent: this,
      providers: { aws },
      protect,
    });
    const on = {
      parent: this,
      protect,
      providers: { kubernetes: cluster.provider, aws },
      dependsOn: [...readyToInstall(cluster)],
    };
    const rancher = args.rancher === undefined ? undefined : new Rancher(`${name}-rancher`, args.rancher, on);
    const clusterApi = this.createClusterApi(name, args, cluster, rancher, on);
    const environments = new EnvironmentAccess(
      `${name}-environments`,
      { environments: args.cluster.environments.map(({ environment }) => environment) },
      on,
    );

    this.kubeconfig = cluster.kubeconfig;
    this.endpoint = cluster.endpoint;
    this.oidcIssuer = cluster.oidcIssuer;
    this.vpcId = cluster.vpcId;
    this.natAddresses = cluster.natAddresses;
    this.nodeSubnetIds = cluster.nodeSubnetIds;
    this.nodeRouteTableIds = cluster.nodeRouteTableIds;
    this.environments = environments.namespaces;
    this.roleArns = texts({
      nodes: cluster.nodeRoleArn,
      clusterApiControllers: clusterApi.controllersRoleArn,
      eksControlPlane: clusterApi.eksControlPlaneRoleArn,
    });
    if (rancher !== undefined) this.rancherUrl = rancher.url;
    this.howToGet = texts({
      kubeconfig: `aws eks update-kubeconfig --name ${clusterName} --region ${region}`,
      ...(rancher === undefined ? {} : { rancherPassword: rancher.howToGetBootstrapPassword }),
    });
    readiness.set(this, [...readyToInstall(cluster), ...clusterApiReady(clusterApi), environments]);
    this.registerOutputs({ endpoint: this.endpoint, environments: this.environments });
  }

  /** Rancher brings the core of Cluster API, so it comes first where it is wanted. */
  private createClusterApi(
    name: string,
    args: ManagementPlatformArgs,
    cluster: EksManagementCluster,
    rancher: Rancher | undefined,
    on: pulumi.ComponentResourceOptions & { readonly dependsOn: pulumi.Resource[] },
  ): ClusterApi {
    const identity = { parent: cluster };
    return new ClusterApi(
      `${name}-cluster-api`,
      {
        ...args.clusterApi,
        clusterName: cluster.clusterName,
        accountId: getCallerIdentityOutput({}, identity).accountId,
        partition: getPartitionOutput({}, identity).partition,
      },
      { ...on, dependsOn: [...on.dependsOn, ...(rancher === undefined ? [] : [rancherReady(rancher)])] },
    );
  }
}

/** Not a child, as the cluster's own provider: see there. */
function createAws(name: string, { cluster }: ManagementPlatformArgs): Provider {
  return new Provider(`${name}-aws`, {
    region: cluster.region as never,
    defaultTags: { tags: { "cluster-fleet.io/management": cluster.clusterName } },
  });
}

function texts(values: Record<string, pulumi.Input<string>>): pulumi.Output<Record<string, string>> {
  return pulumi.all(values);
}

/** Not a member, for every member of an exported component is an output of its schema. */
const readiness = new WeakMap<ManagementPlatform, readonly pulumi.Resource[]>();

/** What to wait for before clusters are declared there. */
export function platformReady(platform: ManagementPlatform): pulumi.Resource[] {
  return [...(readiness.get(platform) ?? [])];
}
