import { BASE, type ClusterBaseline, LOGGING, MONITORING, ON, TRACK } from "../baseline/labels";
import { type Json } from "../content-hash";
import { type DeclaredWorkers, type ObservedCluster } from "../observed";
import { type PlannedCluster, type PlannedWorkers } from "../planned";
import { API_VARIABLES, type TopologyVariable } from "../topology/api-access";
import { sortedEntries } from "../sorted";

/**
 * A cluster that may not move yet: what rollouts move is declared as it lives, everything else (sizes, pools that come
 * and go, labels, ways to its API) as the configuration asks.
 */
export function asItLives(target: PlannedCluster, alive: ObservedCluster): PlannedCluster {
  if (alive.classRef === undefined) return withBase(target, alive);
  const { variables } = alive.declared;
  const pools = new Map(alive.declared.workers.map((pool) => [pool.name, pool]));
  const { version: targetVersion, className: _className, version: _version, variables: _variables, ...rest } = target;
  return withBase(
    {
      ...rest,
      className: alive.classRef,
      ...(alive.version === undefined ? {} : { version: alive.version }),
      ...(targetVersion === undefined || targetVersion === alive.version ? {} : { targetVersion }),
      ...(variables === undefined ? {} : { variables: ownVariables(variables) }),
      workers: target.workers.map((pool) => poolAsItLives(pool, pools.get(pool.name))),
    },
    alive,
  );
}

/** The base configuration that the labels of a live cluster name. */
export function liveBase({ labels }: ObservedCluster): ClusterBaseline | undefined {
  const [revision, track] = [labels[BASE], labels[TRACK]];
  return revision === undefined || track === undefined
    ? undefined
    : {
        revision,
        track,
        ...(labels[MONITORING] === ON ? { monitoring: true } : {}),
        ...(labels[LOGGING] === ON ? { logging: true } : {}),
      };
}

function withBase({ base: _base, ...rest }: PlannedCluster, alive: ObservedCluster): PlannedCluster {
  const base = liveBase(alive);
  return { ...rest, ...(base === undefined ? {} : { base }) };
}

function poolAsItLives(pool: PlannedWorkers, live: DeclaredWorkers | undefined): PlannedWorkers {
  if (live === undefined) return pool;
  const { class: _class, failureDomain: _zone, variables: _variables, ...size } = pool;
  return {
    ...size,
    class: live.class ?? pool.class,
    ...(live.failureDomain === undefined ? {} : { failureDomain: live.failureDomain }),
    ...(live.variables === undefined ? {} : { variables: listed(live.variables) }),
  };
}

/** Without the one that the component adds itself. */
function ownVariables(variables: Readonly<Record<string, Json>>): TopologyVariable[] {
  return listed(variables).filter(({ name }) => !API_VARIABLES.includes(name));
}

function listed(variables: Readonly<Record<string, Json>>): TopologyVariable[] {
  return sortedEntries(variables).map(([name, value]) => ({ name, value }));
}
