import { WORKER_CLASSES } from "../classes/aws/worker-classes";
import { type ClusterConfig } from "../config/config";
import { isMap } from "../config/path";
import { type NetworkConfig } from "../config/schema/network";
import { type Json } from "../content-hash";
import { isOnAws, PLAIN } from "../families";
import { byName } from "../sorted";
import { type ApiAccess } from "../topology/api-access";
import { CONTROL_PLANE_TYPE } from "../topology/aws-topology";
import { VOLUME_GIB } from "../topology/worker-settings";

/** What of a cluster costs money. */
export interface CostedCluster {
  readonly name: string;
  readonly region: string;
  /** Class family, or `plain`. Only those on AWS have prices. */
  readonly family: string;
  readonly version?: string | undefined;
  /** Machines of a control plane that AWS does not run. */
  readonly controlPlane?: Machines | undefined;
  readonly pools: readonly Machines[];
  readonly apiAccess: ApiAccess;
  /** Its network is attached to a transit gateway. */
  readonly attached: boolean;
}

/** Machines of one kind. What nobody says is absent. */
export interface Machines {
  /** The pool, or `control plane`. */
  readonly name: string;
  /** How many there are at the least and at the most; the same but for pools of the autoscaler. */
  readonly least?: number | undefined;
  readonly most?: number | undefined;
  readonly instanceType?: string | undefined;
  readonly spot: boolean;
  readonly volumeGiB?: number | undefined;
}

/** The way by which the management cluster reaches clusters on AWS, `cluster-fleet:network.reach.kind`. */
export type Reach = NetworkConfig["reach"]["kind"];

/** A cluster as the configuration declares it. */
export function costedByConfig(name: string, cluster: ClusterConfig, reach: Reach): CostedCluster {
  const { region, class: family = PLAIN, version, controlPlane, workers } = cluster;
  const onAws = isOnAws(family);
  return {
    name,
    region,
    family,
    version,
    ...(onAws && family !== "aws-eks"
      ? {
          controlPlane: {
            name: CONTROL_PLANE,
            least: controlPlane?.replicas,
            most: controlPlane?.replicas,
            instanceType: controlPlane?.instanceType ?? CONTROL_PLANE_TYPE,
            spot: false,
            volumeGiB: controlPlane?.volumeGiB ?? VOLUME_GIB,
          },
        }
      : {}),
    pools: Object.entries(workers)
      .map(([pool, { replicas, min, max, instanceType, capacity, volumeGiB = VOLUME_GIB }]) => ({
        name: pool,
        least: replicas ?? min,
        most: replicas ?? max,
        instanceType,
        spot: capacity === "spot",
        volumeGiB,
      }))
      .sort(byName),
    ...wayIn(reach),
  };
}

/** A cluster as its topology says it: planned, registered or live. */
export interface TopologyFacts {
  readonly name: string;
  readonly region: string;
  readonly family: string;
  readonly version?: string | undefined;
  readonly controlPlaneReplicas?: number | undefined;
  readonly variables?: Variables | undefined;
  readonly workers: readonly WorkerFacts[];
  /** Managed node groups of EKS, beside the topology. */
  readonly nodeGroups?: readonly NodeGroupFacts[] | undefined;
}

/** A machine deployment; those of a pool on AWS are one for each zone. */
export interface WorkerFacts {
  readonly name: string;
  /** Pool of the stack file. Default: the machine deployment counts for itself. */
  readonly pool?: string | undefined;
  readonly class?: string | undefined;
  readonly replicas?: number | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly variables?: Variables | undefined;
}

/** A managed node group of EKS. */
export interface NodeGroupFacts {
  readonly pool: string;
  readonly replicas?: number | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** Spec of its AWSManagedMachinePool; undefined where nobody says. */
  readonly machines?: Json | undefined;
}

/** Values of the class's variables, by name. */
export type Variables = Readonly<Record<string, Json>>;

/** @param reach Which the topology itself does not say. */
export function costedByTopology(facts: TopologyFacts, reach: Reach): CostedCluster {
  const { name, region, family, version, controlPlaneReplicas, variables, workers, nodeGroups = [] } = facts;
  return {
    name,
    region,
    family,
    version,
    ...(isOnAws(family) && family !== "aws-eks"
      ? {
          controlPlane: {
            name: CONTROL_PLANE,
            least: controlPlaneReplicas,
            most: controlPlaneReplicas,
            spot: false,
            ...machine(variables?.["controlPlane"]),
          },
        }
      : {}),
    pools: merged([...workers.map(machinesOf), ...nodeGroups.map(machinesOfGroup)]).sort(byName),
    ...wayIn(reach),
  };
}

const CONTROL_PLANE = "control plane";

function machinesOf({ name, pool, class: workerClass, replicas, min, max, variables }: WorkerFacts): Machines {
  return {
    name: pool ?? name,
    least: replicas ?? min,
    most: replicas ?? max,
    spot: WORKER_CLASSES.find((each) => each.name === workerClass)?.capacity === "spot",
    ...machine(variables?.["worker"]),
  };
}

/** @see nodeGroups in `fleet/topology/node-groups.ts`, which writes that spec. */
function machinesOfGroup({ pool, replicas, min, max, machines }: NodeGroupFacts): Machines {
  const { capacityType, awsLaunchTemplate } = membersOf(machines);
  const { instanceType, rootVolume } = membersOf(awsLaunchTemplate);
  return {
    name: pool,
    least: replicas ?? min,
    most: replicas ?? max,
    spot: capacityType === "spot",
    ...machine({ instanceType, volumeGiB: membersOf(rootVolume)["size"] }),
  };
}

/** Machine type and disk out of the class variables `controlPlane` and `worker`. */
function machine(value: unknown): Pick<Machines, "instanceType" | "volumeGiB"> {
  const { instanceType, volumeGiB } = membersOf(value);
  return {
    instanceType: typeof instanceType === "string" ? instanceType : undefined,
    volumeGiB: typeof volumeGiB === "number" ? volumeGiB : undefined,
  };
}

/** The members of a JSON object; none of anything else. */
function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return isMap(value) ? value : {};
}

/**
 * What of a pool is alike put together: its zones. A node group and the one that takes its place differ, and each costs as
 * long as it is there.
 */
function merged(machines: readonly Machines[]): Machines[] {
  const pools = new Map<string, Machines>();
  for (const each of machines) {
    const { name, instanceType, spot, volumeGiB } = each;
    const alike = JSON.stringify([name, instanceType, spot, volumeGiB]);
    const before = pools.get(alike);
    pools.set(alike, {
      ...each,
      least: before === undefined ? each.least : sum(before.least, each.least),
      most: before === undefined ? each.most : sum(before.most, each.most),
    });
  }
  return [...pools.values()];
}

function sum(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? undefined : one + other;
}

function wayIn(reach: Reach): Pick<CostedCluster, "apiAccess" | "attached"> {
  return { apiAccess: reach === "public-restricted" ? "public" : "private", attached: reach === "transit-gateway" };
}
