import { type Hold, type Override, type OVERRIDABLE, type Upgrades } from "../config/schema/upgrades";
import { forMembers, type Member } from "./time/members";
import { type RolloutCluster } from "./types";

export type Overridable = (typeof OVERRIDABLE)[number];

export interface Holds {
  /** The cluster with what pauses or skips it. */
  readonly held: (cluster: RolloutCluster) => RolloutCluster;
  /** What pauses or skips a whole stage. */
  readonly ofStage: (stage: string) => { readonly action: "paused" | "skipped"; readonly reason: string } | undefined;
  /** What does not hold for a stage, or for one cluster of it. @param moment Default: that of the run. None before it. */
  readonly ignores: (member: Member, moment?: Date) => ReadonlySet<Overridable>;
  /** Entries that hold no more, as paths: `pause[0]`. */
  readonly expired: readonly string[];
}

/** The pauses, skips and overrides of a configuration that are in force. */
export function holdsInForce({ pause, skip, override }: Upgrades, now: Date): Holds {
  const pauses = forMembers(pause, now);
  const skips = forMembers(skip, now);
  const overrides = forMembers(override, now);
  return {
    held(cluster) {
      const member = { stage: cluster.stage, cluster: cluster.name };
      const [paused, skipped] = [pauses.find(member), skips.find(member)];
      if (paused === undefined && skipped === undefined) return cluster;
      return {
        ...cluster,
        ...(cluster.paused !== undefined || paused === undefined ? {} : { paused: holdText(paused) }),
        ...(cluster.skipped !== undefined || skipped === undefined ? {} : { skipped: holdText(skipped) }),
      };
    },
    ofStage(stage) {
      const [paused, skipped] = [pauses.find({ stage }), skips.find({ stage })];
      if (skipped !== undefined) return { action: "skipped", reason: holdText(skipped) };
      return paused && { action: "paused", reason: holdText(paused) };
    },
    ignores: (member, moment) => new Set(overrides.findAll(member, moment).flatMap(({ ignore }) => ignore)),
    expired: [
      ...pauses.expired.map((index) => `pause[${index}]`),
      ...skips.expired.map((index) => `skip[${index}]`),
      ...overrides.expired.map((index) => `override[${index}]`),
    ],
  };
}

function holdText({ reason, until }: Hold | Override): string {
  return `until ${until}: ${reason}`;
}
