import * as assert from "node:assert/strict";
import { type JsonObject } from "../../sandbox/plugins/grpc/json";
import { isSecret, secret, UNKNOWN, withoutSecrets } from "../../sandbox/plugins/grpc/struct";
import { RandomProvider } from "../../sandbox/plugins/random/provider";

const provider = new RandomProvider();

function about(kind: string) {
  const token = `random:index/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`;
  return { urn: `urn:pulumi:s::p::${token}::name`, name: "name", type: token };
}

function create(kind: string, properties: JsonObject, preview = false) {
  return provider.create({ ...about(kind), properties, preview });
}

async function failures(kind: string, news: JsonObject) {
  return (await provider.check({ ...about(kind), olds: {}, news })).failures;
}

describe("the random stand-in", () => {
  it("makes a password of the length asked for, as a secret", async () => {
    const { id, properties } = await create("RandomPassword", { length: 20, special: false, minUpper: 3 });
    assert.equal(id, "none");
    assert.equal(isSecret(properties["result"]), true);
    const { result, ...rest } = withoutSecrets(properties);
    assert.match(result as string, /^(?=(?:.*[A-Z]){3})[A-Za-z0-9]{20}$/);
    assert.deepEqual(rest, {
      length: 20,
      lower: true,
      minLower: 0,
      minNumeric: 0,
      minSpecial: 0,
      minUpper: 3,
      number: true,
      numeric: true,
      special: false,
      upper: true,
    });
  });

  it("makes a string whose id is the string", async () => {
    const settings = { length: 6, lower: false, upper: false, numeric: false, overrideSpecial: "x" };
    const { id, properties } = await create("RandomString", settings);
    assert.deepEqual([id, properties["result"]], ["xxxxxx", "xxxxxx"]);
  });

  it("makes an id in every notation", async () => {
    const { id, properties } = await create("RandomId", { byteLength: 4, prefix: "a-" });
    const bytes = Buffer.from(id ?? "", "base64url");
    assert.equal(bytes.length, 4);
    assert.deepEqual(properties, {
      byteLength: 4,
      prefix: "a-",
      b64Std: `a-${bytes.toString("base64")}`,
      b64Url: `a-${bytes.toString("base64url")}`,
      dec: `a-${String(bytes.readUInt32BE())}`,
      hex: `a-${bytes.toString("hex")}`,
    });
  });

  it("makes a pet name of as many words as asked for", async () => {
    const { properties } = await create("RandomPet", { length: 3, prefix: "my", separator: "." });
    assert.match(properties["result"] as string, /^my\.[a-z]+\.[a-z]+\.[a-z]+$/);
  });

  it("makes an integer within the bounds, both included", async () => {
    const { id, properties } = await create("RandomInteger", { min: 5, max: 5 });
    assert.deepEqual([id, properties], ["5", { min: 5, max: 5, result: 5 }]);
  });

  it("makes a UUID", async () => {
    const { id, properties } = await create("RandomUuid", {});
    assert.match(id ?? "", /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.equal(properties["result"], id);
  });

  it("shows unknown results in a preview, a password as a secret", async () => {
    const { id, properties } = await create("RandomPassword", { length: 8 }, true);
    assert.equal(id, undefined);
    assert.deepEqual(properties, { length: 8, result: secret(UNKNOWN) });
  });

  it("replaces a value for any change of its inputs", async () => {
    const request = { ...about("RandomPassword"), olds: {}, oldInputs: { length: 8, keepers: { a: "1" } } };
    const response = await provider.diff({ ...request, news: { length: 8, keepers: { a: "2" } } });
    assert.deepEqual(response, { changes: "DIFF_SOME", diffs: ["keepers"], replaces: ["keepers"] });
  });

  it("leaves a value alone while its inputs stay", async () => {
    const request = { ...about("RandomPassword"), olds: {}, oldInputs: { length: 8 }, news: { length: 8 } };
    assert.deepEqual(await provider.diff(request), { changes: "DIFF_NONE" });
  });

  it("keeps the value on refresh", async () => {
    const properties = { length: 1, result: secret("x") };
    const read = await provider.read({ ...about("RandomPassword"), id: "none", properties, inputs: { length: 1 } });
    assert.deepEqual(read, { id: "none", properties, inputs: { length: 1 } });
  });

  it("refuses what is missing, unknown or impossible", async () => {
    assert.deepEqual(await failures("RandomPassword", {}), [{ property: "length", reason: "length is required." }]);
    assert.deepEqual(await failures("RandomUuid", { size: 1 }), [
      { property: "size", reason: 'there is no input "size".' },
    ]);
    assert.deepEqual(await failures("RandomString", { length: 2, minLower: 2, minUpper: 1 }), [
      { property: "", reason: "length (2) must be at least the sum of the minimums (3)" },
    ]);
    assert.deepEqual(await failures("RandomInteger", { min: 2, max: 1 }), [
      { property: "", reason: "min (2) must not be greater than max (1)" },
    ]);
  });

  it("refuses a kind that it does not have by name", async () => {
    assert.deepEqual(await failures("RandomShuffle", {}), [
      {
        reason:
          "The stand-in for the random provider does not support random:index/randomShuffle:RandomShuffle: install the " +
          "official provider for it.",
      },
    ]);
  });
});
