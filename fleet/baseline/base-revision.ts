import { contentHash, type Json } from "../content-hash";
import { type BaseObject, baseNamespaces, baseObjects } from "./base-objects";
import { BASE } from "./labels";
import { type BaseSettings } from "./settings";

/**
 * One immutable revision of the base configuration, named by the hash of its content. A changed setting is another
 * revision beside the old one; a cluster moves by its label, so that a rollout can move cluster by cluster.
 */
export interface BaseRevision {
  /** `base-<hash>` */
  readonly name: string;
  /** Made where they are missing, never changed. */
  readonly namespaces: readonly BaseObject[];
  /** Kept as they are here. Each carries the revision's name as a label, and the settings say it too. */
  readonly objects: readonly BaseObject[];
}

/** The revision that has these settings. */
export function baseRevision(settings: BaseSettings): BaseRevision {
  return revisionOf(baseNamespaces(settings), baseObjects(settings));
}

/** The revision that consists of these objects. What they say of a revision that they are of does not count. */
export function revisionOf(namespaces: readonly BaseObject[], objects: readonly BaseObject[]): BaseRevision {
  const unnamed = objects.map(ofNoRevision);
  const name = `base-${contentHash({ namespaces, objects: unnamed } as unknown as Json)}`;
  return { name, namespaces, objects: unnamed.map((object) => ofRevision(object, name)) };
}

/** As before {@link ofRevision}. */
function ofNoRevision(object: BaseObject): BaseObject {
  const { metadata, ...rest } = object;
  const { [BASE]: _name, ...labels } = metadata.labels;
  const { revision: _revision, ...data } = (object["data"] ?? {}) as Readonly<Record<string, unknown>>;
  const says = object.kind === "ConfigMap" ? { data } : {};
  return { ...rest, apiVersion: object.apiVersion, kind: object.kind, metadata: { ...metadata, labels }, ...says };
}

function ofRevision(object: BaseObject, name: string): BaseObject {
  const { metadata, ...rest } = object;
  const { labels } = metadata;
  const about = { ...metadata, labels: { ...labels, [BASE]: name } };
  const says = object.kind === "ConfigMap" ? { data: { ...(object["data"] as object), revision: name } } : {};
  return { ...rest, apiVersion: object.apiVersion, kind: object.kind, metadata: about, ...says };
}
