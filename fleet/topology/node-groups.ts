import { z } from "zod";

import { capaNames } from "../aws/capa-iam/place";
import { architectureOf } from "../aws/instance-types";
import { type TopologyClusterConfig } from "../config/config";
import { type AwsEksConfig } from "../config/schema/aws-classes";
import { type WorkerPoolValues } from "../config/schema/cluster";
import { canonicalJson, contentHash, type JsonObject } from "../content-hash";
import { POOL } from "../labels";
import { type ClusterRanges } from "../network/address-plan";
import { type ObservedCluster, type ObservedNodeGroup } from "../observed";
import { type PlannedCluster } from "../planned";
import { type LiveNodeGroup } from "../rollout/types";
import { byName } from "../sorted";
import { type AwsSide } from "./aws-side";
import { imageOf } from "./images";
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
 * The managed node groups of a cluster of class aws-eks. CAPA has no template of them, so they are no part of the class;
 * that their disks are encrypted and their metadata guarded takes a launch template, and that takes an image of ours.
 *
 * Their version follows in a run of its own, once the control plane is at it: EKS refuses nodes that are newer. What can
 * never change of a group is in its name, so such a change is another group beside it; the old one stays until the new
 * one has its machines.
 * @param config With the version that the control plane is declared with.
 * @param follow They go to that version, and their machines are as the configuration asks; else both stay as they live.
 */
export function nodeGroups(
  cluster: string,
  config: TopologyClusterConfig,
  { subnets }: ClusterRanges,
  alive: ObservedCluster | undefined,
  { managementName }: AwsSide,
  images: AwsEksConfig,
  follow: boolean,
): PlannedNodeGroup[] {
  const live = alive?.nodeGroups ?? [];
  const place = { zones: subnets.map(({ zone }) => zone), roleName: capaNames(managementName).nodes };
  const wanted = managedPools(config).map(([pool, values]) => {
    const ami = imageOf(images, config.version, config.region, architectureOf(values.instanceType ?? "")) ?? "";
    return nodeGroup(cluster, pool, values, { ...place, ami });
  });
  const version = eksVersion(config.version) ?? "";
  const current = wanted.map((group) => {
    const before = live.find(({ name }) => name === group.name);
    return before === undefined || follow
      ? { ...group, version: before ? version : (alive?.version ?? version) }
      : asItLives(group, before);
  });
  const predecessors = live.filter(({ name, pool }) =>
    wanted.some((group) => group.pool === pool && group.name !== name && !isReady(group.name, live)),
  );
  return [...current, ...predecessors.flatMap(declaredAs)].sort(byName);
}

/** The pools of a cluster that are managed node groups. */
export function managedPools({ workers }: Pick<TopologyClusterConfig, "workers">): [string, WorkerPoolValues][] {
  return Object.entries(workers).filter(([, { managed }]) => managed === true);
}

type Versionless = Omit<PlannedNodeGroup, "version">;

function nodeGroup(
  cluster: string,
  pool: string,
  values: WorkerPoolValues,
  { zones, roleName, ami }: { readonly zones: readonly string[]; readonly roleName: string; readonly ami: string },
): Versionless {
  const { replicas, min, max, instanceType = "", volumeGiB = VOLUME_GIB, capacity, labels = {}, taints = [] } = values;
  const fixed = {
    amiType: "CUSTOM",
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
        // Without one CAPA looks one up at each turn, and would replace the machines whenever AWS publishes another.
        ami: { id: ami },
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

/** Its size alone follows the configuration. */
function asItLives(group: Versionless, live: ObservedNodeGroup): PlannedNodeGroup {
  const [before] = declaredAs(live);
  if (before === undefined) return { ...group, version: live.version };
  const { replicas: _replicas, min: _min, max: _max, machines, ...rest } = before;
  const { replicas, min, max } = group;
  return {
    ...rest,
    ...(replicas === undefined ? {} : { replicas }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    machines: { ...machines, scaling: group.machines["scaling"] },
  };
}

/** The live node groups of a cluster, and whether each is what the configuration asks for at its control plane's version. */
export function nodeGroupsBehind(target: PlannedCluster, alive: ObservedCluster): LiveNodeGroup[] {
  return (alive.nodeGroups ?? []).map((live) => {
    const wanted = target.nodeGroups?.find(({ name }) => name === live.name);
    const [before] = declaredAs(live);
    const differs = wanted !== undefined && before !== undefined && kinds(wanted) !== kinds(before);
    const atTarget = alive.version === target.version;
    return {
      version: live.version,
      ready: live.ready,
      behind: live.version !== alive.version || (atTarget && differs),
    };
  });
}

/** What replaces machines, as text. */
function kinds({ machines: { scaling: _scaling, ...machines } }: PlannedNodeGroup): string {
  return canonicalJson(machines);
}

function isReady(name: string, live: readonly ObservedNodeGroup[]): boolean {
  return live.some((group) => group.name === name && group.ready);
}

/** As an earlier run declared it; the object says so itself. */
export function declaredAs({ declared }: ObservedNodeGroup): PlannedNodeGroup[] {
  const { data } = plannedNodeGroup.safeParse(declared);
  return data === undefined ? [] : [data as PlannedNodeGroup];
}
