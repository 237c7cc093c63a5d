import assert from "node:assert/strict";

import { observedBases } from "../../../live/applied-bases";

const REVISION = "base-0a1b2c3d4e";

interface Entry {
  readonly applied?: boolean;
  readonly lastAppliedTime?: string;
}

/** Cluster API's record of cluster `n/c`: an entry for each resource set, by name. */
function bases(sets: Readonly<Record<string, readonly Entry[]>>) {
  const bindings = Object.entries(sets).map(([clusterResourceSetName, resources]) => ({
    clusterResourceSetName,
    resources: resources.map((each) => ({ kind: "ConfigMap", name: clusterResourceSetName, ...each })),
  }));
  const metadata = { namespace: "n", name: "c", creationTimestamp: "2026-11-25T06:00:00Z", generation: 1 };
  return observedBases([{ metadata, spec: { clusterName: "c", bindings } }]).get("n/c");
}

const done = (time: string) => ({ applied: true, lastAppliedTime: `2026-11-25T${time}Z` });

describe("observedBases", () => {
  it("takes a revision for applied when both of its parts are, since the later one", () => {
    assert.deepEqual(bases({ [REVISION]: [done("07:00:30")], [`${REVISION}-namespaces`]: [done("07:00:10")] }), [
      { revision: REVISION, applied: true, since: "2026-11-25T07:00:30Z" },
    ]);
  });

  it("takes none for applied of which a part is missing, was not applied, or has nothing to tell", () => {
    const namespaces = { [`${REVISION}-namespaces`]: [done("07:00:10")] };
    const parts: Record<string, Entry[]>[] = [
      {},
      { [REVISION]: [{ applied: false }] },
      { [REVISION]: [{}] },
      { [REVISION]: [] },
    ];
    for (const part of parts) {
      assert.deepEqual(
        bases({ ...namespaces, ...part })?.map(({ applied }) => applied),
        [false],
      );
    }
  });

  it("knows every revision that the cluster was ever given, and no set of somebody else", () => {
    const other = "base-ffffffffff";
    const found = bases({ calico: [done("06:00:00")], [REVISION]: [done("07:00:00")], [other]: [done("08:00:00")] });
    assert.deepEqual(
      found?.map(({ revision }) => revision),
      [REVISION, other],
    );
  });
});
