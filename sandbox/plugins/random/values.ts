import * as crypto from "node:crypto";
import { type Json, type JsonObject } from "../grpc/json";

/** What a kind of random value is made of. */
export interface Kind {
  /** Inputs that must be there. */
  required: string[];
  /** Inputs that may be there. */
  optional: string[];
  /** Outputs that are not inputs. */
  computed: string[];
  /** Outputs that are secrets. */
  secrets: string[];
  /** Makes a value: the id and the outputs. The inputs have been checked. */
  make(inputs: JsonObject): { id: string; outputs: JsonObject };
}

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const UPPER = LOWER.toUpperCase();
const NUMERIC = "0123456789";
const SPECIAL = "!@#$%&*()-_=+[]{}<>:?";

const ADJECTIVES =
  "able brave calm deft eager fair glad keen kind lucid merry neat proud quick sharp sunny tidy warm".split(" ");
const ADVERBS = "ably boldly calmly duly easily fairly gladly keenly lightly nicely openly partly quietly surely".split(
  " ",
);
const ANIMALS =
  "adder bison crane dingo eagle ferret gecko heron ibex jackal koala lynx marmot newt otter puffin raven".split(" ");

const TEXT_OPTIONS = [
  "keepers",
  "lower",
  "minLower",
  "minNumeric",
  "minSpecial",
  "minUpper",
  "number",
  "numeric",
  "overrideSpecial",
  "special",
  "upper",
];

/** The kinds of the official provider that the stand-in has, by type token. */
export const KINDS: Record<string, Kind> = {
  "random:index/randomPassword:RandomPassword": {
    ...kind(["length"], TEXT_OPTIONS, ["result"], ["result"]),
    make: (inputs) => ({ id: "none", outputs: { ...textDefaults(inputs), result: randomText(inputs) } }),
  },
  "random:index/randomString:RandomString": {
    ...kind(["length"], TEXT_OPTIONS, ["result"]),
    make: (inputs) => asResult({ ...textDefaults(inputs), result: randomText(inputs) }),
  },
  "random:index/randomId:RandomId": {
    ...kind(["byteLength"], ["keepers", "prefix"], ["b64Std", "b64Url", "dec", "hex"]),
    make: randomId,
  },
  "random:index/randomPet:RandomPet": {
    ...kind([], ["keepers", "length", "prefix", "separator"], ["result"]),
    make: (inputs) => asResult({ length: 2, separator: "-", ...inputs, result: randomPet(inputs) }),
  },
  "random:index/randomInteger:RandomInteger": {
    ...kind(["max", "min"], ["keepers"], ["result"]),
    make: (inputs) =>
      asResult({ ...inputs, result: crypto.randomInt(numberOf(inputs["min"]), numberOf(inputs["max"]) + 1) }),
  },
  "random:index/randomUuid:RandomUuid": {
    ...kind([], ["keepers"], ["result"]),
    make: (inputs) => asResult({ ...inputs, result: crypto.randomUUID() }),
  },
};

/** Why the inputs of a text or number can give no value; `undefined` if they can. */
export function impossible(inputs: JsonObject): string | undefined {
  const { min, max } = inputs;
  if (typeof min === "number" && typeof max === "number" && min > max) {
    return `min (${String(min)}) must not be greater than max (${String(max)})`;
  }
  if (typeof inputs["length"] !== "number" || inputs["separator"] !== undefined) return undefined;
  const sets = characterSets(inputs);
  const needed = sets.reduce((sum, set) => sum + set.minimum, 0);
  if (needed > inputs["length"]) {
    return `length (${String(inputs["length"])}) must be at least the sum of the minimums (${String(needed)})`;
  }
  return sets.some((set) => set.characters)
    ? undefined
    : "at least one of lower, upper, numeric and special must be on";
}

function kind(required: string[], optional: string[], computed: string[], secrets: string[] = []): Omit<Kind, "make"> {
  return { required, optional, computed, secrets };
}

function asResult(outputs: JsonObject): { id: string; outputs: JsonObject } {
  return { id: String(outputs["result"] as Json), outputs };
}

function characterSets(inputs: JsonObject): { characters: string; minimum: number }[] {
  const numeric = inputs["numeric"] ?? inputs["number"];
  const special =
    typeof inputs["overrideSpecial"] === "string" && inputs["overrideSpecial"] ? inputs["overrideSpecial"] : SPECIAL;
  return [
    { characters: inputs["lower"] === false ? "" : LOWER, minimum: numberOf(inputs["minLower"]) },
    { characters: inputs["upper"] === false ? "" : UPPER, minimum: numberOf(inputs["minUpper"]) },
    { characters: numeric === false ? "" : NUMERIC, minimum: numberOf(inputs["minNumeric"]) },
    { characters: inputs["special"] === false ? "" : special, minimum: numberOf(inputs["minSpecial"]) },
  ];
}

function textDefaults(inputs: JsonObject): JsonObject {
  const numeric = inputs["numeric"] ?? inputs["number"] ?? true;
  const flags = { lower: true, upper: true, special: true, number: numeric, numeric };
  return { ...flags, minLower: 0, minNumeric: 0, minSpecial: 0, minUpper: 0, ...inputs };
}

function randomText(inputs: JsonObject): string {
  const sets = characterSets(inputs);
  const all = sets.map((set) => set.characters).join("");
  const needed = sets.flatMap((set) => Array.from({ length: set.minimum }, () => pick(set.characters || all)));
  const free = Array.from({ length: numberOf(inputs["length"]) - needed.length }, () => pick(all));
  return shuffled([...needed, ...free]).join("");
}

function randomId(inputs: JsonObject): { id: string; outputs: JsonObject } {
  const bytes = crypto.randomBytes(numberOf(inputs["byteLength"]));
  const prefix = typeof inputs["prefix"] === "string" ? inputs["prefix"] : "";
  const hex = bytes.toString("hex");
  const outputs = {
    ...inputs,
    b64Std: prefix + bytes.toString("base64"),
    b64Url: prefix + bytes.toString("base64url"),
    dec: prefix + BigInt(`0x${hex || "0"}`).toString(),
    hex: prefix + hex,
  };
  return { id: bytes.toString("base64url"), outputs };
}

function randomPet(inputs: JsonObject): string {
  const length = inputs["length"] === undefined ? 2 : numberOf(inputs["length"]);
  const separator = typeof inputs["separator"] === "string" ? inputs["separator"] : "-";
  const words = Array.from({ length }, (_, index) => {
    const fromEnd = length - index;
    return pick(fromEnd === 1 ? ANIMALS : fromEnd === 2 ? ADJECTIVES : ADVERBS);
  });
  return [...(typeof inputs["prefix"] === "string" ? [inputs["prefix"]] : []), ...words].join(separator);
}

function shuffled(items: string[]): string[] {
  const keyed = items.map((item) => ({ item, key: crypto.randomInt(2 ** 47) }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}

function pick(choices: string | string[]): string {
  return choices[crypto.randomInt(choices.length)] ?? "";
}

function numberOf(value: Json | undefined): number {
  return typeof value === "number" ? value : 0;
}
