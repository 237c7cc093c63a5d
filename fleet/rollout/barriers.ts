import { type Overridable } from "./holds";
import { type StepToTime, type Timetable } from "./time/timetable";
import { type RolloutInput, type ShownStep } from "./types";

/** Why a step may not start. */
export interface Barrier {
  readonly reason: string;
  /** When it falls by itself. */
  readonly next?: Date;
  /** An approval can be overridden, or forced; windows and freezes (`time`) and other clusters (`turn`) pass by. */
  readonly kind: "approval" | "time" | "turn" | "other";
}

export function stop(reason: string, next?: Date): Barrier {
  return { reason, kind: "other", ...(next === undefined ? {} : { next }) };
}

type Freed = ReadonlySet<Overridable>;

/** Those of a stage that hold for somebody. */
export function remaining(barriers: readonly Barrier[], freed: Freed): Barrier[] {
  return barriers.filter(({ kind }) => kind !== "approval" || !freed.has("approval"));
}

/** Why there is no time for a step at a moment. */
export function outOfTime(step: Omit<StepToTime, "ignore">, freed: Freed, times: Timetable, moment: Date): Barrier[] {
  const ignore = { windows: freed.has("windows"), freezes: freed.has("freezes") };
  const answer = times.mayStart({ ...step, ignore }, moment);
  return answer.open ? [] : [{ ...stop(answer.reason, answer.next), kind: "time" }];
}

/** Why nothing starts in this run, whoever it is. */
export function onHold({ hold }: RolloutInput): Barrier[] {
  return hold === true ? [stop("FLEET_HOLD is set: nothing starts")] : [];
}

/** Why an update does not take a step: its preview did not show it. */
export function notShown(step: ShownStep, isShown: (step: ShownStep) => boolean): Barrier[] {
  return isShown(step) ? [] : [stop("was not in the preview: the next run may move it")];
}
