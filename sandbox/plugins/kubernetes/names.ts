import * as crypto from "node:crypto";
import { type JsonObject, objectAt, stringAt } from "../grpc/json";
import { type CheckRequest } from "../grpc/provider";
import { ANNOTATIONS, annotation, metadataOf, nameOf } from "./objects";

/**
 * Gives an object without a name one: the old one if that was automatic, else the resource's name and 8 random
 * hexadecimal digits. The seed makes preview and update agree. An object with `generateName` is left alone.
 */
export function withName(news: JsonObject, olds: JsonObject, request: CheckRequest): JsonObject {
  if (nameOf(news) || stringAt(news, "metadata", "generateName")) return news;
  if (annotation(olds, ANNOTATIONS.autonamed) === "true") return named(news, nameOf(olds));
  const { autonaming } = request;
  if (autonaming?.mode === "DISABLE") {
    throw new Error(`automatic naming is disabled, and ${request.urn} has no metadata.name`);
  }
  if (autonaming?.proposedName) return named(news, autonaming.proposedName);
  return named(news, `${request.name}-${suffix(request.randomSeed)}`);
}

/** A field manager name of the official provider's form, for an object whose program names none. */
export function randomFieldManager(): string {
  return `pulumi-kubernetes-${crypto.randomBytes(4).toString("hex")}`;
}

function named(object: JsonObject, name: string): JsonObject {
  const annotations = { ...objectAt(object, "metadata", "annotations"), [ANNOTATIONS.autonamed]: "true" };
  return { ...object, metadata: { ...metadataOf(object), annotations, name } };
}

function suffix(seed: string | undefined): string {
  if (!seed) return crypto.randomBytes(4).toString("hex");
  return crypto.createHash("sha512").update(Buffer.from(seed, "base64")).digest("hex").slice(0, 8);
}
