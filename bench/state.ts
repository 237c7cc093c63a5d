/** How much of a stack's state each part takes. */
export interface StateSize {
  /** `pulumi stack export`, as it is written; a backend's state file is indented in the same way. */
  readonly bytes: number;
  /** The same without the indentation. */
  readonly compactBytes: number;
  /** Bytes by `<kind of resource>.<field>`, e.g. `Cluster.outputs`. */
  readonly parts: ReadonlyMap<string, number>;
}

/** @param exported What `pulumi stack export` writes. */
export function stateSize(exported: string): StateSize {
  const state = JSON.parse(exported) as { deployment: { resources?: Record<string, unknown>[] } };
  const parts = new Map<string, number>();
  for (const resource of state.deployment.resources ?? []) {
    for (const [field, value] of Object.entries(resource)) {
      const part = `${kindOf(String(resource["type"]))}.${field}`;
      parts.set(part, (parts.get(part) ?? 0) + writtenBytes(field, value));
    }
  }
  return { bytes: Buffer.byteLength(exported), compactBytes: Buffer.byteLength(JSON.stringify(state)), parts };
}

/** What ours takes more than bare, the biggest first; parts that take less come last. */
export function biggestDifferences(ours: StateSize, bare: StateSize): [part: string, bytes: number][] {
  const all = new Set([...ours.parts.keys(), ...bare.parts.keys()]);
  return [...all]
    .map((part): [string, number] => [part, (ours.parts.get(part) ?? 0) - (bare.parts.get(part) ?? 0)])
    .sort(([, a], [, b]) => b - a);
}

/** `kubernetes:cluster.x-k8s.io/v1beta2:Cluster` is a `Cluster`. */
function kindOf(type: string): string {
  return type.slice(type.lastIndexOf(":") + 1);
}

const INDENT = 4;
/** Within document, deployment, resources and resource. */
const DEPTH = 4;

/** The export is indented by four spaces a level. */
function writtenBytes(field: string, value: unknown): number {
  const text = `${JSON.stringify(field)}: ${JSON.stringify(value, undefined, INDENT)},`;
  const lines = text.split("\n").length;
  return Buffer.byteLength(text) + lines * INDENT * DEPTH + "\n".length;
}
