import assert from "node:assert/strict";
import fc from "fast-check";

import { classObjectName } from "../../../fleet/class-names";
import { canonicalJson, contentHash, type Json } from "../../../fleet/content-hash";

describe("contentHash", () => {
  it("is known for a known value, so a release never renames published revisions unnoticed", () => {
    assert.equal(contentHash({ b: [1, "two", null], a: { c: true } }), "7791d7954d");
  });

  it("does not depend on the order of keys", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        assert.equal(contentHash(reversed as Json), contentHash(value as Json));
      }),
    );
  });

  it("depends on the order of lists", () => {
    assert.notEqual(contentHash([1, 2]), contentHash([2, 1]));
  });

  it("leaves out members that are null or undefined, at every depth", () => {
    assert.equal(contentHash({ a: [{ b: 1, c: null }], d: undefined }), contentHash({ a: [{ b: 1 }] }));
  });

  it("tells apart values whose JSON differs", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const equal = canonicalJson(a as Json) === canonicalJson(b as Json);
        assert.equal(contentHash(a as Json) === contentHash(b as Json), equal);
      }),
    );
  });
});

describe("classObjectName", () => {
  const content = { apiVersion: "g/v1", kind: "K", spec: { a: 1 } };

  it("is the prefix and the hash of API version, kind and spec", () => {
    const hash = contentHash({ apiVersion: "g/v1", kind: "K", spec: { a: 1 } });
    assert.equal(classObjectName("family-role", content), `family-role-${hash}`);
  });

  for (const [part, other] of Object.entries({ apiVersion: "g/v2", kind: "L", spec: { a: 2 } })) {
    it(`changes with ${part}`, () => {
      assert.notEqual(classObjectName("x", { ...content, [part]: other }), classObjectName("x", content));
    });
  }
});
