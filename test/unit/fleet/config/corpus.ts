import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { parseConfig } from "../../../../fleet/config/parse";
import { locator } from "../../../../fleet/config/positions";
import { FleetConfigError } from "../../../../fleet/config/problems";
import { engineValues } from "./engine-values";

/** A broken stack file, in the folder of the rule that it breaks. */
export interface Case {
  readonly rule: string;
  readonly name: string;
  /** Path without its ending: `.yaml` is the stack file, `.project.yaml` the project file, `.txt` the message. */
  readonly stem: string;
}

export const CORPUS = join(__dirname, "corpus");

export function corpusCases(): Case[] {
  return readdirSync(CORPUS).flatMap((rule) =>
    readdirSync(join(CORPUS, rule))
      .filter((file) => /^[^.]+\.yaml$/.test(file))
      .map((file) => file.replace(/\.yaml$/, ""))
      .map((name) => ({ rule, name, stem: join(CORPUS, rule, name) })),
  );
}

/**
 * What the program says of a case. `<case>.config.yaml` stands for values that the files do not hold, as of --config:
 * the engine's values are made from it, the places are looked for in the stack file.
 */
export function errorOf({ name, stem }: Case): FleetConfigError {
  const read = (ending: string) => (existsSync(stem + ending) ? readFileSync(stem + ending, "utf8") : "");
  const [stack, project, elsewhere] = [read(".yaml"), read(".project.yaml"), read(".config.yaml")];
  const { raw, secretKeys } = engineValues(elsewhere || stack, project);
  const files = [
    { name: `${name}.yaml`, text: stack },
    { name: "Pulumi.yaml", text: project },
  ];
  try {
    parseConfig(raw, secretKeys);
  } catch (error) {
    if (error instanceof FleetConfigError) {
      return error.located(locator(raw, () => files));
    }
    throw error;
  }
  throw new Error(`${stem}.yaml is accepted. A case of the corpus has to be broken.`);
}
