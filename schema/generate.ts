import { writeFileSync } from "node:fs";

import { generatedFiles } from "./generated";

/** `npm run generate`: writes the files that are made from the configuration's schema. */
async function main(): Promise<void> {
  for (const { file, text } of await generatedFiles()) {
    writeFileSync(file, text);
    console.log(`written: ${file}`);
  }
}

void main();
