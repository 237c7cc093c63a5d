import assert from "node:assert/strict";

import * as fc from "fast-check";

import { takenProblems } from "../../../../fleet/config/checks/network";
import { proposedSlots } from "../../../../fleet/config/checks/network-slots";
import { judge, parseConfig } from "../../../../fleet/config/parse";
import { describeProblem } from "../../../../fleet/config/problems";
import { addressPlan } from "../../../../fleet/network/address-plan";
import { overlap, range } from "../../../../fleet/network/ranges";
import { rawConfig } from "../fixtures";

const POOLS = { "us-west-2": { range: "10.32.0.0/12" }, "us-east-1": { range: "10.48.0.0/12" } };

function eks(network: object, changes: object = {}) {
  return { class: "aws-eks", region: "us-west-2", workers: {}, network, ...changes };
}

function stack(clusters: Record<string, object>, network: object = {}) {
  return rawConfig({ network: { pools: POOLS, ...network }, clusters });
}

function messages(raw: ReturnType<typeof stack>): string[] {
  return judge(raw).problems.map(describeProblem);
}

describe("ranges that two want", () => {
  it("are refused whoever has them, and only then", () => {
    // Few networks, so that some meet: in each of four /14, one of four /16 or the whole of it.
    const some = fc
      .record({ quarter: fc.nat(3), part: fc.nat(4) })
      .map(({ quarter, part }) =>
        part === 4 ? `10.${200 + quarter * 4}.0.0/14` : `10.${200 + quarter * 4 + part}.0.0/16`,
      );
    const explicit = fc.record({ vpc: some.map((each) => each.replace("/14", "/16")), services: some });
    fc.assert(
      fc.property(
        fc.array(explicit, { minLength: 1, maxLength: 4 }),
        fc.array(some, { maxLength: 2 }),
        (own, office) => {
          const clusters = Object.fromEntries(own.map((each, index) => [`c${index}`, eks(each)]));
          const all = [...own.flatMap(({ vpc, services }) => [vpc, services]), ...office].map(range);
          const ofClusters = 2 * own.length;
          const meet = all.some((one, i) => all.some((other, j) => i < j && i < ofClusters && overlap(one, other)));
          const refused = judge(stack(clusters, { reserved: { office } })).problems;
          assert.equal(
            refused.some(({ rule }) => rule === "range-overlap"),
            meet,
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it("are named on both sides", () => {
    assert.deepEqual(messages(stack({ a: eks({ slot: 1 }), b: eks({ slot: 2, vpc: "10.33.64.0/18" }) })), [
      'clusters.b.network.vpc: overlaps the VPC of a (10.33.0.0/17) (got "10.33.64.0/18"). Write a range that nobody has.',
    ]);
  });

  it("are reported once a place, with all that have them", () => {
    const [message, ...more] = messages(stack({ a: eks({ slot: 1 }) }, { reserved: { lab: ["10.33.0.0/16"] } }));
    assert.deepEqual(more, []);
    assert.equal(
      message,
      "clusters.a.network.slot: gives ranges that others have: the VPC of a (10.33.0.0/17) overlaps the reserved range lab " +
        "(10.33.0.0/16); the services of a (10.33.192.0/18) overlaps the reserved range lab (10.33.0.0/16) (got 1). " +
        "Take another slot: npm run fleet -- network shows which are free.",
    );
  });

  it("may be the same in a pool and with others: the slots there stay empty", () => {
    assert.deepEqual(messages(stack({ a: eks({ slot: 1 }) }, { reserved: { lab: ["10.32.0.0/16"] } })), []);
  });

  it("are looked for beside what only the run finds", () => {
    const config = parseConfig(stack({ a: eks({ slot: 1 }), b: eks({ slot: 2 }) }));
    const taken = [
      { name: "the management cluster's VPC", range: "10.33.0.0/16" },
      { name: "the VPC of staging/stage-a", range: "10.33.0.0/16" },
      { name: "the network of somebody far away", range: "10.99.0.0/16" },
    ];
    assert.deepEqual(takenProblems(config, taken.slice(2)), []);
    assert.deepEqual(
      takenProblems(config, taken).map(({ path, what }) => [path.join("."), what]),
      [
        [
          "clusters.a.network.slot",
          "gives ranges that others have: the VPC of a (10.33.0.0/17) overlaps the management cluster's VPC " +
            "(10.33.0.0/16); the VPC of a (10.33.0.0/17) overlaps the VPC of staging/stage-a (10.33.0.0/16); the services " +
            "of a (10.33.192.0/18) overlaps the management cluster's VPC (10.33.0.0/16); the services of a " +
            "(10.33.192.0/18) overlaps the VPC of staging/stage-a (10.33.0.0/16)",
        ],
      ],
    );
  });
});

describe("clusters without a slot", () => {
  it("are proposed different ones, free of what others have, whatever the order", () => {
    const { network } = judge(
      stack(
        { c: eks({}), a: eks({ slot: 1 }), b: eks({}), east: eks({}, { region: "us-east-1" }) },
        { reserved: { lab: ["10.34.0.0/16"] } },
      ),
    );
    assert.deepEqual(Object.fromEntries(proposedSlots(network!)), { b: 0, c: 3, east: 0 });
  });

  it("are in order once they have what was proposed", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(15), { maxLength: 8 }), fc.integer({ min: 1, max: 8 }), (slots, lacking) => {
        const having = slots.map((slot) => [`has-${slot}`, eks({ slot })] as const);
        const names = Array.from({ length: lacking }, (_, index) => `lacks-${index}`);
        const raw = (slotOf: (name: string) => object) =>
          stack(Object.fromEntries([...having, ...names.map((name) => [name, eks(slotOf(name))] as const)]));
        const proposed = proposedSlots(judge(raw(() => ({}))).network!);
        assert.equal(proposed.size, lacking);
        const config = parseConfig(raw((name) => ({ slot: proposed.get(name) })));
        assert.equal(addressPlan(config.network, config.clusters).size, slots.length + lacking);
      }),
      { numRuns: 30 },
    );
  });

  it("need none where every range is written", () => {
    assert.deepEqual(messages(stack({ a: eks({ vpc: "10.200.0.0/16", services: "172.20.0.0/16" }) })), []);
  });

  it("need one where a range is missing", () => {
    const [missing] = judge(stack({ a: eks({ vpc: "10.200.0.0/16" }) })).problems;
    assert.equal(missing?.rule, "slot-missing");
  });

  it("are not said to lack what is written wrongly", () => {
    assert.deepEqual(
      judge(stack({ a: eks({ slot: "one" }) })).problems.map(({ rule }) => rule),
      ["wrong-type"],
    );
  });
});

describe("slots", () => {
  it("of two regions may be the same", () => {
    assert.deepEqual(messages(stack({ a: eks({ slot: 1 }), b: eks({ slot: 1 }, { region: "us-east-1" }) })), []);
  });
});
