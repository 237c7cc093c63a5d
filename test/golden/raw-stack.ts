import { readFileSync } from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";

import { type RawConfig } from "../../fleet/config/config";
import { ownKey } from "../../fleet/config/raw";

const REPOSITORY = path.resolve(__dirname, "../..");

/** The configuration of a stack of this repository as the engine would give it. */
export function rawStack(stack: string): RawConfig {
  return rawStackFile(`Pulumi.${stack}.yaml`);
}

/** The same of any stack file. @param file Relative to the repository. */
export function rawStackFile(file: string): RawConfig {
  const project = read("Pulumi.yaml").config as Record<string, { value: unknown }>;
  const values = Object.entries(project).map(([key, { value }]) => [key, value] as const);
  const all = [...values, ...Object.entries(read(file).config)];
  return Object.fromEntries(
    all.flatMap(([key, value]) => {
      const name = ownKey(key);
      return name === undefined ? [] : [[name, value]];
    }),
  );
}

function read(file: string): { config: Record<string, unknown> } {
  return parse(readFileSync(path.join(REPOSITORY, file), "utf8")) as { config: Record<string, unknown> };
}
