import * as crypto from "node:crypto";
import { parseAllDocuments } from "yaml";
import { isObject, type Json, type JsonObject } from "../../grpc/json";
import { apiVersionOf, idOf, kindOf } from "../objects";

/** What the inputs keep of a rendered chart: a checksum of its text, and what it makes, by version and kind. */
export function renderedInputs(manifest: string): { checksum: string; resourceNames: JsonObject } {
  const checksum = crypto.createHash("sha256").update(manifest).digest("hex");
  const names: Record<string, string[]> = {};
  for (const document of parseAllDocuments(manifest)) {
    const object = document.toJS() as Json;
    if (!isObject(object) || kindOf(object) === "") continue;
    (names[`${kindOf(object)}/${apiVersionOf(object)}`] ??= []).push(idOf(object));
  }
  return { checksum, resourceNames: names };
}
