import { isMap } from "../config/path";
import { canonicalJson, type Json } from "../content-hash";

/**
 * The fields in which what lives differs from what applying the declaration again would leave there, as paths such as
 * `spec.ingress`, sorted; a field that differs as a whole is named as a whole.
 *
 * Of the metadata only the labels and annotations that are declared count: others write their own there.
 * @param wanted As the API server would make it, its defaults filled in.
 */
export function differences(declared: object, wanted: object, live: object): string[] {
  return [...metadataDifferences(declared, live), ...bodyDifferences(bodyOf(wanted), bodyOf(live), [])].sort();
}

function metadataDifferences(declared: object, live: object): string[] {
  return ["labels", "annotations"].flatMap((part) => {
    const ours = entriesOf(declared, part);
    const theirs = new Map(entriesOf(live, part));
    return ours
      .filter(([key, value]) => theirs.get(key) !== value)
      .map(([key]) => `metadata.${part}[${JSON.stringify(key)}]`);
  });
}

function entriesOf(object: object, part: string): [string, unknown][] {
  const metadata = memberOf(object, "metadata");
  const found = isMap(metadata) ? metadata[part] : undefined;
  return isMap(found) ? Object.entries(found) : [];
}

/** An object without what says whose and which it is, and without what controllers say of it. */
function bodyOf(object: object): Record<string, unknown> {
  const {
    apiVersion: _version,
    kind: _kind,
    metadata: _metadata,
    status: _status,
    ...body
  } = object as Record<string, unknown>;
  return body;
}

/** Maps are looked into to the second level, `spec.ingress`: deeper paths tell a reader no more. */
function bodyDifferences(wanted: Record<string, unknown>, live: Record<string, unknown>, path: string[]): string[] {
  const keys = [...new Set([...Object.keys(wanted), ...Object.keys(live)])];
  return keys.flatMap((key) => {
    const [one, other] = [wanted[key], live[key]];
    const at = [...path, key];
    if (isMap(one) && isMap(other) && at.length < 2) return bodyDifferences(one, other, at);
    return isSame(one, other) ? [] : [at.join(".")];
  });
}

/** A field that is empty and one that is absent are the same; within a field, `{}` and nothing are not. */
function isSame(one: unknown, other: unknown): boolean {
  return (
    (isEmpty(one) && isEmpty(other)) || canonicalJson((one ?? null) as Json) === canonicalJson((other ?? null) as Json)
  );
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === "object" && Object.keys(value).length === 0);
}

function memberOf(object: object, key: string): unknown {
  return (object as Readonly<Record<string, unknown>>)[key];
}
