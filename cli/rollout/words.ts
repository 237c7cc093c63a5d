import { type ObservedCluster } from "../../fleet/observed";
import { zoneOf } from "../../fleet/rollout/report";
import { nextOpeningText } from "../../fleet/rollout/time/moments";
import { spanText } from "../../fleet/rollout/time/spans";
import { type Decision } from "../../fleet/rollout/types";
import { type Output } from "../output";
import { type Look, nextOpening } from "./look";
import { type OtherChange } from "./other-changes";

/** How to go on with a rollout that was left. */
export function goOnWith(stack: string): string {
  return `Nothing is lost: a rollout goes on from what lives. Go on with: npm run fleet -- rollout --stack ${stack}`;
}

/** What a rollout waits for, as a sentence. */
export function waitText(look: Look): string {
  const { decisions, stages } = look.rollout;
  const opening = nextOpening(look);
  if (opening !== undefined) {
    return `Next opening: ${nextOpeningText(opening.next, zoneOf(look.upgrades))} (${opening.name}).`;
  }
  const held = decisions.find(({ action }) => action === "wait") ?? decisions.find(({ action }) => action === "paused");
  if (decisions.some(({ action }) => action === "moving")) return "Waits for the clusters that move.";
  if (held !== undefined) return `${held.cluster} is held: ${held.reason}.`;
  const open = stages.find(({ complete }) => !complete);
  return open === undefined ? "Nothing is left to do." : `Stage ${open.name} is not complete yet: it settles or soaks.`;
}

/** What a preview changes beside the steps of the rollout. */
export function printOtherChanges(changes: readonly OtherChange[], out: Output): void {
  for (const { op, object, fields } of changes) {
    const shown = fields.length > 5 ? [...fields.slice(0, 5), `and ${fields.length - 5} more`] : fields;
    out.line(`  ${op} ${object}${shown.length === 0 ? "" : `: ${shown.join(", ")}`}`);
  }
}

/** What to look at of the clusters that failed. */
export function printFailures(look: Look, stack: string, out: Output): void {
  const halted = look.rollout.stages.filter((stage) => stage.halted);
  for (const { name, failed, clusters } of halted) {
    out.line(out.style("red", `Stage ${name} is halted: ${failed} of ${clusters} clusters failed.`));
    for (const decision of look.rollout.decisions) {
      if (decision.stage === name && hasFailed(decision, look)) printFailure(decision, look, out);
    }
  }
  out.line(`All that is not in order: npm run fleet -- status --stack ${stack} --not-ready`);
  out.line("No further step was started. Mend the clusters, or correct the configuration; then run this again.");
}

/** One that failed and would be mended by a step is said to wait for it. */
function hasFailed({ cluster, action }: Decision, { clusters }: Look): boolean {
  const live = clusters.find(({ name }) => name === cluster);
  return action === "failed" || (action === "wait" && live !== undefined && !(live.settled && live.available));
}

function printFailure({ cluster, reason, from }: Decision, { at, clusters, namespace }: Look, out: Output): void {
  const live = clusters.find(({ name }) => name === cluster);
  const age = live === undefined ? "" : `, as it is for ${spanText(at.getTime() - Date.parse(live.since))}`;
  out.line(`  ${cluster} (${from?.kubernetes ?? "no version"}${age}): ${reason}`);
  if (live !== undefined && live.reason !== "" && !reason.includes(live.reason)) out.line(`    ${live.reason}`);
  out.line(`    kubectl --namespace ${namespace} describe cluster ${cluster}`);
  if (lacksBase(from?.base, live))
    out.line(`    kubectl --namespace ${namespace} describe clusterresourceset ${from?.base}`);
  out.line(`    kubectl --namespace ${namespace} get machines --selector cluster.x-k8s.io/cluster-name=${cluster}`);
}

function lacksBase(base: string | undefined, live: ObservedCluster | undefined): boolean {
  return base !== undefined && live?.bases?.some(({ revision, applied }) => revision === base && applied) !== true;
}
