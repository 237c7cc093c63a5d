import { writeFileSync } from "node:fs";

import { corpusCases, errorOf } from "./corpus";

// `node sandbox/with-typescript.cjs test/unit/fleet/config/update-corpus.ts`: makes today's messages the expectation.
// The difference is for a person to read.
for (const each of corpusCases()) {
  writeFileSync(`${each.stem}.txt`, `${errorOf(each).message}\n`);
}
