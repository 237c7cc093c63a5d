import { type Freeze } from "../../config/schema/upgrades";
import { type Interval, momentBegin, momentEnd } from "./moments";

/** The time that a freeze takes. */
export interface FrozenTime extends Interval {
  readonly freeze: Freeze;
}

/** The times of freezes, by their beginning. A freeze that ends before it begins takes none. */
export function frozenTimes(freezes: readonly Freeze[]): readonly FrozenTime[] {
  return freezes
    .map((freeze) => ({
      from: momentBegin(freeze.from, freeze.zone).getTime(),
      to: momentEnd(freeze.to, freeze.zone).getTime(),
      freeze,
    }))
    .filter(({ from, to }) => from < to)
    .sort((a, b) => a.from - b.from);
}

/** Whether a freeze is for a step of a stage: one of scope `minor` is only for steps to another minor. */
export function isFor({ scope, stages }: Freeze, step: { readonly stage: string; readonly isMinor: boolean }): boolean {
  return (scope === "all" || step.isMinor) && (stages?.includes(step.stage) ?? true);
}

/** The freeze that covers a moment; where several do, the one that ends last. */
export function frozenAt(times: readonly FrozenTime[], moment: Date): FrozenTime | undefined {
  const instant = moment.getTime();
  return times
    .filter(({ from, to }) => from <= instant && instant < to)
    .reduce<FrozenTime | undefined>((last, time) => (last === undefined || time.to > last.to ? time : last), undefined);
}

/** The first freeze that begins after a moment. */
export function nextFrozen(times: readonly FrozenTime[], after: Date): FrozenTime | undefined {
  return times.find(({ from }) => from > after.getTime());
}

/** The times from a moment on that no freeze covers, in order; the last has no end. */
export function thaws(times: readonly FrozenTime[], from: Date): readonly Interval[] {
  const free: Interval[] = [];
  let thaw = from.getTime();
  for (const frozen of times) {
    if (frozen.from > thaw) {
      free.push({ from: thaw, to: frozen.from });
    }
    thaw = Math.max(thaw, frozen.to);
  }
  return [...free, { from: thaw, to: Infinity }];
}
