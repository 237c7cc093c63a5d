import * as path from "node:path";

import { STAGE } from "../../fleet/labels";
import { type ObservedCluster } from "../../fleet/observed";
import { stepOf } from "../../fleet/rollout/step-record";

/** What somebody would review as a pull request. @param file The stack file. */
export function changeText(file: string, before: string, after: string): string {
  return `Its stack file asks for the next minor now (${path.relative(process.cwd(), file)}):
  -    version: ${before}
  +    version: ${after}
Its stages: canary (1 cluster, and a minute of soak in which nothing may go wrong), early (2 clusters at the same time),
rest (3 clusters, 2 at a time). Each run takes the steps that are allowed at that moment, and no other.`;
}

/** When each stage moved, by the clusters' own records and conditions. @param clusters Sorted by name. */
export function storyText(clusters: readonly ObservedCluster[]): string {
  const stages = [...new Set(clusters.map(stageOf))];
  const lines = stages.map((stage) => {
    const members = clusters.filter((each) => stageOf(each) === stage);
    const begun = earliest(members.map(({ annotations }) => stepOf(annotations)?.started ?? ""));
    const ended = latest(members.map(({ since }) => since));
    return `  ${stage.padEnd(8)}${clock(begun)} to ${clock(ended)}  ${members.map(({ name }) => name).join(", ")}`;
  });
  return ["What happened (UTC):", ...lines].join("\n");
}

/** After a demo whose clusters go. */
export const NEXT = `Try next:
  npm run sandbox -- demo rollout          and Ctrl-C in the middle: the same command goes on from what lives
  npm run sandbox -- demo rollout --keep   the clusters stay, for a rollout of yours
  docs/rollouts.md                         windows, freezes, approvals, failures`;

/** After a demo whose clusters stay. */
export function keptText(file: string, stack: string): string {
  return `The clusters stay. Edit ${path.relative(process.cwd(), file)}, for example
  version: v1.36.1                    the next minor
  pause: [{ clusters: [early-2], reason: audit, until: "2999-01-01" }]
                                      below upgrades: early-2 stays, and stage rest waits for it
and then
  npm run fleet -- plan --stack ${stack}       who moves now, who waits, and why
  npm run fleet -- simulate --stack ${stack}   when each cluster moves
  npm run fleet -- rollout --stack ${stack}    leads it
\`npm run sandbox -- demo rollout\` begins anew, and removes them at its end.`;
}

function stageOf({ labels }: ObservedCluster): string {
  return labels[STAGE] ?? "";
}

function earliest(times: readonly string[]): string {
  return times.reduce((first, each) => (each < first ? each : first));
}

function latest(times: readonly string[]): string {
  return times.reduce((last, each) => (each > last ? each : last));
}

/** Time of day of an ISO 8601 moment. */
function clock(at: string): string {
  return at.slice(11, 19);
}
