import { configurationReference } from "../../../../fleet/config/reference";

/** The keys that the reference lists of a section, such as `stages[].gates[].name` of `upgrades`. */
export function referenceKeys(section: string): string[] {
  const [, after = ""] = configurationReference().split(`## cluster-fleet:${section}\n`);
  const [rows = ""] = after.split("\n## ");
  const keys = [...rows.matchAll(/^\| `([^`]+)`/gm)].map(([, key = ""]) => key);
  if (keys.length === 0) throw new Error(`The reference has no section of cluster-fleet:${section} any more.`);
  return keys;
}
