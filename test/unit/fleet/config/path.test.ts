import assert from "node:assert/strict";
import fc from "fast-check";

import { formatPath, isWithin, parsePath, valueAt } from "../../../../fleet/config/path";

describe("paths", () => {
  it("are written as users write them", () => {
    assert.equal(formatPath(["clusters", "a-b", "version"]), "clusters.a-b.version");
    assert.equal(formatPath(["upgrades", "stages", 0, "name"]), "upgrades.stages[0].name");
    assert.equal(formatPath(["labels", "example.com/team"]), 'labels["example.com/team"]');
  });

  it("are read as they are written, whatever the keys", () => {
    const key = fc.string({ minLength: 1 });
    fc.assert(
      fc.property(fc.array(fc.oneof(key, fc.nat(99)), { minLength: 1 }), (path) => {
        assert.deepEqual(parsePath(formatPath(path)), path);
      }),
    );
  });

  it("find own members only", () => {
    assert.equal(valueAt({ a: [{ b: 1 }] }, ["a", 0, "b"]), 1);
    assert.equal(valueAt({}, ["constructor"]), undefined);
    assert.equal(valueAt("text", ["length"]), undefined);
  });

  it("stand below their beginnings", () => {
    assert.equal(isWithin(["a", "b"], ["a"]), true);
    assert.equal(isWithin(["a"], ["a", "b"]), false);
  });
});
