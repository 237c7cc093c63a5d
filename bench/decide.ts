import { spawnSync } from "node:child_process";
import * as path from "node:path";

import { REPOSITORY } from "../sandbox/layout";
import { type DecideOnce } from "./decide-once";
import { ROLLOUT_FLEETS } from "./rollout-fleets";

/** What it takes to decide which clusters of a fleet move, by what is special of the fleet. */
export interface DecideTimes {
  readonly clusters: number;
  readonly fleets: Readonly<Record<string, readonly DecideOnce[]>>;
}

/** Each decision has a process of its own, as it has in a run of the program: nothing is warm, and its peak is its own. */
export function decideTimes(clusters: number, repetitions: number): DecideTimes {
  const fleets: Record<string, DecideOnce[]> = {};
  for (let time = 0; time < repetitions; time++) {
    for (const name of Object.keys(ROLLOUT_FLEETS)) (fleets[name] ??= []).push(decideOnce(name, clusters));
  }
  return { clusters, fleets };
}

function decideOnce(name: string, clusters: number): DecideOnce {
  const entry = path.join(__dirname, "decide-once.ts");
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(REPOSITORY, "sandbox", "with-typescript.cjs"), entry, name, String(clusters)],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`deciding for the fleet "${name}" failed:\n${stderr}`);
  return JSON.parse(stdout) as DecideOnce;
}
