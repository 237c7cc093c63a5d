import { parse, type ScalarTag, type Tags } from "yaml";

import { type RawConfig } from "../../../../fleet/config/config";
import { NAMESPACE, rawConfig } from "../../../../fleet/config/raw";

/** What a program is given of a stack: its own keys, and which of them the engine holds as secrets. */
export interface EngineValues {
  readonly raw: RawConfig;
  readonly secretKeys: readonly string[];
}

/** A project file as far as it matters here, then a stack file: the values that Pulumi's engine makes of them. */
export function engineValues(stack: string, project = ""): EngineValues {
  const merged = { ...projectValues(configOf(project)), ...configOf(stack) };
  const values = Object.entries(merged).map(([key, value]) => [key, handedOver(value)] as const);
  return {
    raw: rawConfig(Object.fromEntries(values)),
    secretKeys: Object.keys(merged)
      .filter((key) => holdsSecret(merged[key]))
      .map((key) => key.replace(`${NAMESPACE}:`, "")),
  };
}

/** A day; a time after a space has no zone, after a T it has one. */
const GO_TIMESTAMP = /^(\d{4}-\d\d-\d\d)(?: (\d\d:\d\d:\d\d)|T(\d\d:\d\d:\d\d)(?:Z|([+-]\d\d:\d\d)))?$/;

/** What is no day of the calendar stays text. */
function asGoPrints(text: string): string {
  const [, day = "", local, zoned, offset] = GO_TIMESTAMP.exec(text) ?? [];
  const time = local ?? zoned ?? "00:00:00";
  const zone = offset?.replace(":", "");
  const moment = new Date(`${day}T${time}Z`);
  const exists = !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(`${day}T${time}`);
  return exists ? `${day} ${time} ${zone === undefined ? "+0000 UTC" : `${zone} ${zone}`}` : text;
}

/** Plain scalars that Go's YAML takes otherwise than this parser: dates, and octal numbers with a leading zero. */
const AS_GO_READS: ScalarTag[] = [
  {
    tag: "tag:yaml.org,2002:timestamp",
    default: true,
    test: GO_TIMESTAMP,
    resolve: asGoPrints,
  },
  { tag: "tag:yaml.org,2002:int", default: true, test: /^0[0-7]+$/, resolve: (text) => parseInt(text, 8) },
];

function configOf(text: string): Record<string, unknown> {
  const customTags = (tags: Tags) => [...AS_GO_READS, ...tags];
  return (parse(text, { schema: "core", customTags }) as { config?: Record<string, unknown> } | null)?.config ?? {};
}

/** In the project file a value stands under `value` or `default`. */
function projectValues(config: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(config).map(([key, entry]) => {
      const { value, default: byDefault } = (entry ?? {}) as { value?: unknown; default?: unknown };
      return [key, value ?? byDefault ?? entry];
    }),
  );
}

/** Maps and lists as JSON, everything else at the top as text. */
function handedOver(value: unknown): string {
  return typeof value === "object" && value !== null ? JSON.stringify(nested(value)) : String(value ?? "");
}

function nested(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(nested);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const members = value as Record<string, unknown>;
  return typeof members["secure"] === "string"
    ? "[secret]"
    : Object.fromEntries(Object.entries(members).map(([key, inner]) => [key, nested(inner)]));
}

function holdsSecret(value: unknown): boolean {
  return typeof value === "object" && value !== null && ("secure" in value || Object.values(value).some(holdsSecret));
}
