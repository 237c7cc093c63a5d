import { classObjectName } from "../class-names";
import { type JsonObject } from "../content-hash";
import { CLASS, FIELD_MANAGER, MANAGED_BY, MANAGER } from "../labels";

/** A Kubernetes object of a class revision, ready to be declared. */
export interface ClassObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  };
  readonly spec: JsonObject;
}

/**
 * One immutable revision of a cluster class: a ClusterClass and the templates it refers to, each named by the hash of
 * its content. Another content is another revision beside this one, never an edit: an edit would roll every cluster
 * of the class at once.
 */
export interface ClassRevision {
  /** What the stack file calls the class, e.g. `in-memory-kubeadm`. */
  readonly family: string;
  /** Name of the ClusterClass object, `<family>-<hash>`. */
  readonly name: string;
  readonly templates: ClassObject[];
  readonly clusterClass: ClassObject;
}

/** An object of `family`, named `<family>-<role>-<hash of its content>`, or `<family>-<hash>` without a role. */
export function classObject(
  family: string,
  role: string | undefined,
  apiVersion: string,
  kind: string,
  spec: ClassObject["spec"],
): ClassObject {
  const prefix = role === undefined ? family : `${family}-${role}`;
  return {
    apiVersion,
    kind,
    metadata: {
      name: classObjectName(prefix, { apiVersion, kind, spec }),
      labels: { [MANAGED_BY]: MANAGER, [CLASS]: family },
      annotations: { [FIELD_MANAGER]: MANAGER },
    },
    spec,
  };
}

/** How a ClusterClass refers to a template; the templates of a class live in its namespace. */
export function templateRef({ apiVersion, kind, metadata }: ClassObject): { templateRef: Record<string, string> } {
  return { templateRef: { apiVersion, kind, name: metadata.name } };
}
