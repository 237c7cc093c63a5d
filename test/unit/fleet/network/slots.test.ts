import assert from "node:assert/strict";

import * as fc from "fast-check";

import { blockOf, slotCount } from "../../../../fleet/network/address-plan";
import { cidr, contains, overlap, range } from "../../../../fleet/network/ranges";
import { describePool, extended, freeSlots } from "../../../../fleet/network/slots";
import { networks } from "./arbitraries";

const POOL = { range: "10.32.0.0/12", clusterSize: 16 };

describe("free slots", () => {
  it("are those that nobody names and in which nobody has an address, the lowest first", () => {
    const occupied = { slots: new Set([0, 3]), ranges: [range("10.33.0.0/24"), range("10.36.0.0/14")] };
    assert.deepEqual([...freeSlots(POOL, occupied)], [2, 8, 9, 10, 11, 12, 13, 14, 15]);
  });

  it("never share an address with anybody", () => {
    fc.assert(
      fc.property(networks, fc.uniqueArray(fc.nat(15)), fc.nat(255), ({ pools }, slots, octet) => {
        const pool = pools["us-west-2"]!;
        const other = range(`10.${octet}.0.0/16`);
        for (const slot of freeSlots(pool, { slots: new Set(slots), ranges: [other] })) {
          assert.ok(!slots.includes(slot) && slot < slotCount(pool));
          assert.ok(!overlap(blockOf(pool, slot)!, other));
        }
      }),
    );
  });

  it("end where a stack file's slots do, however large the pool is", () => {
    const all = [...freeSlots({ range: "0.0.0.0/0", clusterSize: 19 }, { slots: new Set(), ranges: [] })];
    assert.equal(all.at(-1), 10_000);
  });
});

describe("a pool in words", () => {
  const cases: [string, string][] = [
    ["10.32.0.0/12", "10.32.0.0/12 has 16 slots, 0 to 15, of /16"],
    ["10.32.0.0/16", "10.32.0.0/16 has one slot, 0, of /16"],
    ["10.32.0.0/17", "10.32.0.0/17 has no slot of /16"],
  ];
  for (const [whole, words] of cases) {
    it(`says ${words}`, () => assert.equal(describePool({ range: whole, clusterSize: 16 }), words));
  }
});

describe("extending a pool", () => {
  it("doubles it where its slots keep their places", () => {
    assert.equal(extended(POOL), "10.32.0.0/11");
  });

  it("is impossible where the larger network begins elsewhere, or is more than anybody has", () => {
    assert.equal(extended({ ...POOL, range: "10.48.0.0/12" }), undefined);
    assert.equal(extended({ ...POOL, range: "10.0.0.0/8" }), undefined);
  });

  it("moves no slot", () => {
    fc.assert(
      fc.property(networks, ({ pools }) => {
        const pool = pools["us-west-2"]!;
        const larger = extended(pool);
        if (larger === undefined) return;
        assert.ok(contains(range(larger), range(pool.range)));
        for (let slot = 0; slot < slotCount(pool); slot += 1) {
          assert.equal(cidr(blockOf({ ...pool, range: larger }, slot)!), cidr(blockOf(pool, slot)!));
        }
      }),
    );
  });
});
