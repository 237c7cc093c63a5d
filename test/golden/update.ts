import { writeFileSync } from "node:fs";

import { currentPlan, goldenFile, STACKS } from "./plans";

// `npm run golden`: makes what the sample stacks plan today the expectation. The difference is for a person to read.
for (const stack of STACKS) {
  writeFileSync(goldenFile(stack), currentPlan(stack));
  console.log(`written: ${goldenFile(stack)}`);
}
