import { supportOf } from "../versions";
import { spanMs } from "./time/spans";
import { type RolloutCluster, type RolloutInput } from "./types";

/** Whether a cluster's version is so near the end of its standard support that time no longer holds it. */
export function isForced(
  { distribution, live }: RolloutCluster,
  { upgrades, calendar }: RolloutInput,
  now: Date,
): boolean {
  const version = live?.revision.kubernetes;
  if (upgrades.forceBefore === undefined || version === undefined) return false;
  const { status, until } = supportOf(calendar, distribution, version, now);
  if (status !== "supported") return status !== "unknown";
  return until !== undefined && Date.parse(until) - now.getTime() <= spanMs(upgrades.forceBefore);
}
