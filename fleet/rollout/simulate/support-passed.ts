import { type Calendar, DISTRIBUTIONS, minorOf, supportCost } from "../../versions";
import { type RolloutCluster } from "../types";
import { type SimulatedStep, type SupportPassed } from "./types";

const HOUR_MS = 3_600_000;

/** A time in which a cluster runs a version. */
interface Stay {
  readonly cluster: RolloutCluster;
  readonly minor: string;
  readonly from: number;
  /** Infinity where it never leaves it. */
  readonly to: number;
}

/** The ends of support that clusters live through until a moment, and what that costs. */
export function supportPassed(
  clusters: readonly RolloutCluster[],
  steps: readonly SimulatedStep[],
  calendar: Calendar,
  { from, until }: { readonly from: Date; readonly until: Date },
): SupportPassed[] {
  const stepsOf = new Map(clusters.map(({ name }) => [name, [] as SimulatedStep[]]));
  for (const step of steps) stepsOf.get(step.cluster)?.push(step);
  const stays = clusters.flatMap((cluster) => staysOf(cluster, stepsOf.get(cluster.name) ?? [], from));
  return DISTRIBUTIONS.flatMap((distribution) =>
    calendar[distribution].flatMap(({ minor, standardEnds, extendedEnds }) => {
      const ends = Date.parse(standardEnds);
      const over = extendedEnds === undefined ? Infinity : Date.parse(extendedEnds);
      const late = stays.filter(
        (stay) => stay.cluster.distribution === distribution && stay.minor === minor && stay.to > ends,
      );
      if (late.length === 0 || ends >= until.getTime()) return [];
      const left = Math.max(...late.map(({ to }) => to));
      const hours = late.reduce((sum, stay) => sum + hoursBetween(stay, ends, Math.min(over, until.getTime())), 0);
      const perHour = distribution === "eks" ? supportCost.extendedUsdPerHour - supportCost.standardUsdPerHour : 0;
      return [
        {
          distribution,
          minor,
          ends: standardEnds,
          ...(extendedEnds !== undefined && left > over && over < until.getTime() ? { forced: extendedEnds } : {}),
          clusters: late.map(({ cluster }) => cluster.name).sort(),
          ...(left === Infinity ? {} : { left: new Date(left) }),
          usd: Math.round(hours * perHour),
        },
      ];
    }),
  );
}

/** What runs at the beginning, and after each step of it that has ended; without the target's minor, which nobody is to leave. */
function staysOf(cluster: RolloutCluster, steps: readonly SimulatedStep[], from: Date): Stay[] {
  const begun = cluster.live?.revision.kubernetes;
  const target = cluster.target.kubernetes;
  const moves = steps.flatMap(({ kind, to, end }) =>
    kind !== "nodes" && end !== undefined && to.kubernetes !== undefined
      ? [{ version: to.kubernetes, at: end.getTime() }]
      : [],
  );
  const runs = [...(begun === undefined ? [] : [{ version: begun, at: from.getTime() }]), ...moves];
  const stays = runs.map(({ version, at }) => ({ cluster, minor: minorOf(version), from: at, to: Infinity }));
  const apart = stays.reduceRight<Stay[]>((later, stay) => {
    const [next, ...rest] = later;
    return next?.minor === stay.minor
      ? [{ ...next, from: stay.from }, ...rest]
      : [{ ...stay, to: next?.from ?? Infinity }, ...later];
  }, []);
  return apart.filter(({ minor }) => target === undefined || minor !== minorOf(target));
}

function hoursBetween({ from, to }: Stay, begin: number, end: number): number {
  return Math.max(0, Math.min(to, end) - Math.max(from, begin)) / HOUR_MS;
}
