import { type Distribution } from "../../versions";
import { type Revision } from "../types";

/** What a simulation does not know of the future and is told. */
export interface SimulationOptions {
  /** The first run. */
  readonly from: Date;
  /** No run at that moment or later. */
  readonly until: Date;
  /** Time between two runs, milliseconds. */
  readonly every: number;
  /** Approvals are never given. Default: given as soon as they are asked for. */
  readonly withoutApproval?: boolean;
  /** Which steps never end. Default: none. */
  readonly failures?: Failures;
  /** Plays every run, also those that cannot differ from the one before. Slow; for tests. */
  readonly everyRun?: boolean;
}

export interface Failures {
  /** Clusters whose next step fails. */
  readonly clusters?: readonly string[];
  /** Of 1: how many of all other steps fail. */
  readonly rate?: number;
  /** Another seed has other steps fail; the same has the same. */
  readonly seed?: number;
}

/**
 * What a cluster does, or (`add-ons`) a track for all its clusters. `create` and `adopt` are no steps of a rollout, so that
 * windows do not hold them.
 */
export type SimulatedKind = "step" | "nodes" | "create" | "adopt" | "add-ons";

export interface SimulatedStep {
  /** Its name; of add-ons, as `trackKey` calls their track. */
  readonly cluster: string;
  readonly stage: string;
  readonly kind: SimulatedKind;
  readonly from: Revision;
  readonly to: Revision;
  /** Of add-ons, in words; empty for all others. */
  readonly changes: readonly string[];
  readonly start: Date;
  /** Absent where it fails. */
  readonly end?: Date;
}

export interface SimulatedStage {
  readonly name: string;
  readonly revision: string;
  readonly clusters: number;
  /** At their target in the end, or left out. */
  readonly done: number;
  readonly failed: number;
  readonly halted: boolean;
  /** Its first step; absent where it takes none. */
  readonly begins?: Date;
  /** All are at their target and settled; before the first run where they were so from the beginning. */
  readonly through?: Date;
  /** And have been for its soak: the next stage may start. */
  readonly soaked?: Date;
}

export interface SimulatedApproval {
  readonly stage: string;
  readonly revision: string;
  /** The run that asks for it. */
  readonly asked: Date;
  /** Assumed to be given in that run. */
  readonly given: boolean;
}

/** An opening in which clusters that nothing else kept back did not start. */
export interface MissedWindow {
  /** Place of the window in `upgrades.windows`. */
  readonly window: number;
  readonly from: Date;
  readonly to: Date;
  readonly stage: string;
  readonly reason: string;
  /** Sorted. */
  readonly clusters: readonly string[];
}

/** The support of a minor ends while clusters run it. */
export interface SupportPassed {
  readonly distribution: Distribution;
  readonly minor: string;
  /** First day without standard support, YYYY-MM-DD. */
  readonly ends: string;
  /** First day on which EKS upgrades by itself, where clusters are still on it then. */
  readonly forced?: string;
  /** Sorted. */
  readonly clusters: readonly string[];
  /** When the last of them leaves it; absent where some never do. */
  readonly left?: Date;
  /** What EKS takes more for its extended support until then, at list price. */
  readonly usd: number;
}

/** A cluster that is not at its target in the end, or add-ons that are not. */
export interface Unreached {
  readonly cluster: string;
  readonly stage: string;
  readonly reason: string;
}

/** A rollout as it would go on from what lives now. */
export interface Simulation {
  readonly from: Date;
  readonly until: Date;
  readonly every: number;
  /** By start, then cluster. */
  readonly steps: readonly SimulatedStep[];
  readonly stages: readonly SimulatedStage[];
  readonly approvals: readonly SimulatedApproval[];
  /** By opening. */
  readonly missed: readonly MissedWindow[];
  readonly support: readonly SupportPassed[];
  readonly unreached: readonly Unreached[];
  /** Every cluster is at its target, or left out; absent where that is never so. */
  readonly through?: Date;
  /** And the last stage has soaked. */
  readonly soaked?: Date;
  /** Names of gates of the stages, all taken for open. */
  readonly gates: readonly string[];
}
