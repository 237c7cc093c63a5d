import { type Upgrades, upgrades } from "../../../../../fleet/config/schema/upgrades";
import { simulate } from "../../../../../fleet/rollout/simulate/simulate";
import { type SimulationOptions } from "../../../../../fleet/rollout/simulate/types";
import { type LiveCluster, type RolloutCluster } from "../../../../../fleet/rollout/types";
import { calendar } from "../../../../../fleet/versions";

/** A Monday. */
export const FROM = new Date("2026-11-30T06:00:00Z");
export const HOUR = 3_600_000;

/** A moment of the week after {@link FROM}: `Tue 02:00`, in UTC; `+1 Tue 02:00` is a week later. */
export function at(text: string): Date {
  const [, weeks = "0", day = "", time = ""] = /^(?:\+(\d+) )?(\w{3}) (\d\d:\d\d)$/.exec(text) ?? [];
  const days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].indexOf(day) + 7 * Number(weeks);
  return new Date(Date.parse(`2026-11-30T${time}:00Z`) + days * 24 * HOUR);
}

export function rules(raw: object = {}): Upgrades {
  return upgrades.parse(raw);
}

export function live(changes: Partial<LiveCluster> = {}): LiveCluster {
  return {
    revision: { kubernetes: "v1.34.3" },
    ours: true,
    available: true,
    settled: true,
    reason: "",
    since: "2026-10-01T00:00:00Z",
    conditions: [],
    annotations: {},
    ...changes,
  };
}

/** A cluster that lives one minor behind its target and takes an hour for a step. */
export function cluster(name: string, changes: Partial<RolloutCluster> = {}): RolloutCluster {
  return {
    name,
    stage: "all",
    distribution: "kubernetes",
    target: { kubernetes: "v1.35.2" },
    live: live(),
    stepMs: HOUR,
    through: (minor) => ({ kubernetes: `v${minor}.0` }),
    ...changes,
  };
}

/** Runs at every full hour, unless told otherwise. */
export function played(raw: object, clusters: readonly RolloutCluster[], options: Partial<SimulationOptions> = {}) {
  const input = { upgrades: rules(raw), calendar: calendar(), clusters };
  return simulate(input, { from: FROM, until: new Date(FROM.getTime() + 60 * 24 * HOUR), every: HOUR, ...options });
}
