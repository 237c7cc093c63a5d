import { spawnSync } from "node:child_process";

import { parseConfig } from "../fleet/config/parse";
import { ENVIRONMENT, MANAGED_BY, MANAGER } from "../fleet/labels";
import { type Observed } from "../fleet/observed";
import { planFleet } from "../fleet/plan";
import { type FleetPlan } from "../fleet/planned";
import { NO_AWS } from "../fleet/topology/aws-side";
import { observe } from "../live/observe";
import { observedClass, observedCluster } from "../live/observed-objects";
import { REPOSITORY } from "../sandbox/layout";
import { BARE_PROGRAM, fleetConfig } from "./fleets";

/** Seconds of single steps of our program, measured without an engine; each is a list of repetitions. */
export interface PlanTimes {
  readonly clusters: number;
  /** The check alone. */
  readonly parse: readonly number[];
  /** Check and plan of a fleet of which nothing lives. */
  readonly newFleet: readonly number[];
  /** Check and plan of a fleet that lives as declared. */
  readonly livingFleet: readonly number[];
}

/** Any moment does. */
const NOW = { now: new Date("2026-11-25T12:00:00Z") };

/** From configuration to plan. */
export async function planTimes(clusters: number, repetitions: number): Promise<PlanTimes> {
  const raw = fleetConfig("production", clusters, "kubeconfig");
  const nothing: Observed = { clusters: [], classes: [] };
  const plan = planFleet(parseConfig(raw), nothing, NO_AWS, NOW);
  const live = livingAs(plan);
  return {
    clusters,
    parse: await repeated(repetitions, () => parseConfig(raw)),
    newFleet: await repeated(repetitions, () => planFleet(parseConfig(raw), nothing, NO_AWS, NOW)),
    livingFleet: await repeated(repetitions, () => planFleet(parseConfig(raw), live, NO_AWS, NOW)),
  };
}

/** Seconds that one look at a namespace takes. */
export function observationTimes(kubeconfig: string, namespace: string, repetitions: number): Promise<number[]> {
  return repeated(repetitions, () => observe({ source: { path: kubeconfig }, namespace }));
}

/** Seconds to start Node and load all that a program imports. */
export interface LoadTimes {
  readonly ours: readonly number[];
  readonly bare: readonly number[];
}

export async function loadTimes(repetitions: number): Promise<LoadTimes> {
  return {
    bare: await repeated(repetitions, () => load(BARE_PROGRAM)),
    ours: await repeated(repetitions, () => load(REPOSITORY)),
  };
}

function load(program: string): void {
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--require", "sucrase/register/ts", "--eval", 'require("./index.ts"); process.exit()'],
    { cwd: program, encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`the program in ${program} cannot be loaded:\n${stderr}`);
}

/** Everything lives as planned. */
function livingAs({ namespace, environment, clusters, classes }: FleetPlan): Observed {
  const labels = { [MANAGED_BY]: MANAGER, [ENVIRONMENT]: environment };
  const metadata = { namespace, labels, generation: 1, creationTimestamp: "2026-01-01T00:00:00Z" };
  const reconciled = { observedGeneration: 1, conditions: [{ type: "VariablesReady", status: "True" }] };
  return {
    clusters: clusters.map(({ name, className, version }) =>
      observedCluster({
        metadata: { ...metadata, name },
        spec: { topology: { classRef: { name: className }, version } },
      }),
    ),
    classes: classes.map(({ name }) =>
      observedClass({ metadata: { ...metadata, name }, spec: {}, status: reconciled }),
    ),
  };
}

/** Seconds of each repetition. */
export async function repeated(times: number, work: () => unknown): Promise<number[]> {
  const seconds: number[] = [];
  for (let time = 0; time < times; time++) {
    const begin = process.hrtime.bigint();
    await work();
    seconds.push(Number(process.hrtime.bigint() - begin) / 1e9);
  }
  return seconds;
}
