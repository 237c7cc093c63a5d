import { readFileSync } from "node:fs";
import { basename } from "node:path";

import { isMap } from "../../fleet/config/path";
import { describeProblem } from "../../fleet/config/problems";
import { CliError } from "../errors";
import { type StackConfig, type StackContext } from "../stack-context";
import { type NetworkOverview } from "./overview";
import { replaceFile } from "./replace-file";
import { withSlots } from "./write-slots";

/** A slot that was written. */
export interface Assigned {
  readonly cluster: string;
  readonly slot: number;
  /** Name of the stack file. */
  readonly file: string;
}

/** Why a cluster cannot have a slot. */
const WITHOUT_SLOT = ["pool-missing", "pool-exhausted"];

/**
 * Writes a free slot for each cluster without one into the stack's file; all of them, or nothing.
 * @throws CliError where one cannot have any, or the file does not hold it.
 */
export function assignSlots(
  { files }: Pick<StackContext, "files">,
  { proposed, problems }: NetworkOverview,
): Assigned[] {
  const hopeless = problems.filter(({ rule }) => WITHOUT_SLOT.includes(rule));
  if (hopeless.length > 0) {
    throw new CliError(["No slot was written:", ...hopeless.map((each) => `  ${describeProblem(each)}`)].join("\n"));
  }
  if (proposed.size === 0) {
    return [];
  }
  const file = basename(files.stack);
  const before = read(files.stack);
  replaceFile(files.stack, before, withSlots(file, before, proposed));
  return [...proposed].map(([cluster, slot]) => ({ cluster, slot, file }));
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new CliError(
      `${file}: cannot be read (${(error as Error).message}). Nothing was written. Write the slots where the clusters stand.`,
    );
  }
}

/** The configuration as the engine will have it once the file is read again. */
export function withAssigned({ raw, ...rest }: StackConfig, assigned: readonly Assigned[]): StackConfig {
  const clusters = { ...(raw["clusters"] as Record<string, unknown>) };
  for (const { cluster, slot } of assigned) {
    const values = clusters[cluster];
    const own = isMap(values) ? values : {};
    clusters[cluster] = { ...own, network: { ...(isMap(own["network"]) ? own["network"] : {}), slot } };
  }
  return { ...rest, raw: { ...raw, clusters } };
}
