import { parseConfig } from "../../../../fleet/config/parse";
import { type FleetConfig, type RawConfig } from "../../../../fleet/config/config";
import { baselineLabels } from "../../../../fleet/baseline/labels";
import { type Json } from "../../../../fleet/content-hash";
import { CLASS } from "../../../../fleet/labels";
import { type ObservedAddOn, type ObservedCluster, type ObservedNodeGroup } from "../../../../fleet/observed";
import { planFleet, rolloutAhead } from "../../../../fleet/plan";
import { type FleetPlan, type PlannedCluster } from "../../../../fleet/planned";
import { type RunLimits } from "../../../../fleet/rollout/plan";
import { type RolloutInput } from "../../../../fleet/rollout/types";
import { type TopologyVariable } from "../../../../fleet/topology/api-access";
import { type AwsSide } from "../../../../fleet/topology/aws-side";
import { type PlannedNodeGroup } from "../../../../fleet/topology/node-groups";
import { liveClass, liveCluster, NOW } from "../fixtures";

const SIDE: AwsSide = {
  managementName: "fleet",
  controllersRole: "arn:aws:iam::111122223333:role/controllers.fleet.cluster-fleet",
  accounts: {},
  natAddresses: ["203.0.113.10"],
};

export function image(id: string) {
  return { "us-west-2": { amd64: `ami-${id.padStart(17, "0")}` } };
}

/** A fleet of one kubeadm cluster on AWS, `one`, as a stack file has it. */
export function awsConfig(cluster: object = {}, more: RawConfig = {}): FleetConfig {
  const images = { "v1.34.3": image("134"), "v1.35.2": image("135"), "v1.36.1": image("136") };
  return parseConfig({
    environment: "production",
    management: { kind: "stack", stack: "o/p/s" },
    network: { pools: { "us-west-2": { range: "10.32.0.0/12" } } },
    classes: { "aws-kubeadm": { images } },
    clusters: {
      one: {
        class: "aws-kubeadm",
        region: "us-west-2",
        version: "v1.35.2",
        network: { slot: 1 },
        controlPlane: { replicas: 3 },
        workers: { default: { replicas: 3, instanceType: "m7i.large" } },
        ...cluster,
      },
    },
    ...more,
  });
}

/** The same of EKS, with a managed node group. */
export function eksConfig(cluster: object = {}, more: RawConfig = {}): FleetConfig {
  const images = { "v1.34.3": image("134"), "v1.35.2": image("135"), "v1.36.1": image("136") };
  const workers = { default: { replicas: 3, instanceType: "m7i.large", managed: true } };
  const eks = { class: "aws-eks", controlPlane: undefined, workers, ...cluster };
  return awsConfig(eks, { classes: { "aws-eks": { images } }, ...more });
}

export interface Living {
  readonly clusters?: readonly ObservedCluster[];
  readonly addOns?: readonly ObservedAddOn[];
}

/** What a run declares. @param published Names of class revisions. */
export function planned(
  config: FleetConfig,
  living: Living = {},
  published: readonly string[] = [],
  limits: Partial<RunLimits> = {},
): FleetPlan {
  const { clusters = [], addOns = [] } = living;
  const classes = published.map((name) => liveClass(name));
  return planFleet(config, { clusters, classes, addOns }, SIDE, { ...NOW, ...limits });
}

export function onlyCluster({ clusters }: FleetPlan): PlannedCluster {
  return clusters[0]!;
}

/** What rollouts are decided from. */
export function input(config: FleetConfig, { clusters = [], addOns = [] }: Living = {}): RolloutInput {
  return rolloutAhead(config, { clusters, classes: [], addOns }, SIDE);
}

/** A planned cluster as it lives once all of it is done. */
export function asPlanned(cluster: PlannedCluster, changes: Partial<ObservedCluster> = {}): ObservedCluster {
  const { labels, declared } = liveCluster();
  return liveCluster({
    name: cluster.name,
    labels: { ...labels, [CLASS]: cluster.family, ...baselineLabels(cluster.base) },
    ...(cluster.className === undefined ? {} : { classRef: cluster.className }),
    ...(cluster.version === undefined ? {} : { version: cluster.version }),
    declared: {
      ...declared,
      variables: byName(cluster.variables),
      workers: cluster.workers.map(({ name, class: kind, replicas = 0, failureDomain = "", variables }) => ({
        name,
        class: kind,
        replicas,
        failureDomain,
        variables: byName(variables),
      })),
      podRanges: cluster.podRanges ?? [],
      serviceRanges: cluster.serviceRanges ?? [],
    },
    ...(cluster.nodeGroups === undefined ? {} : { nodeGroups: cluster.nodeGroups.map(living) }),
    ...(cluster.base === undefined
      ? {}
      : { bases: [{ revision: cluster.base.revision, applied: true, since: "2026-11-23T06:10:00Z" }] }),
    ...changes,
  });
}

function living(group: PlannedNodeGroup): ObservedNodeGroup {
  const { name, pool, version } = group;
  return { name, pool, version, ready: true, declared: { ...group } as unknown as Json };
}

function byName(variables: readonly TopologyVariable[] = []) {
  return Object.fromEntries(variables.map(({ name, value }) => [name, value]));
}
