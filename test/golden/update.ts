import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import { currentPlan, goldenFile, STACKS } from "./plans";
import { type PlatformName, PLATFORMS, resourcesFile } from "./resources";

// `npm run golden`: makes what the sample stacks plan and declare today the expectation. The difference is for a person
// to read.
function write(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(`written: ${file}`);
}

for (const stack of STACKS) write(goldenFile(stack), currentPlan(stack));
for (const platform of Object.keys(PLATFORMS) as PlatformName[]) {
  const command = ["sandbox/with-typescript.cjs", "test/golden/print-resources.ts", platform];
  const options = { cwd: path.resolve(__dirname, "../.."), encoding: "utf8" } as const;
  write(resourcesFile(platform), execFileSync(process.execPath, command, options));
}
