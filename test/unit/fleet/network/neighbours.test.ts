import assert from "node:assert/strict";

import * as fc from "fast-check";

import { parseConfig } from "../../../../fleet/config/parse";
import { describeProblem } from "../../../../fleet/config/problems";
import {
  claimedNetworks,
  type Neighbour,
  neighbourNotes,
  neighbourProblems,
  ownNetworks,
} from "../../../../fleet/network/neighbours";
import { addressPlan } from "../../../../fleet/network/address-plan";
import { overlap, range } from "../../../../fleet/network/ranges";
import { rawConfig } from "../fixtures";
import { clustersIn, networks } from "./arbitraries";

const POOL = { "us-west-2": { range: "10.32.0.0/12" } };
const NONE: ReadonlySet<string> = new Set<string>();
const STACK = "organization/cluster-fleet/staging";

function eks(slot: number, changes: object = {}) {
  return { class: "aws-eks", region: "us-west-2", workers: {}, network: { slot }, ...changes };
}

function config(clusters: Record<string, object>, more: object = {}) {
  return parseConfig(rawConfig({ network: { pools: POOL, ...more }, clusters }));
}

function staging(clusters: Record<string, object>): Neighbour {
  return { stack: STACK, ...ownNetworks(config(clusters)) };
}

describe("addresses of the environments beside this one", () => {
  it("are those that their stacks put out: pools, and the ranges of every cluster on AWS", () => {
    const memory = { class: "in-memory-kubeadm", region: "us-west-2", controlPlane: { replicas: 1 }, workers: {} };
    const own = ownNetworks(config({ a: eks(1), memory }));
    assert.deepEqual(own, {
      pools: { "us-west-2": "10.32.0.0/12" },
      clusters: { a: { vpc: "10.33.0.0/17", services: "10.33.192.0/18" } },
    });
    assert.deepEqual(claimedNetworks.parse(JSON.parse(JSON.stringify(own))), own);
  });

  it("are refused to a new cluster, naming both clusters, both ranges and the stack", () => {
    assert.deepEqual(
      neighbourProblems(config({ a: eks(1) }), [staging({ theirs: eks(1) })], NONE).map(describeProblem),
      [
        "clusters.a.network.slot: gives ranges that others have: the VPC of a (10.33.0.0/17) overlaps the VPC of theirs in " +
          "stack organization/cluster-fleet/staging (10.33.0.0/17); the services of a (10.33.192.0/18) overlaps the services " +
          "of theirs in stack organization/cluster-fleet/staging (10.33.192.0/18) (got 1). Take a slot or a range that " +
          "neither stack has; with the other's ranges under network.reserved, npm run fleet -- network shows which are free.",
      ],
    );
    const explicit = eks(2, { network: { slot: 2, vpc: "10.33.64.0/18" } });
    assert.deepEqual(
      neighbourProblems(config({ a: explicit }), [staging({ theirs: eks(1) })], NONE).map(describeProblem),
      [
        "clusters.a.network.vpc: overlaps the VPC of theirs in stack organization/cluster-fleet/staging (10.33.0.0/17) (got " +
          '"10.33.64.0/18"). Take a slot or a range that neither stack has; with the other\'s ranges under ' +
          "network.reserved, npm run fleet -- network shows which are free.",
      ],
    );
    assert.deepEqual(neighbourProblems(config({ a: eks(2) }), [staging({ theirs: eks(1) })], NONE), []);
  });

  it("are told, and not refused, where the cluster lives: no run can give it others", () => {
    const [declared, neighbours, living] = [config({ a: eks(1) }), [staging({ theirs: eks(1) })], new Set(["a"])];
    assert.deepEqual(neighbourProblems(declared, neighbours, living), []);
    const [note, ...more] = neighbourNotes(declared, neighbours, living);
    assert.deepEqual(more, []);
    assert.match(
      note ?? "",
      /^clusters\.a\.network\.slot: gives ranges that others have: the VPC of a .* of theirs in /,
    );
    assert.match(note ?? "", /\(got 1\)\. The cluster lives and keeps them: replace it, or the other one\.$/);
    assert.deepEqual(neighbourNotes(declared, neighbours, NONE), []);
  });

  it("are unknown before an environment has run, which is told", () => {
    const neighbours = [{ stack: STACK, isNew: true as const, pools: {}, clusters: {} }];
    assert.deepEqual(neighbourProblems(config({ a: eks(1) }), neighbours, NONE), []);
    assert.deepEqual(neighbourNotes(config({ a: eks(1) }), neighbours, NONE), [
      "network: stack organization/cluster-fleet/staging has not run yet; its own first run compares its addresses with " +
        "these.",
    ]);
  });

  it("are other pools where a transit gateway takes one route for each", () => {
    const { clusters, network } = config({ a: eks(2) });
    const gateways = { "us-west-2": { id: "tgw-0123456789abcdef0" } };
    const reach = { kind: "transit-gateway" as const, gateways, from: [], accounts: {} };
    assert.deepEqual(
      neighbourProblems({ clusters, network: { ...network, reach } }, [staging({})], NONE).map(describeProblem),
      [
        "network.pools.us-west-2.range: is the pool of us-west-2 of stack organization/cluster-fleet/staging too, and the " +
          'management network takes one route to it (got "10.32.0.0/12"). Give each environment a pool of its own.',
      ],
    );
    assert.deepEqual(neighbourProblems(config({ a: eks(2) }), [staging({})], NONE), []);
  });

  it("are refused exactly where two clusters would share an address", () => {
    const environment = networks.chain((of) => clustersIn(of).map((clusters) => ({ network: of, clusters })));
    fc.assert(
      fc.property(environment, environment, (own, theirs) => {
        const vpcs = (side: typeof own) =>
          [...addressPlan(side.network, side.clusters).values()].flatMap(({ vpc, pods, services }) =>
            [vpc, pods, services].map(range),
          );
        const meet = vpcs(own).some((one) => vpcs(theirs).some((other) => overlap(one, other)));
        const found = neighbourProblems(own, [{ stack: STACK, ...ownNetworks(theirs) }], NONE);
        if (found.length > 0) assert.ok(meet);
        // Of EKS the range of pods stays free, so only VPCs and services have to be found.
        const kept = (side: typeof own) =>
          Object.values(ownNetworks(side).clusters).flatMap((each) => Object.values(each).map(range));
        const shared = kept(own).some((one) => kept(theirs).some((other) => overlap(one, other)));
        assert.equal(found.length > 0, shared);
      }),
      { numRuns: 200 },
    );
  });
});
