import assert from "node:assert/strict";
import fc from "fast-check";

import { type Freeze, type Window } from "../../../../../fleet/config/schema/upgrades";
import { spanMs } from "../../../../../fleet/rollout/time/spans";
import { type StepToTime, timetable } from "../../../../../fleet/rollout/time/timetable";
import { DAY, dayWindow, frozenMinutes, MINUTE, type Scan, scan, startsOf, ZONES } from "./clocks";

/** What may be configured, and asked, around the days of a scan. */
interface Question {
  readonly scan: Scan;
  readonly windows: readonly Window[];
  readonly freezes: readonly Freeze[];
  readonly step: StepToTime;
}

const question: fc.Arbitrary<Question> = scan.chain((days) =>
  fc.record({
    scan: fc.constant(days),
    windows: fc.array(dayWindow, { maxLength: 3 }),
    freezes: fc.array(freezeWithin(days), { maxLength: 3 }),
    step: fc.record({
      stage: fc.constant("prod"),
      cluster: fc.constant("alpha"),
      stepMs: fc.constantFrom(1, 20, 60, 61, 240, 600, 1440).map((minutes) => minutes * MINUTE),
      isMinor: fc.boolean(),
      ignore: fc.record({ windows: fc.boolean(), freezes: fc.boolean() }, { requiredKeys: [] }),
    }),
  }),
);

function freezeWithin({ start, minutes }: Scan): fc.Arbitrary<Freeze> {
  const text = fc
    .tuple(fc.integer({ min: DAY / MINUTE, max: minutes - (2 * DAY) / MINUTE }), fc.boolean())
    .map(([minute, isDay]) => new Date(start + minute * MINUTE).toISOString().slice(0, isDay ? 10 : 16));
  return fc
    .record(
      {
        ends: fc.tuple(text, text).map((ends) => ends.sort()),
        zone: fc.constantFrom(...ZONES),
        scope: fc.constantFrom("all" as const, "minor" as const),
        stages: fc.constantFrom<string[]>(["prod"], ["test"]),
      },
      { requiredKeys: ["ends", "zone", "scope"] },
    )
    .map(({ ends: [from = "", to = ""], ...rest }) => ({ from, to, reason: "audit", ...rest }));
}

/** For each minute of the scan whether windows and freezes leave it to the step. */
function freeMinutes({ scan, windows, freezes, step }: Question): boolean[] {
  const mine = ({ stages }: { readonly stages?: readonly string[] }) => stages?.includes(step.stage) ?? true;
  const counted = step.ignore.windows ? [] : windows.filter(mine);
  const free = new Array<boolean>(scan.minutes).fill(counted.length === 0);
  for (const window of counted) {
    for (const minute of startsOf(window, scan)) {
      free.fill(true, minute, minute + spanMs(window.duration) / MINUTE);
    }
  }
  for (const freeze of freezes.filter(mine)) {
    if (!step.ignore.freezes && (freeze.scope === "all" || step.isMinor)) {
      free.fill(false, ...frozenMinutes(freeze, scan));
    }
  }
  return free;
}

/** Whether every minute that the step touches is free; undefined where the scan ends before it. */
function fits(instant: number, { scan, step }: Question, free: readonly boolean[]): boolean | undefined {
  const first = Math.floor((instant - scan.start) / MINUTE);
  const touched = free.slice(first, Math.ceil((instant + step.stepMs - scan.start) / MINUTE));
  return instant + step.stepMs > scan.start + scan.minutes * MINUTE ? undefined : touched.every(Boolean);
}

describe("every timetable", () => {
  it("opens if and only if the whole step lies in windows and outside freezes", () => {
    fc.assert(
      fc.property(question, (question) => {
        const { scan, windows, freezes, step } = question;
        const { open } = timetable({ windows: [...windows], freezes: [...freezes] }, new Date(scan.now)).mayStart(step);
        assert.equal(open, fits(scan.now, question, freeMinutes(question)));
      }),
      { numRuns: 1000 },
    );
  });

  it("names as next the first minute at which the step may start, and it may then", () => {
    fc.assert(
      fc.property(question, (question) => {
        const { scan, windows, freezes, step } = question;
        const rules = { windows: [...windows], freezes: [...freezes] };
        const answer = timetable(rules, new Date(scan.now)).mayStart(step);
        if (answer.open) {
          return;
        }
        const free = freeMinutes(question);
        const minutes = Array.from({ length: scan.minutes }, (_, minute) => scan.start + minute * MINUTE);
        const end = scan.start + scan.minutes * MINUTE;
        const first = minutes.find((minute) => minute > scan.now && fits(minute, question, free) !== false) ?? end;
        const next = answer.next?.getTime() ?? Infinity;
        if (fits(first, question, free) === true) {
          assert.equal(next, first);
        }
        assert.ok(next >= first);
        if (answer.next !== undefined) {
          assert.deepEqual(timetable(rules, answer.next).mayStart(step), { open: true });
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("answers for a later moment as one that is made at that moment, whatever it was asked before", () => {
    const moments = fc.array(fc.integer({ min: 0, max: 20 * DAY }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(question, moments, ({ scan, windows, freezes, step }, moments) => {
        const rules = { windows: [...windows], freezes: [...freezes] };
        const { mayStart } = timetable(rules, new Date(scan.now));
        for (const after of moments) {
          const moment = new Date(scan.now + after);
          assert.deepEqual(mayStart(step, moment), timetable(rules, moment).mayStart(step));
        }
      }),
      { numRuns: 500 },
    );
  });
});
