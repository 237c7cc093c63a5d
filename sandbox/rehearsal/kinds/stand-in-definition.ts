import { type CustomResourceDefinition } from "../../tools/manifests";

/** Label, and annotation, of a definition that is ours and not its system's. */
const STAND_IN = "cluster-fleet.io/stand-in";

/** A namespaced kind. */
interface StandInKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
}

/** A definition that takes any spec and any status: it proves that an object is declared, not that it is right. */
export function standInDefinition({ group, version, kind, plural }: StandInKind): CustomResourceDefinition {
  const anything = { type: "object", "x-kubernetes-preserve-unknown-fields": true };
  const schema = { openAPIV3Schema: { type: "object", properties: { spec: anything, status: anything } } };
  const mark = { [STAND_IN]: "true" };
  const definition = {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${group}`, labels: mark, annotations: mark },
    spec: {
      group,
      scope: "Namespaced",
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: [{ name: version, served: true, storage: true, subresources: { status: {} }, schema }],
    },
  } as const;
  return definition;
}
