import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import * as fc from "fast-check";

import { type RawConfig } from "../../../../fleet/config/config";
import { parseConfig } from "../../../../fleet/config/parse";
import { type Path, valueAt } from "../../../../fleet/config/path";
import { FleetConfigError } from "../../../../fleet/config/problems";
import { RULE_IDS } from "../../../../fleet/config/rules";
import { engineValues } from "./engine-values";

const ROOT = join(__dirname, "../../../..");
const project = readFileSync(join(ROOT, "Pulumi.yaml"), "utf8");
const sampleStacks = ["production", "staging", "sandbox-production", "sandbox-staging"].map(
  (stack) => engineValues(readFileSync(join(ROOT, `Pulumi.${stack}.yaml`), "utf8"), project).raw,
);
const [everyKey, everyEksKey] = ["every-key.yaml", "every-key-eks.yaml"].map(
  (file) => engineValues(readFileSync(join(__dirname, file), "utf8")).raw,
) as [RawConfig, RawConfig];
const GOOD: readonly RawConfig[] = [...sampleStacks, everyKey, everyKey, everyEksKey, everyEksKey];

const TEXTS = [
  "",
  " ",
  "x",
  "v1.30.1",
  "2026-02-30",
  "İ\u0000\u202e💥",
  "__proto__",
  "a".repeat(100_000),
  "../..",
  "true",
];
const HOSTILE = [null, true, -1, 0.5, 1e300, 7, [], ["x", "x"], {}, { a: { b: { c: [[{}]] } } }, ...TEXTS];
const KEYS = ["__proto__", "constructor", "toString", "hasOwnProperty", "unknownKey", "ключ", "", "0"];

type Mutation =
  { readonly drop: true } | { readonly add: string } | { readonly replace: unknown } | { readonly repeat: true };
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.constant({ drop: true } as const),
  fc.constant({ repeat: true } as const),
  fc.constantFrom(...KEYS).map((add) => ({ add })),
  fc.oneof(fc.constantFrom<unknown>(...HOSTILE), fc.jsonValue()).map((replace) => ({ replace })),
);

/** Mutates good configurations: whatever comes, it is refused in good words, or it counts. */
export function checkMutations(runs: number): void {
  fc.assert(
    fc.property(fc.constantFrom(...GOOD), fc.nat(), mutation, (good, place, change) => {
      const paths = allPaths(good);
      const path = paths[place % paths.length]!;
      const mutated = structuredClone(good);
      const mustBeRefused = apply(mutated, path, change);
      const refused = refusalOf(mutated);
      refused?.problems.forEach(assertGoodWords);
      if (refused === undefined) {
        assert.ok(!mustBeRefused, `accepted ${JSON.stringify(change)} at ${path.join(".")}`);
        assert.ok(counts(good, mutated, path, change), `${JSON.stringify(change)} at ${path.join(".")} has no effect`);
      }
    }),
    { numRuns: runs },
  );
}

function allPaths(value: unknown, path: Path = []): Path[] {
  const inner =
    typeof value !== "object" || value === null
      ? []
      : Object.entries(value).flatMap(([key, member]) =>
          allPaths(member, [...path, Array.isArray(value) ? Number(key) : key]),
        );
  return path.length === 0 ? inner : [path, ...inner];
}

/** @returns Whether nothing but a refusal is right. */
function apply(root: RawConfig, path: Path, change: Mutation): boolean {
  const key = path.at(-1)!;
  const parent = valueAt(root, path.slice(0, -1)) as Record<string | number, unknown>;
  const before = parent[key];
  if ("drop" in change) {
    Reflect.deleteProperty(parent, key);
    return false;
  }
  if ("repeat" in change) {
    if (Array.isArray(before)) {
      before.push(before[0]);
    }
    return false;
  }
  if ("add" in change) {
    // No key of any map may hold a list of lists, but for what is a chart's own.
    const isMap = typeOf(before) === "map";
    if (isMap) {
      Object.defineProperty(before, change.add, { value: [[]], enumerable: true, configurable: true, writable: true });
    }
    return isMap && !isChartsOwn(path);
  }
  parent[key] = change.replace;
  return typeOf(before) !== typeOf(change.replace) && !isChartsOwn(path.slice(0, -1));
}

/** Values of charts are judged by the chart alone. */
function isChartsOwn(path: Path): boolean {
  return path[0] === "addOns" && path[2] === "values";
}

function typeOf(value: unknown): string {
  return value === null ? "null" : Array.isArray(value) ? "list" : typeof value === "object" ? "map" : typeof value;
}

function refusalOf(raw: RawConfig): FleetConfigError | undefined {
  try {
    parseConfig(raw);
    return undefined;
  } catch (error) {
    if (error instanceof FleetConfigError) {
      return error;
    }
    throw error;
  }
}

function assertGoodWords({ rule, path, what, remedy }: FleetConfigError["problems"][number]): void {
  assert.ok(RULE_IDS.includes(rule), rule);
  assert.ok(path.length > 0 && what !== "" && remedy !== "", JSON.stringify({ rule, path, what, remedy }));
  assert.doesNotMatch(`${what}${remedy}`, /undefined|\[object|: $/);
}

/** An accepted text, number or truth value shows in the result, unless a stronger level speaks or nothing changed. */
function counts(good: RawConfig, mutated: RawConfig, path: Path, change: Mutation): boolean {
  const scalar = "replace" in change && typeof change.replace !== "object";
  const overridden = path[0] === "base" || path[0] === "overlay";
  const same = JSON.stringify(valueAt(good, path)) === JSON.stringify(valueAt(mutated, path));
  return !scalar || overridden || same || JSON.stringify(parseConfig(good)) !== JSON.stringify(parseConfig(mutated));
}
