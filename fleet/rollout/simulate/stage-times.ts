import { ONLY_STAGE, type Stage } from "../../config/schema/upgrades";
import { spanMs } from "../time/spans";
import { restsSince } from "../standing";
import { type Rollout, type RolloutInput, type StageState } from "../types";
import { type SimulatedStage, type SimulatedStep } from "./types";

interface Times {
  readonly begins?: Date;
  readonly through?: Date;
  readonly soaked?: Date;
}

/** When each stage begins, is through, and has soaked. A stage that is no longer through, as a skip ends, loses both. */
export class StageTimes {
  private readonly times = new Map<string, Times>();
  private states: readonly StageState[] = [];

  constructor(private readonly stages: ReadonlyMap<string, Stage>) {}

  /** @param input As the run found it. */
  note(
    { clusters, tracks = [] }: RolloutInput,
    { stages, decisions, addOns }: Rollout,
    begun: readonly SimulatedStep[],
    now: Date,
  ) {
    const skipped = new Set(decisions.flatMap(({ action, cluster }) => (action === "skipped" ? [cluster] : [])));
    for (const state of stages) {
      const first = begun.find(({ stage, kind }) => stage === state.name && kind !== "adopt");
      const { begins = first?.start, ...known } = this.times.get(state.name) ?? {};
      const sinces = () => [
        ...clusters
          .filter(({ name, stage, live }) => stage === state.name && live !== undefined && !skipped.has(name))
          .map((each) => restsSince(each, this.stages.get(state.name) ?? ONLY_STAGE)),
        ...tracks.flatMap(({ stage, since }) => (stage === state.name ? [Date.parse(since)] : [])),
      ];
      const isDone = addOns.every(({ stage, action }) => stage !== state.name || action === "done");
      const through = isDone && isThrough(state) ? (known.through ?? latestOf(sinces(), now)) : undefined;
      const soaked =
        state.complete && through !== undefined ? (known.soaked ?? this.soaked(state, through, now)) : undefined;
      this.times.set(state.name, {
        ...(begins === undefined ? {} : { begins }),
        ...(through === undefined ? {} : { through }),
        ...(soaked === undefined ? {} : { soaked }),
      });
    }
    this.states = stages;
  }

  get found(): SimulatedStage[] {
    return this.states.map(({ name, revision, clusters, done, failed, halted }) => ({
      name,
      revision,
      clusters,
      done,
      failed,
      halted,
      ...this.times.get(name),
    }));
  }

  /** At the latest now, for an override may have cut the soak short. */
  private soaked({ name }: StageState, through: Date, now: Date): Date {
    const soak = spanMs(this.stages.get(name)?.soak ?? "0m");
    return new Date(Math.min(through.getTime() + soak, now.getTime()));
  }
}

/** All are done, or have failed where that may be. */
function isThrough({ clusters, done, failed, halted }: StageState): boolean {
  return !halted && done + failed === clusters;
}

/** The last of some moments, milliseconds; where nobody counts, the run that finds that. */
function latestOf(moments: readonly number[], now: Date): Date {
  return moments.length === 0 ? now : new Date(Math.max(...moments));
}
