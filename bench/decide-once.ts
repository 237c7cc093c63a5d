import { decide } from "../fleet/rollout/decide";
import { NOW, ROLLOUT_FLEETS } from "./rollout-fleets";

/** One decision about one fleet, as text for the process that asked for it. */
export interface DecideOnce {
  readonly seconds: number;
  /** Peak of the resident memory of the whole process, with Node and the fleet itself, bytes. */
  readonly peakBytes: number;
}

const [name = "", count] = process.argv.slice(2);
const input = ROLLOUT_FLEETS[name]?.(Number(count));
if (input === undefined) throw new Error(`no fleet is called ${JSON.stringify(name)}`);

const begin = process.hrtime.bigint();
decide(input, NOW);
const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
const answer: DecideOnce = { seconds, peakBytes: process.resourceUsage().maxRSS * 1024 };
console.log(JSON.stringify(answer));
