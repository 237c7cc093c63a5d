import { type Upgrades } from "../../config/schema/upgrades";
import { remembered } from "../../remembered";
import { FreeTime, Openings } from "./free-time";
import { frozenAt, frozenTimes, type FrozenTime, isFor, nextFrozen, thaws } from "./freezes";
import { momentText } from "./moments";
import { DAY_MS, spanText } from "./spans";

/** How far ahead one looks for time for a step: more than a year, so that every yearly window counts. */
const HORIZON_DAYS = 400;

/** A step that would start. */
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

/** Windows and freezes from the moment of one run on. */
export interface Timetable {
  /**
   * Whether a step may start at a moment: a window of its stage is open, or the stage has none; the step is over before
   * that window closes, windows that overlap or touch being one; and no freeze covers any moment of the step.
   * @param moment Default: that of the run. None before it.
   */
  readonly mayStart: (step: StepToTime, moment?: Date) => MayStart;
}

/** Everything is looked up once, so that it can be asked for every cluster of a large fleet, and for many moments. */
export function timetable(upgrades: Pick<Upgrades, "windows" | "freezes">, now: Date): Timetable {
  const windows = upgrades.windows.map((window) => new Openings(window));
  const frozen = frozenTimes(upgrades.freezes);
  const timeOf = remembered(
    (step: StepToTime) =>
      new StepTime(
        windows.filter(({ window }) => !step.ignore.windows && (window.stages?.includes(step.stage) ?? true)),
        frozen.filter(({ freeze }) => !step.ignore.freezes && isFor(freeze, step)),
        now,
      ),
    ({ stage, isMinor, ignore }) => JSON.stringify([stage, isMinor, ignore.windows, ignore.freezes]),
  );
  return {
    mayStart: (step, moment = now) => timeOf(step).mayStart(step.stepMs, moment.getTime()),
  };
}

/** The time of all steps for which the same windows and freezes count. */
class StepTime {
  /** Inside windows and outside freezes. */
  private readonly free: FreeTime;
  /** Inside windows, as if there were no freeze. */
  private readonly inWindows: FreeTime;

  constructor(
    windows: readonly Openings[],
    private readonly frozen: readonly FrozenTime[],
    now: Date,
  ) {
    this.free = new FreeTime(windows, thaws(frozen, now));
    this.inWindows = new FreeTime(windows, thaws([], now));
  }

  mayStart(stepMs: number, at: number): MayStart {
    const fit = this.free.first(stepMs, at, horizonOf(at));
    if (fit === undefined) {
      return { open: false, reason: this.whyNever(stepMs, at) };
    }
    return fit.from === at
      ? { open: true }
      : { open: false, reason: this.whyNot(stepMs, at), next: new Date(fit.from) };
  }

  private whyNot(stepMs: number, at: number): string {
    const frozen = frozenAt(this.frozen, new Date(at));
    if (frozen !== undefined) {
      const { zone, reason } = frozen.freeze;
      return `frozen until ${momentText(new Date(frozen.to), zone)}: ${reason}`;
    }
    const takes = `a step takes about ${spanText(stepMs)}`;
    const fit = this.inWindows.first(stepMs, at, horizonOf(at));
    const next = nextFrozen(this.frozen, new Date(at));
    if (next !== undefined && fit?.from === at) {
      return `a freeze begins in ${spanText(next.from - at)}, ${takes}: ${next.freeze.reason}`;
    }
    const open = this.inWindows.first(0, at, horizonOf(at));
    return open?.from === at ? `the window closes in ${spanText(open.to - at)}, ${takes}` : "no window is open";
  }

  private whyNever(stepMs: number, at: number): string {
    if (this.inWindows.first(stepMs, at, horizonOf(at)) !== undefined) {
      const step = `a step of about ${spanText(stepMs)}`;
      return `freezes leave no time for ${step} within ${HORIZON_DAYS} days: ${this.whyNot(stepMs, at)}`;
    }
    const longest = this.inWindows.longest(at, horizonOf(at));
    if (longest === undefined) {
      return `no window opens within ${HORIZON_DAYS} days`;
    }
    if (longest.from === at) {
      return `${this.whyNot(stepMs, at)}, and none is open for longer within ${HORIZON_DAYS} days`;
    }
    const open = spanText(longest.to - longest.from);
    return `no window is long enough: a step takes about ${spanText(stepMs)}, the longest window is open for ${open}`;
  }
}

function horizonOf(at: number): number {
  return at + HORIZON_DAYS * DAY_MS;
}
