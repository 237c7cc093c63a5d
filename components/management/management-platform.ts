import { Provider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";

import { typeToken } from "../type-token";
import { EksManagementCluster, type EksManagementClusterArgs, readyToInstall } from "./eks-management-cluster";
import { EnvironmentAccess } from "./environment-access";

export interface ManagementPlatformArgs {
  /** The EKS cluster; plain. */
  cluster: EksManagementClusterArgs;
}

/**
 * Everything that makes a management cluster on AWS: EKS in three zones and a place for each environment. It is one
 * component named by the management cluster, so that `pulumi state move` of this one resource hands the whole of it
 * from one stack to another.
 *
 * @example
 * new ManagementPlatform("fleet", { cluster: { clusterName: "fleet", region: "us-west-2", ... } });
 */
export class ManagementPlatform extends pulumi.ComponentResource {
  /** Reaches the management cluster; calls the `aws` command for a token and holds no credential. */
  readonly kubeconfig: pulumi.Output<string>;
  readonly endpoint: pulumi.Output<string>;
  readonly oidcIssuer: pulumi.Output<string>;
  readonly vpcId: pulumi.Output<string>;
  readonly natAddresses: pulumi.Output<string[]>;
  /** Environments that have a place. */
  readonly environments: pulumi.Output<string[]>;

  constructor(name: string, args: ManagementPlatformArgs, opts?: pulumi.ComponentResourceOptions) {
    super(typeToken("ManagementPlatform"), name, args, opts);

    // Not a child, as the cluster's own provider: see there.
    const aws = new Provider(`${name}-aws`, {
      region: args.cluster.region as never,
      defaultTags: { tags: { "cluster-fleet.io/management": args.cluster.clusterName } },
    });
    const cluster = new EksManagementCluster(`${name}-cluster`, args.cluster, {
      parent: this,
      providers: { aws },
      protect: args.cluster.protect,
    });
    const environments = new EnvironmentAccess(
      `${name}-environments`,
      { environments: args.cluster.environments.map(({ environment }) => environment) },
      {
        parent: this,
        protect: args.cluster.protect,
        providers: { kubernetes: cluster.provider },
        dependsOn: [...readyToInstall(cluster)],
      },
    );

    this.kubeconfig = cluster.kubeconfig;
    this.endpoint = cluster.endpoint;
    this.oidcIssuer = cluster.oidcIssuer;
    this.vpcId = cluster.vpcId;
    this.natAddresses = cluster.natAddresses;
    this.environments = environments.namespaces;
    readiness.set(this, [...readyToInstall(cluster), environments]);
    this.registerOutputs({ endpoint: this.endpoint, environments: this.environments });
  }
}

/** Not a member, for every member of an exported component is an output of its schema. */
const readiness = new WeakMap<ManagementPlatform, readonly pulumi.Resource[]>();

/** What to wait for before clusters are declared there. */
export function platformReady(platform: ManagementPlatform): pulumi.Resource[] {
  return [...(readiness.get(platform) ?? [])];
}
