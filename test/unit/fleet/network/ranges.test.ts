import assert from "node:assert/strict";

import * as fc from "fast-check";

import {
  cidr,
  contains,
  freeAddresses,
  overlap,
  parseRange,
  part,
  partCount,
  type Range,
  range,
  size,
  wholeNetwork,
} from "../../../../fleet/network/ranges";

/** Any whole network, small enough that its addresses can be compared one by one where that is wanted. */
function networks(min: number, max: number): fc.Arbitrary<Range> {
  return fc
    .record({ prefix: fc.integer({ min, max }), seed: fc.nat(2 ** 32 - 1) })
    .map(({ prefix, seed }) => ({ first: seed - (seed % 2 ** (32 - prefix)), prefix }));
}

describe("an address range", () => {
  it("is written as it was read", () => {
    fc.assert(fc.property(networks(0, 32), (any) => assert.deepEqual(range(cidr(any)), any)));
  });

  const refused: [string, string][] = [
    ["10.0.0.1/16", "has address bits beyond its prefix"],
    ["10.0.0.0", "has no prefix"],
    ["10.0/16", "is short for something"],
    ["0xa.0.0.0/16", "is hexadecimal"],
    ["10.0.0.0/33", "has a prefix that is too long"],
    ["fd00::/48", "is IPv6"],
    ["::ffff:10.0.0.0/16", "is IPv4 in IPv6"],
    ["", "is empty"],
  ];
  for (const [text, why] of refused) {
    it(`${JSON.stringify(text)} is none: it ${why}`, () => assert.equal(parseRange(text), undefined));
  }

  it("that is none is a bug of whoever did not check it", () => {
    assert.throws(() => range("10.0.0.1/16"), /10\.0\.0\.1\/16 is not a whole IPv4 network/);
  });

  it("of an address within a network is that network", () => {
    assert.equal(wholeNetwork("10.1.2.3/16"), "10.1.0.0/16");
  });

  it("overlaps another one exactly where they have an address in common", () => {
    const small = networks(29, 32).map(({ first, prefix }) => ({ first: first % 32, prefix }));
    const aligned = small.map(({ first, prefix }) => ({ first: first - (first % 2 ** (32 - prefix)), prefix }));
    const addresses = (any: Range) => Array.from({ length: size(any) }, (_, index) => any.first + index);
    fc.assert(
      fc.property(aligned, aligned, (one, other) => {
        const shared = addresses(one).filter((address) => addresses(other).includes(address));
        assert.equal(overlap(one, other), shared.length > 0);
        assert.equal(contains(one, other), shared.length === size(other));
      }),
      { numRuns: 500 },
    );
  });

  it("is cut into parts that fill it, one after the other", () => {
    fc.assert(
      fc.property(networks(8, 24), fc.nat(6), (whole, bits) => {
        const prefix = whole.prefix + bits;
        const parts = Array.from({ length: partCount(whole, prefix) }, (_, index) => part(whole, prefix, index));
        assert.equal(parts.length, 2 ** bits);
        assert.equal(
          parts.reduce((sum, each) => sum + size(each), 0),
          size(whole),
        );
        parts.forEach((each, index) => {
          assert.ok(contains(whole, each));
          assert.ok(index === 0 || each.first === parts[index - 1]!.first + size(parts[index - 1]!));
        });
      }),
    );
  });

  it("is in no part of a larger network than itself", () => {
    assert.equal(partCount(range("10.0.0.0/16"), 15), 0);
  });

  it("has five addresses fewer to give away as a subnet, and never fewer than none", () => {
    assert.equal(freeAddresses(range("10.0.0.0/28")), 11);
    assert.equal(freeAddresses(range("10.0.0.0/32")), 0);
  });
});
