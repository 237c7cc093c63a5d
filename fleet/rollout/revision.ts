import { contentHash } from "../content-hash";
import { type Action, type Revision, type RolloutCluster, type RolloutTrack } from "./types";

const PARTS = ["kubernetes", "class", "machines", "base"] as const;

/** A revision in words, for records and messages: `v1.35.2 aws-kubeadm-0a1b2c3d4e base-5f6a7b8c9d`. */
export function revisionText({ kubernetes, class: className, machines, base }: Revision): string {
  return [kubernetes, className, machines && `machines-${machines}`, base]
    .filter((part) => part !== undefined)
    .join(" ");
}

/** The same for a step that a preview shows; node groups that follow to a revision are not a step of their cluster to it. */
export function shownTo(what: Action, to: Revision): string {
  return what === "nodes" ? `nodes ${revisionText(to)}` : revisionText(to);
}

export function sameRevision(one: Revision, other: Revision): boolean {
  return PARTS.every((part) => one[part] === other[part]);
}

/** Only what differs between two revisions, for messages: `v1.34.3 -> v1.35.2`. */
export function changeText(from: Revision, to: Revision): string {
  const changed = PARTS.filter((part) => from[part] !== to[part]);
  const words = (revision: Revision) => revisionText(Object.fromEntries(changed.map((part) => [part, revision[part]])));
  return `${words(from) || "(none)"} -> ${words(to) || "(none)"}`;
}

/** What a stage is moving to, as one word to approve. Another cluster with the same target does not change it. */
export function stageRevision(clusters: readonly RolloutCluster[], tracks: readonly RolloutTrack[]): string {
  const targets = [...clusters.map(({ target }) => revisionText(target)), ...tracks.map(({ target }) => target)];
  return `rev-${contentHash([...new Set(targets)].sort())}`;
}
