import { type Json, isObject, type JsonObject, objectAt } from "../grpc/json";
import { ACCOUNT } from "./account";
import { type AwsType } from "./types";

/** A thing that is made: its id, and what AWS adds to its inputs. */
export interface Made {
  readonly id: string;
  readonly outputs: JsonObject;
}

export const PARTITION = "aws";

/** Where a thing is made, and seventeen hexadecimal digits of its own. */
export interface Circumstances {
  readonly region: string;
  readonly hash: string;
  /** The VPC of the subnets that it names; empty if none. */
  readonly vpc: string;
}

export function make(type: AwsType, inputs: JsonObject, { region, hash, vpc }: Circumstances): Made {
  const known = new Map<string, string>([
    ["hash", hash],
    ["vpc", vpc],
    ["uuid", hash.replace(/^(.{8})(.{4})(.{4}).*$/, "$1-$2-$3-8000-000000000000")],
    ["ip", `203.0.113.${parseInt(hash.slice(0, 2), 16)}`],
    ...place(region),
  ]);
  const fill = (text: string) => filledText(text, inputs, known);
  const id = fill(type.id);
  known.set("id", id);
  const arn = type.arn === undefined ? undefined : fill(type.arn);
  return {
    id,
    outputs: {
      ...(arn === undefined ? {} : { arn }),
      ...filled(type.computed ?? {}, fill),
      ...within(type, inputs, filled({ ...type.within?.outputs }, fill)),
    },
  };
}

/** What tells a thing from the others of its type, where AWS takes only one of each; and AWS' words for a second one. */
export function uniqueness(
  type: AwsType,
  inputs: JsonObject,
  region: string,
): { key: string; refusal: string } | undefined {
  if (type.unique === undefined) return undefined;
  const known = new Map(place(region));
  known.set("id", filledText(type.id, inputs, known));
  return {
    key: filledText(type.unique.by, inputs, known),
    refusal: filledText(type.unique.refusal, inputs, known),
  };
}

/** Names of the outputs that are not inputs: in a preview nobody knows them yet. */
export function computedNames(type: AwsType): string[] {
  return [...(type.arn === undefined ? [] : ["arn"]), ...Object.keys(type.computed ?? {})];
}

/** An input with the outputs that are inside of it, as far as they are known: `found` may hold others too. */
export function within(type: AwsType, inputs: JsonObject, found: JsonObject): JsonObject {
  if (type.within === undefined) return {};
  const { input, outputs } = type.within;
  const own = Object.fromEntries(Object.keys(outputs).map((name) => [name, found[name] ?? ""]));
  return { [input]: { ...objectAt(inputs, input), ...own } };
}

function place(region: string): [string, string][] {
  return [
    ["account", ACCOUNT],
    ["region", region],
    ["partition", PARTITION],
  ];
}

function filledText(text: string, inputs: JsonObject, known: ReadonlyMap<string, string>): string {
  return text.replace(/\$\{(\w+)(?:\|([^}]*))?\}/g, (_all, name: string, otherwise?: string) => {
    const value = known.get(name) ?? inputs[name];
    return typeof value === "string" ? value : (otherwise ?? "");
  });
}

function filled(value: JsonObject, fill: (text: string) => string): JsonObject;
function filled(value: Json, fill: (text: string) => string): Json;
function filled(value: Json, fill: (text: string) => string): Json {
  if (typeof value === "string") return fill(value);
  if (Array.isArray(value)) return value.map((item) => filled(item, fill));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item, fill)]));
}
