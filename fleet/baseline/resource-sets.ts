import { CONTENT_HASH_LENGTH } from "../content-hash";
import { FIELD_MANAGER, MANAGED_BY, MANAGER } from "../labels";
import { type BaseObject } from "./base-objects";
import { type BaseRevision } from "./base-revision";
import { BASE } from "./labels";

/** How a revision stands on the management cluster: a cluster resource set for each part, and what each applies. */
export interface RevisionObjects {
  /** `base-<hash>` */
  readonly name: string;
  readonly configMaps: ManagementObject[];
  readonly resourceSets: ManagementObject[];
}

export interface ManagementObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  };
  readonly [part: string]: unknown;
}

/** Key of the one entry of a revision's `ConfigMap`. */
export const OBJECTS_KEY = "objects.json";

/** Name of the part of a revision that makes namespaces. */
export function namespacesPart(revision: string): string {
  return `${revision}-namespaces`;
}

/** Names of the parts of a revision: of its resource sets, and of their `ConfigMap`s. */
export function partsOf(revision: string): string[] {
  return [revision, namespacesPart(revision)];
}

const PART = new RegExp(`^(base-[0-9a-f]{${CONTENT_HASH_LENGTH}})(-namespaces)?$`);

/** The revision that a resource set or `ConfigMap` of this name is a part of; undefined where it is none. */
export function revisionOfPart(name: string): string | undefined {
  return PART.exec(name)?.[1];
}

/**
 * A revision's objects on the management cluster. Cluster API applies them to every cluster whose label names the
 * revision, and again when its record of a cluster says that they are not applied.
 *
 * Source: Cluster API 1.13.4, `internal/controllers/clusterresourceset`.
 */
export function revisionObjects({ name, namespaces, objects }: BaseRevision): RevisionObjects {
  return objectsWithTexts(name, { namespaces: textOf(namespaces), objects: textOf(objects) });
}

/** What the two `ConfigMap`s of a revision hold, letter by letter: an immutable one takes no other text. */
export interface RevisionTexts {
  readonly namespaces: string;
  readonly objects: string;
}

/** {@link revisionObjects} of a revision of which the texts are known. */
export function objectsWithTexts(name: string, { namespaces, objects }: RevisionTexts): RevisionObjects {
  const parts = [
    { part: namespacesPart(name), text: namespaces, strategy: "ApplyOnce" },
    { part: name, text: objects, strategy: "Reconcile" },
  ];
  return {
    name,
    configMaps: parts.map(({ part, text }) => configMap(part, name, text)),
    resourceSets: parts.map(({ part, strategy }) => resourceSet(part, name, strategy)),
  };
}

function textOf(contents: readonly BaseObject[]): string {
  return `${JSON.stringify(contents, undefined, 2)}\n`;
}

function configMap(part: string, revision: string, text: string): ManagementObject {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: metadata(part, revision),
    immutable: true,
    data: { [OBJECTS_KEY]: text },
  };
}

function resourceSet(part: string, revision: string, strategy: string): ManagementObject {
  return {
    apiVersion: "addons.cluster.x-k8s.io/v1beta2",
    kind: "ClusterResourceSet",
    metadata: metadata(part, revision),
    spec: {
      clusterSelector: { matchLabels: { [BASE]: revision } },
      resources: [{ kind: "ConfigMap", name: part }],
      strategy,
    },
  };
}

function metadata(name: string, revision: string) {
  return { name, labels: { [MANAGED_BY]: MANAGER, [BASE]: revision }, annotations: { [FIELD_MANAGER]: MANAGER } };
}
