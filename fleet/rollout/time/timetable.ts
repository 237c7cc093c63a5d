import { type Upgrades } from "../../config/schema/upgrades";
import { FreeTime, Openings } from "./free-time";
import { frozenAt, frozenTimes, type FrozenTime, isFor, nextFrozen, thaws } from "./freezes";
import { momentText } from "./moments";
import { DAY_MS, spanText } from "./spans";

/** How far ahead one looks for time for a step: more than a year, so that every yearly window counts. */
const HORIZON_DAYS = 400;

/** A step that would start now. */
export interface StepToTime {
  readonly stage: string;
  readonly cluster: string;
  /** How long it takes, milliseconds. */
  readonly stepMs: number;
  /** To another minor: freezes of scope `minor` are for it. */
  readonly isMinor: boolean;
  /** What does not hold for it. */
  readonly ignore: { readonly windows?: boolean; readonly freezes?: boolean };
}

export type MayStart =
  | { readonly open: true }
  | {
      readonly open: false;
      /** Half a sentence that names the rule. */
      readonly reason: string;
      /** The first moment at which it may start; absent where there is none within 400 days. */
      readonly next?: Date;
    };

/** Windows and freezes at the moment of one run. */
export interface Timetable {
  /**
   * Whether a step may start now: a window of its stage is open, or the stage has none; the step is over before that
   * window closes, windows that overlap or touch being one; and no freeze covers any moment of the step.
   */
  readonly mayStart: (step: StepToTime) => MayStart;
}

/** Everything looked up is remembered for the run, so that it can be asked for every cluster of a large fleet. */
export function timetable(upgrades: Pick<Upgrades, "windows" | "freezes">, now: Date): Timetable {
  const windows = upgrades.windows.map((window) => new Openings(window));
  const frozen = frozenTimes(upgrades.freezes);
  const known = new Map<string, RunTime>();
  return {
    mayStart(step) {
      const { stage, stepMs, ignore } = step;
      const forIt = {
        windows: windows.map(({ window }) => !ignore.windows && (window.stages?.includes(stage) ?? true)),
        frozen: frozen.map(({ freeze }) => !ignore.freezes && isFor(freeze, step)),
      };
      const key = JSON.stringify(forIt);
      const time =
        known.get(key) ??
        new RunTime(
          windows.filter((_, index) => forIt.windows[index]),
          frozen.filter((_, index) => forIt.frozen[index]),
          now,
        );
      known.set(key, time);
      return time.mayStart(stepMs);
    },
  };
}

/** The time of all steps for which the same windows and freezes count. */
class RunTime {
  /** Inside windows and outside freezes. */
  private readonly free: FreeTime;
  /** Inside windows, as if there were no freeze. */
  private readonly inWindows: FreeTime;

  constructor(
    windows: readonly Openings[],
    private readonly frozen: readonly FrozenTime[],
    private readonly now: Date,
  ) {
    const horizon = now.getTime() + HORIZON_DAYS * DAY_MS;
    this.free = new FreeTime(windows, thaws(frozen, now), horizon);
    this.inWindows = new FreeTime(windows, thaws([], now), horizon);
  }

  mayStart(stepMs: number): MayStart {
    const fit = this.free.first(stepMs);
    if (fit === undefined) {
      return { open: false, reason: this.whyNever(stepMs) };
    }
    return fit.from === this.now.getTime()
      ? { open: true }
      : { open: false, reason: this.whyNot(stepMs), next: new Date(fit.from) };
  }

  private whyNot(stepMs: number): string {
    const frozen = frozenAt(this.frozen, this.now);
    if (frozen !== undefined) {
      const { zone, reason } = frozen.freeze;
      return `frozen until ${momentText(new Date(frozen.to), zone)}: ${reason}`;
    }
    const takes = `a step takes about ${spanText(stepMs)}`;
    const fit = this.inWindows.first(stepMs);
    const next = nextFrozen(this.frozen, this.now);
    if (next !== undefined && fit?.from === this.now.getTime()) {
      return `a freeze begins in ${this.untilText(next.from)}, ${takes}: ${next.freeze.reason}`;
    }
    const open = this.inWindows.earliest;
    return open?.from === this.now.getTime()
      ? `the window closes in ${this.untilText(open.to)}, ${takes}`
      : "no window is open";
  }

  private whyNever(stepMs: number): string {
    if (this.inWindows.first(stepMs) !== undefined) {
      const step = `a step of about ${spanText(stepMs)}`;
      return `freezes leave no time for ${step} within ${HORIZON_DAYS} days: ${this.whyNot(stepMs)}`;
    }
    const longest = this.inWindows.longest;
    if (longest === undefined) {
      return `no window opens within ${HORIZON_DAYS} days`;
    }
    if (longest.from === this.now.getTime()) {
      return `${this.whyNot(stepMs)}, and none is open for longer within ${HORIZON_DAYS} days`;
    }
    const open = spanText(longest.to - longest.from);
    return `no window is long enough: a step takes about ${spanText(stepMs)}, the longest window is open for ${open}`;
  }

  private untilText(instant: number): string {
    return spanText(instant - this.now.getTime());
  }
}
