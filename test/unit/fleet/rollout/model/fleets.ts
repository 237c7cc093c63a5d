import fc from "fast-check";

import { type Upgrades, upgrades as upgradesSchema } from "../../../../../fleet/config/schema/upgrades";
import { type Scan } from "../time/clocks";
import { clusters } from "./clusters";
import { days, extras, freezes, goodWindows, holds, overrides, stages, windows } from "./rules";
import { type World } from "./world";

const NONE = fc.constant<never[]>([]);

/** A world with whatever may be configured, and the days in which it is looked at. */
export interface Setting {
  readonly scan: Scan;
  readonly world: World;
}

export const anyFleet: fc.Arbitrary<Setting> = fc
  .tuple(days, fc.nat(5), fc.oneof({ weight: 9, arbitrary: fc.constant(6) }, { weight: 1, arbitrary: fc.constant(30) }))
  .chain(([scan, count, most]) =>
    clusters(count, most, scan.now, { isGood: false }).chain((all) => {
      const names = all.map(({ config }) => config.name);
      return fc
        .record({
          stages: stages(count, extras),
          windows: fc.oneof(fc.constant<Upgrades["windows"]>([]), windows),
          freezes: fc.oneof(fc.constant<Upgrades["freezes"]>([]), freezes(scan)),
          pause: holds(names, scan),
          skip: holds(names, scan),
          override: overrides(names, scan),
          forceBefore: fc.option(fc.constantFrom("1d", "30d"), { nil: undefined, freq: 3 }),
        })
        .map((upgrades) => ({ scan, world: { upgrades: forReal(upgrades), clusters: all } }));
    }),
  );

function forReal({ forceBefore, ...upgrades }: Upgrades): Upgrades {
  return { ...upgradesSchema.parse({}), ...upgrades, ...(forceBefore === undefined ? {} : { forceBefore }) };
}

/** A world in which everything comes to its end: windows open, freezes and pauses end, what fails recovers. */
export const goodFleet: fc.Arbitrary<Setting> = fc.tuple(days, fc.nat(3)).chain(([scan, count]) =>
  clusters(count, 5, scan.now, { isGood: true }).chain((all) =>
    fc
      .record({
        stages: stages(count, fc.constant({})),
        windows: fc.oneof(NONE, goodWindows),
        freezes: fc.oneof(NONE, freezes(scan)),
        pause: holds(
          all.map(({ config }) => config.name),
          scan,
        ),
        skip: NONE,
        override: NONE,
      })
      .map((upgrades) => ({ scan, world: { upgrades: forReal(upgrades), clusters: all } })),
  ),
);
