/** Where the AWS Load Balancer Controller works. */
export interface LoadBalancerPlace<T> {
  readonly clusterName: string;
  readonly region: string;
  /** Known once the network is there. */
  readonly vpcId: T;
}

/** Name of the controller's release, service account and role. */
export const LOAD_BALANCER_CONTROLLER = "aws-load-balancer-controller";

/**
 * Values of the chart `aws-load-balancer-controller`. Region and VPC are said, for its pods cannot ask the instance
 * (hop limit 1). Services name the controller by `loadBalancerClass`: the webhook that makes it the default of all
 * Services would refuse every one of them while the controller is not ready.
 *
 * Source: the chart's `values.yaml`.
 */
export function loadBalancerControllerValues<T>({ clusterName, region, vpcId }: LoadBalancerPlace<T>) {
  return {
    clusterName,
    region,
    vpcId,
    replicaCount: 2,
    serviceAccount: { create: true, name: LOAD_BALANCER_CONTROLLER },
    podDisruptionBudget: { maxUnavailable: 1 },
    resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "512Mi" } },
    defaultTags: { "cluster-fleet.io/management": clusterName },
    enableServiceMutatorWebhook: false,
    // Its role has no rights for these.
    enableShield: false,
    enableWaf: false,
    enableWafv2: false,
  };
}
