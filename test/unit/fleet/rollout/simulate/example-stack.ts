import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

import { type RawConfig } from "../../../../../fleet/config/config";
import { ownKey } from "../../../../../fleet/config/raw";

const REPOSITORY = join(__dirname, "../../../../..");

/** The configuration of examples/simulate, with the base of Pulumi.yaml. */
export function exampleStack(): RawConfig {
  const project = configOf("Pulumi.yaml");
  const base = project["cluster-fleet:base"] as { readonly value: unknown };
  return { base: base.value, ...ownKeys(configOf("examples/simulate/Pulumi.example.yaml")) };
}

function configOf(file: string): Record<string, unknown> {
  return (parse(readFileSync(join(REPOSITORY, file), "utf8")) as { config: Record<string, unknown> }).config;
}

function ownKeys(values: Record<string, unknown>): RawConfig {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => {
      const name = ownKey(key);
      return name === undefined ? [] : [[name, value]];
    }),
  );
}
