import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { parseConfig } from "../../../../fleet/config/parse";
import { engineValues } from "./engine-values";
import { referenceKeys } from "./reference-keys";

const [sample, eksSample] = ["every-key.yaml", "every-key-eks.yaml"].map(
  (file) => engineValues(readFileSync(join(__dirname, file), "utf8")).raw,
);

describe("the samples with every key", () => {
  it("are accepted", () => {
    assert.doesNotThrow(() => parseConfig(sample!));
    assert.doesNotThrow(() => parseConfig(eksSample!));
  });

  it("hold every key of cluster-fleet:upgrades", () => {
    const missing = referenceKeys("upgrades").filter(
      (key) => !stands(sample!["upgrades"], key.replaceAll("[]", ".<name>").split(".")),
    );
    assert.deepEqual(missing, []);
  });
});

/** Whether a key stands in a value, at any of its members where the key says `<name>`. */
function stands(value: unknown, [part, ...rest]: readonly string[]): boolean {
  if (part === undefined) return true;
  return Object.entries(value ?? {}).some(
    ([name, member]) => (part === "<name>" || part === name) && stands(member, rest),
  );
}
