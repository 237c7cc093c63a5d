import * as path from "node:path";

import { format } from "prettier";

import { projectFileSchema, stackFileSchema } from "../fleet/config/json-schema";
import { configurationReference } from "../fleet/config/reference";

const REPOSITORY = path.resolve(__dirname, "..");

/** A file that is made from the configuration's schema. */
export interface GeneratedFile {
  readonly file: string;
  readonly text: string;
}

/** All files that are made from the configuration's schema, as they should be. */
export async function generatedFiles(): Promise<GeneratedFile[]> {
  const json = (schema: object) => format(JSON.stringify(schema), { parser: "json", printWidth: 120 });
  return [
    { file: path.join(REPOSITORY, "schema", "stack.schema.json"), text: await json(stackFileSchema()) },
    { file: path.join(REPOSITORY, "schema", "project.schema.json"), text: await json(projectFileSchema()) },
    {
      file: path.join(REPOSITORY, "docs", "configuration-reference.md"),
      text: await format(configurationReference(), { parser: "markdown", printWidth: 120, proseWrap: "preserve" }),
    },
  ];
}
