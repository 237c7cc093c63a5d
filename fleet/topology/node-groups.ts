import { z } from "zod";

import { capaNames } from "../aws/capa-iam/place";
import { architectureOf } from "../aws/instance-types";
import { type TopologyClusterConfig } from "../config/config";
import { type WorkerPoolValues } from "../config/schema/cluster";
import { contentHash, type JsonObject } from "../content-hash";
import { POOL } from "../labels";
import { type ClusterRanges } from "../network/address-plan";
import { type ObservedCluster, type ObservedNodeGroup } from "../observed";
import { type AwsSide } from "./aws-side";
import { eksVersion } from "./eks-version";
import { VOLUME_GIB } from "./worker-settings";

const count = z.number().optional();
const plannedNodeGroup = z.object({
  name: z.string(),
  pool: z.string(),
  version: z.string(),
  replicas: count,
  min: count,
  max: count,
  machines: z.record(z.string(), z.json()),
});

/** A managed node group of EKS, beside the topology of its cluster. */
export interface PlannedNodeGroup {
  /** `<cluster>-<pool>-<hash of what can never change>`. */
  readonly name: string;
  readonly pool: string;
  readonly version: string;
  /** Absent where the autoscaler decides. */
  readonly replicas?: number;
  readonly min?: number;
  readonly max?: number;
  /** Spec of the AWSManagedMachinePool. */
  readonly machines: JsonObject;
}

/**
 * The managed node groups of a cluster of class aws-eks. CAPA has no template of them, so they are no part of the class.
 *
 * Their version follows in a run of its own, once the control plane is at it: EKS refuses nodes that are newer. What can
 * never change of a group is in its name, so such a change is another group beside it; the old one stays until the new
 * one has its machines.
 */
export function nodeGroups(
  cluster: string,
  config: TopologyClusterConfig,
  { subnets }: ClusterRanges,
  alive: ObservedCluster | undefined,
  side: AwsSide,
): PlannedNodeGroup[] {
  const zones = subnets.map(({ zone }) => zone);
  const live = alive?.nodeGroups ?? [];
  const wanted = managedPools(config).map(([pool, values]) =>
    nodeGroup(cluster, pool, values, zones, capaNames(side.managementName).nodes),
  );
  const current = wanted.map((group) => ({ ...group, version: versionOf(group.name, config, alive) }));
  const predecessors = live.filter(({ name, pool }) =>
    wanted.some((group) => group.pool === pool && group.name !== name && !isReady(group.name, live)),
  );
  return [...current, ...predecessors.flatMap(declaredAs)].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The pools of a cluster that are managed node groups. */
export function managedPools({ workers }: Pick<TopologyClusterConfig, "workers">): [string, WorkerPoolValues][] {
  return Object.entries(workers).filter(([, { managed }]) => managed === true);
}

function nodeGroup(
  cluster: string,
  pool: string,
  values: WorkerPoolValues,
  zones: readonly string[],
  roleName: string,
): Omit<PlannedNodeGroup, "version"> {
  const { replicas, min, max, instanceType = "", volumeGiB = VOLUME_GIB, capacity, labels = {}, taints = [] } = values;
  const fixed = {
    amiType: architectureOf(instanceType) === "arm64" ? "AL2023_ARM_64_STANDARD" : "AL2023_x86_64_STANDARD",
    availabilityZones: values.zones ?? zones,
    availabilityZoneSubnetType: "private",
    capacityType: capacity === "spot" ? "spot" : "onDemand",
    roleName,
  };
  const name = `${cluster}-${pool}-${contentHash(fixed)}`;
  return {
    name,
    pool,
    ...(replicas === undefined ? {} : { replicas }),
    ...(min === undefined || max === undefined ? {} : { min, max }),
    machines: {
      ...fixed,
      eksNodegroupName: name,
      // A group of fixed size has room for the machine that an upgrade adds.
      scaling: { minSize: min ?? replicas ?? 0, maxSize: Math.max(1, max ?? replicas ?? 0) },
      labels: { ...labels, [POOL]: pool },
      ...(taints.length === 0 ? {} : { taints: taints.map(eksTaint) }),
      updateConfig: { maxUnavailable: 1 },
      nodeRepairConfig: { enabled: true },
      awsLaunchTemplate: {
        name,
        instanceType,
        rootVolume: { size: volumeGiB, type: "gp3", encrypted: true },
        instanceMetadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      },
    },
  };
}

/** CAPA writes effects as EKS' API does, save for the capitals. */
function eksTaint({ key, value = "", effect }: NonNullable<WorkerPoolValues["taints"]>[number]) {
  const effects = {
    NoSchedule: "no-schedule",
    NoExecute: "no-execute",
    PreferNoSchedule: "prefer-no-schedule",
  } as const;
  return { key, value, effect: effects[effect] };
}

/** The target once the control plane is there; before, what the group has; of a new group, what the control plane has. */
function versionOf(name: string, config: TopologyClusterConfig, alive: ObservedCluster | undefined): string {
  const target = eksVersion(config.version) ?? "";
  if (alive?.version === undefined) return target;
  if (alive.version === target && alive.settled) return target;
  return alive.nodeGroups?.find((group) => group.name === name)?.version ?? alive.version;
}

function isReady(name: string, live: readonly ObservedNodeGroup[]): boolean {
  return live.some((group) => group.name === name && group.ready);
}

/** As an earlier run declared it; the object says so itself. */
function declaredAs({ declared }: ObservedNodeGroup): PlannedNodeGroup[] {
  const { data } = plannedNodeGroup.safeParse(declared);
  return data === undefined ? [] : [data as PlannedNodeGroup];
}
