import { type RawConfig } from "./config";

/** The namespace of the stack's keys, as in `cluster-fleet:clusters`. */
export const NAMESPACE = "cluster-fleet";

/**
 * The stack's own keys out of the engine's configuration, in which maps and lists are JSON text. What is no JSON stays
 * text, for the schema to judge.
 * @param values All keys of the engine, e.g. `cluster-fleet:clusters` and `aws:region`.
 */
export function rawConfig(values: Readonly<Record<string, string>>): RawConfig {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => {
      const name = ownKey(key);
      return name === undefined ? [] : [[name, parsed(value)]];
    }),
  );
}

/** The name of a stack key without its namespace; `undefined` for the keys of others. */
export function ownKey(key: string): string | undefined {
  const prefix = `${NAMESPACE}:`;
  return key.startsWith(prefix) ? key.slice(prefix.length) : undefined;
}

/** Only maps and lists: a text that happens to be a number is meant as text. */
function parsed(value: string): unknown {
  if (!/^\s*[[{]/.test(value)) {
    return value;
  }
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
