import { remembered } from "../remembered";
import { type Distribution, monthlyControlPlaneCost, type Support, supportOf } from "../versions";
import { isOfLastStep } from "./standing";
import { type Decision, type RolloutCluster, type RolloutInput } from "./types";

/** A wait costs money, or support, within that many days. */
const SOON_DAYS = 60;

/** What a cluster runs. */
interface Runs {
  readonly distribution: Distribution;
  readonly version: string;
}

/** What a person should know beside the decisions. */
export function rolloutNotes(
  decisions: readonly Decision[],
  input: RolloutInput,
  expired: readonly string[],
  now: Date,
): string[] {
  const clusters = new Map(input.clusters.map((cluster) => [cluster.name, cluster]));
  const of = (decision: Decision) => clusters.get(decision.cluster);
  const support = remembered(
    ({ distribution, version }: Runs) => supportOf(input.calendar, distribution, version, now),
    ({ distribution, version }) => `${distribution} ${version}`,
  );
  return [
    ...decisions.flatMap((decision) => [
      ...changedByHand(of(decision)),
      ...waitsTooLong(decision, of(decision), support),
    ]),
    ...expired.map((entry) => `cluster-fleet:upgrades.${entry} has ended and holds nothing any more: remove it.`),
  ];
}

function changedByHand(cluster: RolloutCluster | undefined): string[] {
  const live = cluster?.live;
  return cluster === undefined || live?.step === undefined || isOfLastStep(live)
    ? []
    : [
        `${cluster.name}: was changed by somebody else: ${live.revision.kubernetes ?? "its class"} lives, and ` +
          `cluster-fleet's last step was to ${live.step.to}. It is declared as it lives.`,
      ];
}

/** Held by a rule, while the support of what it runs comes to its end. */
function waitsTooLong(
  { action }: Decision,
  cluster: RolloutCluster | undefined,
  support: (runs: Runs) => Support,
): string[] {
  const version = cluster?.live?.revision.kubernetes;
  if (cluster === undefined || version === undefined || !["wait", "paused", "skipped", "failed"].includes(action))
    return [];
  const { status, minor, until, daysLeft = 0 } = support({ distribution: cluster.distribution, version });
  const ofEks = cluster.distribution === "eks";
  const more = monthlyControlPlaneCost("extended") - monthlyControlPlaneCost("standard");
  if (status === "supported" && daysLeft <= SOON_DAYS) {
    const then = ofEks ? `then EKS takes USD ${more} more a month` : "then nobody mends it";
    return [`${cluster.name}: while it waits, support of ${minor} ends on ${until}, in ${daysLeft} days; ${then}.`];
  }
  if (status === "extended") {
    return [
      `${cluster.name}: every month that it waits on ${minor} costs USD ${more} more; EKS upgrades it by itself on ${until}.`,
    ];
  }
  return status === "ended" ? [`${cluster.name}: waits on ${minor}, whose support ended on ${until}.`] : [];
}
