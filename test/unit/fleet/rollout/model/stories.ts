import fc from "fast-check";

import { decide } from "../../../../../fleet/rollout/decide";
import { type Rollout, type RolloutInput } from "../../../../../fleet/rollout/types";
import { type Scan } from "../time/clocks";
import { anyFleet } from "./fleets";
import { apply, flap, heal, HOUR, MINUTE, observe, type Reached, type World, WHOLE } from "./world";

/** A fleet over some runs, with what happens between them. */
interface Story {
  readonly scan: Scan;
  readonly world: World;
  readonly turns: readonly Turn[];
}

interface Turn {
  /** Since the run before. */
  readonly minutes: number;
  readonly happens: "nothing" | "flap" | "heal";
  /** How far the update gets, cluster after cluster, and then again from the first. */
  readonly reached: readonly Reached[];
}

const turn: fc.Arbitrary<Turn> = fc.record({
  minutes: fc.constantFrom(0, 1, 25, 90, 300, 1440),
  happens: fc.constantFrom("nothing", "nothing", "flap", "heal"),
  reached: fc.oneof(
    fc.constant<Reached[]>(["all"]),
    fc.array(fc.constantFrom<Reached>("all", "part", "none"), { minLength: 1, maxLength: 4 }),
  ),
});

export const stories: fc.Arbitrary<Story> = fc
  .tuple(anyFleet, fc.array(turn, { minLength: 1, maxLength: 4 }))
  .map(([{ scan, world }, turns]) => ({ scan, world, turns }));

/** One run of a story: what it saw, what it decided, and what it made of the world. */
export interface Scene {
  readonly scan: Scan;
  readonly now: number;
  readonly world: World;
  readonly input: RolloutInput;
  readonly rollout: Rollout;
  readonly after: World;
}

export function play({ scan, world, turns }: Story): Scene[] {
  let now = scan.now;
  let current = world;
  return turns.map(({ minutes, happens, reached }, index) => {
    now += minutes * MINUTE;
    const names = current.clusters.map(({ config }) => config.name);
    if (happens === "flap") current = flap(current, names[index % names.length] ?? "", now, (index * HOUR) / MINUTE);
    if (happens === "heal") current = heal(current, now);
    const input = observe(current, now);
    const rollout = decide(input, new Date(now));
    const scene = { scan, now, world: current, input, rollout, after: apply(current, rollout, now, WHOLE) };
    current = apply(current, rollout, now, (name) => reached[names.indexOf(name) % reached.length] ?? "all");
    return scene;
  });
}
