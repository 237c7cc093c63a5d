import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { type JsonObject } from "../../sandbox/plugins/grpc/json";
import {
  fromStruct,
  hasUnknown,
  isSecret,
  markSecretsLike,
  maskSecrets,
  secret,
  toStruct,
  UNKNOWN,
  withoutSecrets,
} from "../../sandbox/plugins/grpc/struct";

describe("structs on the wire", () => {
  it("come back as they were sent", () => {
    const json = fc.dictionary(fc.string(), fc.jsonValue({ noUnicodeString: false }));
    fc.assert(
      fc.property(json, (value) => {
        const text = JSON.stringify(value);
        // The protobuf library keeps a struct's fields in a plain object, so it loses this one key.
        fc.pre(!text.includes('"__proto__"'));
        const plain = JSON.parse(text) as JsonObject;
        assert.deepEqual(fromStruct(toStruct(plain)), plain);
      }),
    );
  });

  it("are an empty object where there is none", () => assert.deepEqual(fromStruct(undefined), {}));

  it("hold an unknown at any depth", () => {
    assert.equal(hasUnknown({ a: [{ b: UNKNOWN }] }), true);
    assert.equal(hasUnknown({ a: [{ b: "known" }] }), false);
  });
});

describe("secrets on the wire", () => {
  it("carry the engine's signature", () => {
    assert.deepEqual(secret("x"), {
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      value: "x",
    });
  });

  it("are marked once only", () => assert.deepEqual(secret(secret("x")), secret("x")));

  it("are unwrapped at any depth", () => {
    assert.deepEqual(withoutSecrets({ a: [secret({ b: secret("x") })] }), { a: [{ b: "x" }] });
  });

  it("are marked again where the input marked them", () => {
    const marked = markSecretsLike({ a: "x", b: { c: "y", d: "z" } }, { a: "old", b: { c: secret("old") } });
    assert.deepEqual(marked, { a: "x", b: { c: secret("y"), d: "z" } });
  });

  it("in a list make the whole list secret, for its items may have moved", () => {
    const marked = markSecretsLike({ list: ["x", "y"] }, { list: ["old", secret("old")] });
    assert.deepEqual(marked, { list: secret(["x", "y"]) });
  });

  it("are masked for a log", () => {
    assert.deepEqual(maskSecrets({ a: secret({ b: "x" }), c: 1 }), { a: "[secret]", c: 1 });
  });

  it("are told from objects that only look alike", () => assert.equal(isSecret({ value: "x" }), false));
});
