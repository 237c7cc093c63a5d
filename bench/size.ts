import { loadavg } from "node:os";

import { type Report, type Step } from "../sandbox/report";
import { assertSameObjects, type Declared, inEnvironment } from "./declared";
import { bareStack, ourStack, publishClass, quiet } from "./fleets";
import { observationTimes } from "./in-process";
import { measured, type Measurement } from "./measure";
import { type TemporarySandbox } from "../sandbox/temporary";
import { type BenchStack, type StackState } from "./stack";
import { type StateSize, stateSize } from "./state";

export const PHASES = ["preview", "up", "unchanged preview", "refresh"] as const;
export type Phase = (typeof PHASES)[number];

/** `ours with policies` is our program with the policy pack; in previews only. */
export type Variant = "bare" | "ours" | "ours with policies";

export interface SizeResult {
  readonly clusters: number;
  /** Of the last minute, at the end. */
  readonly loadAverage: number;
  /** Every single measurement, in the order in which they were made. */
  readonly phases: Readonly<Record<Phase, Readonly<Partial<Record<Variant, Measurement[]>>>>>;
  readonly state: { readonly bare: StateSize; readonly ours: StateSize };
  /** Seconds of each look at what lives, in this process. */
  readonly observation: readonly number[];
}

/** From this number of clusters on, the long measurements are repeated less. */
const MANY = 500;
const LOOKS = 5;

export interface Rounds {
  readonly previews: number;
  readonly ups: number;
  /**
   * Whether `up` saves the state at each step. A file is written whole each time, so that the time grows with the square
   * of the number of clusters: many would take an hour.
   */
  readonly checkpoints: boolean;
}

export function roundsFor(clusters: number, wished: number): Rounds {
  return clusters < MANY
    ? { previews: wished, ups: wished, checkpoints: true }
    : { previews: Math.min(wished, 2), ups: 1, checkpoints: false };
}

/** What a stack of our program declares, and the environment's name that stands in it. */
export interface Template {
  readonly environment: string;
  readonly declared: Declared;
}

/** Measures both programs with a number of clusters, in turns, so that a change of the machine's load meets both. */
export async function measureSize(
  sandbox: TemporarySandbox,
  report: Report,
  clusters: number,
  wishedRounds: number,
  template: Template,
): Promise<SizeResult> {
  const step = report.step(`${clusters} clusters`);
  try {
    const result = await measurements(sandbox, step, clusters, roundsFor(clusters, wishedRounds), template);
    step.done(`measured, load average ${result.loadAverage.toFixed(1)}`);
    return result;
  } catch (error) {
    step.abandon();
    throw error;
  }
}

async function measurements(
  sandbox: TemporarySandbox,
  step: Step,
  clusters: number,
  rounds: Rounds,
  template: Template,
): Promise<SizeResult> {
  const phases: Record<Phase, Partial<Record<Variant, Measurement[]>>> = {
    preview: {},
    up: {},
    "unchanged preview": {},
    refresh: {},
  };
  const record = async (phase: Phase, variant: Variant, run: () => Promise<unknown>) => {
    const before = (phases[phase][variant] ??= []);
    step.update(`${phase}, ${variant}, round ${before.length + 1}`);
    before.push(await measured(sandbox, run));
  };
  const previews = async (phase: Phase, unchanged: boolean) => {
    for (let round = 0; round < rounds.previews; round++) {
      await record(phase, "bare", () => first.bare.preview({ unchanged }));
      await record(phase, "ours", () => first.ours.preview({ unchanged }));
      await record(phase, "ours with policies", () => first.ours.preview({ unchanged, pack: true }));
    }
  };

  step.update("publishing the class");
  const first = await pairOfStacks(sandbox, clusters, 1, template);
  await previews("preview", false);
  for (let round = 1; round <= rounds.ups; round++) {
    // What lives cannot be created again: each round needs stacks of its own.
    const { bare, ours } = round === 1 ? first : await pairOfStacks(sandbox, clusters, round, template);
    await record("up", "bare", () => bare.up(rounds));
    await record("up", "ours", () => ours.up(rounds));
    step.update("waiting for the controllers");
    await quiet(sandbox, [bare.name, ours.name]);
  }
  await previews("unchanged preview", true);
  for (let round = 0; round < rounds.previews; round++) {
    await record("refresh", "bare", () => first.bare.refresh());
    await record("refresh", "ours", () => first.ours.refresh());
  }
  step.update("state and observation");
  const state = await compareStates(first);
  const observation = await observationTimes(sandbox.paths.kubeconfig, first.ours.name, LOOKS);
  return { clusters, loadAverage: loadavg()[0] as number, phases, state, observation };
}

interface Pair {
  readonly bare: BenchStack;
  readonly ours: BenchStack;
}

/** Two stacks with names of the same length, each with a namespace of its own in which the class is published. */
async function pairOfStacks(
  sandbox: TemporarySandbox,
  clusters: number,
  round: number,
  { environment, declared }: Template,
): Promise<Pair> {
  const [bare, ours] = [`bare-${clusters}-${round}`, `ours-${clusters}-${round}`];
  const forBare = inEnvironment(declared, environment, bare);
  await publishClass(sandbox, forBare);
  await publishClass(sandbox, inEnvironment(declared, environment, ours));
  return {
    bare: await bareStack(sandbox, bare, clusters, forBare),
    ours: await ourStack(sandbox, ours, clusters),
  };
}

async function compareStates({ bare, ours }: Pair): Promise<SizeResult["state"]> {
  const [bareText, ourText] = [await bare.export(), await ours.export()];
  const parsed = (text: string) => JSON.parse(text) as StackState;
  assertSameObjects(parsed(ourText), ours.name, parsed(bareText), bare.name);
  return { bare: stateSize(bareText), ours: stateSize(ourText) };
}
