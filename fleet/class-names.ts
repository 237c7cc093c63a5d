import { contentHash, type Json } from "./content-hash";

/** The part of a class object that its name is made from. */
export interface ClassObjectContent {
  readonly apiVersion: string;
  readonly kind: string;
  readonly spec: Json;
}

/** Hash of what a template or ClusterClass says: its API version, kind and spec; its metadata does not count. */
export function classObjectHash({ apiVersion, kind, spec }: ClassObjectContent): string {
  return contentHash({ apiVersion, kind, spec });
}

/** `<prefix>-<hash of the content>`: another content is another object, so no published revision ever changes. */
export function classObjectName(prefix: string, content: ClassObjectContent): string {
  return `${prefix}-${classObjectHash(content)}`;
}
