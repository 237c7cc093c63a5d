import assert from "node:assert/strict";
import fc from "fast-check";

import { type Observed, type ObservedCluster } from "../../../fleet/observed";
import { planFleet } from "../../../fleet/plan";
import { NO_AWS } from "../../../fleet/topology/aws-side";
import { clusterConfig, config, liveClass, liveCluster, NOW } from "./fixtures";

const NAMES = ["alpha", "beta", "delta", "gamma", "omega"];

/** A cluster as a stack file may have it. */
const declared = fc.record({
  region: fc.constantFrom("us-west-2", "eu-west-1"),
  version: fc.constantFrom("v1.35.2", "v1.36.1"),
  workers: fc.dictionary(fc.constantFrom("a", "b", "c"), fc.record({ replicas: fc.nat(9) })),
  labels: fc.dictionary(fc.constantFrom("team", "tier"), fc.constantFrom("x", "y")),
  paused: fc.boolean(),
});

/** What lives of a cluster of ours; nothing, for one that is new. */
const living = fc.option(
  fc.record({
    classRef: fc.constantFrom("in-memory-kubeadm-old", "in-memory-kubeadm-older"),
    version: fc.constantFrom("v1.34.1", "v1.35.2"),
  }),
  { nil: undefined },
);

const fleet = fc.dictionary(fc.constantFrom(...NAMES), fc.tuple(declared, living), { minKeys: 1 });
type Fleet = Record<string, [object, Partial<ObservedCluster> | undefined]>;

function plan(fleet: Fleet, names: readonly string[] = Object.keys(fleet)) {
  const clusters = Object.fromEntries(names.map((name) => [name, clusterConfig(fleet[name]?.[0])]));
  const observed: Observed = {
    clusters: names.flatMap((name) => (fleet[name]?.[1] ? [liveCluster({ name, ...fleet[name][1] })] : [])),
    classes: [liveClass("in-memory-kubeadm-old")],
  };
  return planFleet(config({ clusters }), observed, NO_AWS, NOW);
}

describe("every plan", () => {
  it("is the same for every order of the configuration and of what lives", () => {
    fc.assert(
      fc.property(fleet, fc.gen(), (fleet, gen) => {
        const names = Object.keys(fleet);
        const shuffled = gen(() => fc.shuffledSubarray(names, { minLength: names.length }));
        assert.deepEqual(plan(fleet, shuffled), plan(fleet));
      }),
    );
  });

  it("lists clusters, classes and pools by name", () => {
    fc.assert(
      fc.property(fleet, (fleet) => {
        const { clusters, classes } = plan(fleet);
        for (const list of [clusters, classes, ...clusters.map(({ workers }) => workers)]) {
          const names = list.map(({ name }) => name);
          assert.deepEqual(names, [...names].sort());
        }
      }),
    );
  });

  it("is data: JSON carries it whole", () => {
    fc.assert(
      fc.property(fleet, (fleet) => {
        const made = plan(fleet);
        assert.deepEqual(JSON.parse(JSON.stringify(made)), made);
      }),
    );
  });

  it("changes for no other cluster when one is added, whatever lives of it", () => {
    fc.assert(
      fc.property(fleet, declared, living, (fleet, added, alive) => {
        const before = plan(fleet);
        const after = plan({ ...fleet, zeta: [added, alive] });
        assert.deepEqual(
          after.clusters.filter(({ name }) => name !== "zeta"),
          before.clusters,
        );
        assert.deepEqual(after.classes, before.classes);
      }),
    );
  });
});
