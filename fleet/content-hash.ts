import { createHash } from "node:crypto";

/** Anything that JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json | undefined };

/** Length of a content hash in characters: 40 bits, so two of 10,000 revisions collide with a chance of 1 in 20,000. */
export const CONTENT_HASH_LENGTH = 10;

/**
 * Hash of a value's content: equal for equal content, whatever the order of its keys; members that are `null` or
 * `undefined` do not count (the Kubernetes provider drops them before a policy sees the object). Lower-case hexadecimal, {@link CONTENT_HASH_LENGTH} characters.
 */
export function contentHash(value: Json): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex").slice(0, CONTENT_HASH_LENGTH);
}

/** JSON text with sorted keys and no white space. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) {
    return `[${value.map((item: Json) => canonicalJson(item)).join(",")}]`;
  }
  if (value !== null && typeof value === "object") {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined && member !== null)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member as Json)}`);
    return `{${members.join(",")}}`;
  }
  return JSON.stringify(value);
}
