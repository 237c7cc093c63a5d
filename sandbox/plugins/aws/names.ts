import * as crypto from "node:crypto";

import { type JsonObject } from "../grpc/json";
import { type CheckRequest } from "../grpc/provider";
import { type AwsType } from "./types";

/** Where the inputs say which of them the provider has set, as the official provider does. */
const DEFAULTS = "__defaults";

/**
 * Gives a thing without a name one: the old one if that was automatic, else the resource's name and 7 random hexadecimal
 * digits. The seed makes preview and update agree. A thing with a name prefix is left alone.
 * @throws Error if automatic naming is switched off
 */
export function withName({ autoName }: AwsType, request: CheckRequest): JsonObject {
  const { news, olds, autonaming } = request;
  if (autoName === undefined) return news;
  const { input, begin = "" } = autoName;
  if (news[input] !== undefined || news[`${input}Prefix`] !== undefined) return news;
  if (isAutomatic(olds, input)) return { ...news, [input]: olds[input] ?? "", [DEFAULTS]: [input] };
  if (autonaming?.mode === "DISABLE") {
    throw new Error(`automatic naming is disabled, and ${request.urn} has no ${input}`);
  }
  const name = autonaming?.proposedName || `${request.name}-${suffix(request.randomSeed)}`;
  return { ...news, [input]: begin + name, [DEFAULTS]: [input] };
}

/** The name that AWS makes of a prefix, where the program gives only that. */
export function prefixedName({ autoName }: AwsType, inputs: JsonObject, hash: string): JsonObject {
  const prefix = autoName === undefined ? undefined : inputs[`${autoName.input}Prefix`];
  return autoName === undefined || typeof prefix !== "string" || inputs[autoName.input] !== undefined
    ? {}
    : { [autoName.input]: `${prefix}${hash}` };
}

function isAutomatic(olds: JsonObject, input: string): boolean {
  const defaults = olds[DEFAULTS];
  return olds[input] !== undefined && Array.isArray(defaults) && defaults.includes(input);
}

function suffix(seed: string | undefined): string {
  if (!seed) return crypto.randomBytes(4).toString("hex").slice(0, 7);
  return crypto.createHash("sha512").update(Buffer.from(seed, "base64")).digest("hex").slice(0, 7);
}
