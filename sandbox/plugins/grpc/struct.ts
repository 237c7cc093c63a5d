import { isObject, type Json, type JsonObject } from "./json";
import { Struct } from "./protobuf";

/** What the engine writes for a value that is not known yet (a preview). */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const UNKNOWNS = new Set([
  UNKNOWN,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** A struct as JSON; a missing struct is an empty object. Secrets and unknowns stay marked as on the wire. */
export function fromStruct(struct: Struct | undefined): JsonObject {
  return struct ? (struct.toJavaScript() as JsonObject) : {};
}

/** JSON as a struct. */
export function toStruct(value: JsonObject): Struct {
  return Struct.fromJavaScript(value as Parameters<typeof Struct.fromJavaScript>[0]);
}

/** Whether a value holds an unknown anywhere. */
export function hasUnknown(value: Json | undefined): boolean {
  if (typeof value === "string") return UNKNOWNS.has(value);
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isObject(value) && Object.values(value).some(hasUnknown);
}

/** Marks a value as a secret; one that is marked already stays as it is. */
export function secret(value: Json): Json {
  return isSecret(value) ? value : { [SIGNATURE]: SECRET, value };
}

/** Whether a value is marked as a secret. */
export function isSecret(value: Json | undefined): value is JsonObject & { value: Json } {
  return isObject(value) && value[SIGNATURE] === SECRET;
}

/** The value without the marks of secrets, at any depth. */
export function withoutSecrets(value: JsonObject): JsonObject;
export function withoutSecrets(value: Json): Json;
export function withoutSecrets(value: Json): Json {
  if (isSecret(value)) return withoutSecrets(value.value);
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutSecrets(item)]));
}

/** `value` with a secret mark wherever `marked` has one. A secret anywhere in a list makes the whole list a secret. */
export function markSecretsLike(value: JsonObject, marked: Json | undefined): JsonObject;
export function markSecretsLike(value: Json, marked: Json | undefined): Json;
export function markSecretsLike(value: Json, marked: Json | undefined): Json {
  if (isSecret(marked)) return secret(value);
  if (Array.isArray(marked)) return hasSecret(marked) ? secret(value) : value;
  if (isSecret(value) || !isObject(value) || !isObject(marked)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, markSecretsLike(item, marked[key])]));
}

/** The value with every secret replaced by `[secret]`: fit for a log. */
export function maskSecrets(value: Json): Json {
  if (isSecret(value)) return "[secret]";
  if (Array.isArray(value)) return value.map(maskSecrets);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, maskSecrets(item)]));
}

function hasSecret(value: Json): boolean {
  if (isSecret(value)) return true;
  if (Array.isArray(value)) return value.some(hasSecret);
  return isObject(value) && Object.values(value).some(hasSecret);
}
