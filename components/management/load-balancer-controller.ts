import { type Cluster, PodIdentityAssociation } from "@pulumi/aws/eks";
import { Role, RolePolicy } from "@pulumi/aws/iam";
import { type Release } from "@pulumi/kubernetes/helm/v3";
import * as pulumi from "@pulumi/pulumi";

import { trustedPods } from "../../fleet/aws/policy-document";
import { catalogueChart } from "../../fleet/charts/catalogue";
import { loadBalancerControllerPolicy } from "../../fleet/management/iam/load-balancer-controller";
import { LOAD_BALANCER_CONTROLLER, loadBalancerControllerValues } from "../../fleet/management/load-balancer-values";
import { type ChartArgs, helmRelease } from "../charts";
import { type EksManagementClusterArgs } from "./eks-management-cluster";

interface Place {
  readonly cluster: Cluster;
  readonly vpcId: pulumi.Output<string>;
  readonly partition: pulumi.Input<string>;
  readonly accountId: pulumi.Input<string>;
  /** Declares Kubernetes objects on the cluster. */
  readonly kubernetes: pulumi.ProviderResource;
}

/**
 * Gives Services of type LoadBalancer their load balancers in AWS. EKS has no add-on of it.
 * @param before What its pods need.
 */
export function createLoadBalancerController(
  name: string,
  args: EksManagementClusterArgs,
  place: Place,
  before: readonly pulumi.Resource[],
  parent: pulumi.Resource,
): Release {
  const { namespace, releaseName, timeoutSeconds } = catalogueChart(LOAD_BALANCER_CONTROLLER);
  const identity = createIdentity(`${name}-load-balancers`, args, place, namespace, parent);
  return helmRelease(
    `${name}-load-balancers`,
    chartOf(args),
    {
      namespace,
      releaseName,
      timeoutSeconds,
      values: loadBalancerControllerValues({
        clusterName: args.clusterName,
        region: args.region,
        vpcId: place.vpcId,
      }),
    },
    { parent, provider: place.kubernetes, dependsOn: [...before, ...identity] },
  );
}

/** @throws RunError where the chart is not among those given. */
function chartOf({ charts }: EksManagementClusterArgs): ChartArgs {
  const found = charts[LOAD_BALANCER_CONTROLLER];
  if (found === undefined) {
    const given = Object.keys(charts).sort().join(", ") || "none";
    throw new pulumi.RunError(
      `charts: lacks the chart ${LOAD_BALANCER_CONTROLLER} (got ${given}). Add it under that name.`,
    );
  }
  return found;
}

/** EKS gives the role to new pods alone: all of it is there before the first. */
function createIdentity(
  name: string,
  { clusterName, region }: EksManagementClusterArgs,
  { cluster, partition, accountId }: Place,
  namespace: string,
  parent: pulumi.Resource,
): pulumi.Resource[] {
  const serviceAccount = LOAD_BALANCER_CONTROLLER;
  const role = new Role(
    name,
    {
      name: `${clusterName}-load-balancers`,
      assumeRolePolicy: JSON.stringify(trustedPods({ clusterName, namespace, name: serviceAccount })),
    },
    { parent },
  );
  const rights = new RolePolicy(
    name,
    {
      role: role.name,
      name: "load-balancers",
      policy: pulumi
        .all([partition, accountId])
        .apply(([partition, accountId]) =>
          JSON.stringify(loadBalancerControllerPolicy({ partition, accountId, region }, clusterName)),
        ),
    },
    { parent },
  );
  const association = new PodIdentityAssociation(
    name,
    { clusterName: cluster.name, namespace, serviceAccount, roleArn: role.arn },
    { parent },
  );
  return [rights, association];
}
