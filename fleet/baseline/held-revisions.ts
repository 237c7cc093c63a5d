import { type FleetConfig } from "../config/config";
import { type ObservedCluster } from "../observed";
import { baseRevision } from "./base-revision";
import { BASE } from "./labels";
import { type BaselineMember } from "./plan";
import { revisionOfPart, type RevisionObjects } from "./resource-sets";
import { livingRevision } from "./revision-texts";
import { baseSettings } from "./settings";

/**
 * Names of the revisions that clusters have and are not to have any more, sorted: as long as those may not move, a plan can
 * only declare them as the management cluster holds them.
 */
export function revisionsToRead(
  { environment, clusters }: Pick<FleetConfig, "environment" | "clusters">,
  live: readonly ObservedCluster[],
): string[] {
  const left = live
    .filter(({ namespace }) => namespace === environment)
    .flatMap(({ name, labels: { [BASE]: revision = "" } }) => {
      const settings = baseSettings(environment, clusters[name] ?? {});
      const isTarget = settings !== undefined && baseRevision(settings).name === revision;
      return isTarget || revisionOfPart(revision) !== revision ? [] : [revision];
    });
  return [...new Set(left)].sort();
}

/** The revisions that clusters of the run keep and that are no target, as they live: while in use they stay declared. */
export function heldRevisions(
  members: readonly BaselineMember[],
  targets: readonly RevisionObjects[],
  texts: Readonly<Record<string, string>>,
): RevisionObjects[] {
  return [...membersWithout(members, targets).keys()].flatMap((name) => livingRevision(name, texts) ?? []);
}

/** What a person should know: which revisions in use are not declared, for they do not live as they were published. */
export function heldNotes(members: readonly BaselineMember[], declared: readonly RevisionObjects[]): string[] {
  return [...membersWithout(members, declared)].map(([revision, [first = "", ...others]]) => {
    const who =
      others.length === 0
        ? `${first}: may not move yet and has`
        : `${first} and ${others.length} more: may not move yet and have`;
    return (
      `${who} ${revision}, which the management cluster does not hold as it was published. ` +
      `This run cannot declare it; it matters no more once ${others.length === 0 ? "it moves" : "they move"}.`
    );
  });
}

/** Names of the clusters that have none of these revisions, by the one that they have. */
function membersWithout(
  members: readonly BaselineMember[],
  declared: readonly RevisionObjects[],
): ReadonlyMap<string, readonly string[]> {
  const known = new Set(declared.map(({ name }) => name));
  const found = new Map<string, string[]>();
  for (const { name, base } of members) {
    if (base === undefined || known.has(base.revision)) continue;
    found.set(base.revision, [...(found.get(base.revision) ?? []), name]);
  }
  return found;
}
