import { type Json, isObject, type JsonObject } from "../grpc/json";
import { ACCOUNT } from "./account";
import { type AwsType } from "./types";

/** A thing that is made: its id, and what AWS adds to its inputs. */
export interface Made {
  readonly id: string;
  readonly outputs: JsonObject;
}

export const PARTITION = "aws";

/** @param hash Seventeen hexadecimal digits of this thing's own. */
export function make(type: AwsType, inputs: JsonObject, region: string, hash: string): Made {
  const known = new Map<string, string>([
    ["hash", hash],
    ["uuid", hash.replace(/^(.{8})(.{4})(.{4}).*$/, "$1-$2-$3-8000-000000000000")],
    ["ip", `203.0.113.${parseInt(hash.slice(0, 2), 16)}`],
    ["account", ACCOUNT],
    ["region", region],
    ["partition", PARTITION],
  ]);
  const fill = (text: string) =>
    text.replace(/\$\{(\w+)(?:\|([^}]*))?\}/g, (_all, name: string, otherwise?: string) => {
      const value = known.get(name) ?? inputs[name];
      return typeof value === "string" ? value : (otherwise ?? "");
    });
  const id = fill(type.id);
  known.set("id", id);
  const arn = type.arn === undefined ? undefined : fill(type.arn);
  return {
    id,
    outputs: { ...(arn === undefined ? {} : { arn }), ...(filled(type.computed ?? {}, fill) as JsonObject) },
  };
}

/** Names of the outputs that are not inputs: in a preview nobody knows them yet. */
export function computedNames(type: AwsType): string[] {
  return [...(type.arn === undefined ? [] : ["arn"]), ...Object.keys(type.computed ?? {})];
}

function filled(value: Json, fill: (text: string) => string): Json {
  if (typeof value === "string") return fill(value);
  if (Array.isArray(value)) return value.map((item) => filled(item, fill));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item, fill)]));
}
