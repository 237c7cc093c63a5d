import assert from "node:assert/strict";

import { allAsDeclared, printBases } from "../../../../cli/baseline/report";
import { BaseState, type FoundBase } from "../../../../fleet/baseline/found";
import { memoryOutput } from "../memory-output";

const none = { edits: [], leftOver: [] };
const CLUSTERS: readonly FoundBase[] = [
  { cluster: "prod-a", declared: "base-0a1b2c3d4e", found: BaseState.AsDeclared, ...none },
  {
    cluster: "prod-b",
    declared: "base-0a1b2c3d4e",
    found: BaseState.Edited,
    edits: [
      { object: "NetworkPolicy default/cluster-fleet-base", missing: false, fields: ["spec.egress", "spec.ingress"] },
      { object: "LimitRange default/cluster-fleet-base", missing: true, fields: [] },
    ],
    leftOver: ["LimitRange shop/cluster-fleet-base"],
  },
  {
    cluster: "prod-c",
    declared: "base-0a1b2c3d4e",
    found: BaseState.Missing,
    edits: [{ object: "Namespace cluster-fleet-system", missing: true, fields: [] }],
    leftOver: [],
  },
  {
    cluster: "prod-d",
    declared: "base-0a1b2c3d4e",
    found: BaseState.NotReachable,
    ...none,
    reason: "it has no kubeconfig yet",
  },
  { cluster: "prod-e", found: BaseState.None, ...none },
];

function printed(clusters: readonly FoundBase[]): string {
  const { out, stdout } = memoryOutput();
  printBases([{ stack: "production", namespace: "production", clusters }], out);
  return stdout();
}

describe("npm run fleet -- baseline", () => {
  it("shows each cluster in a line, and below what is to be said of single ones", () => {
    assert.equal(
      printed(CLUSTERS),
      `CLUSTER  DECLARED         FOUND
prod-a   base-0a1b2c3d4e  as declared
prod-b   base-0a1b2c3d4e  edited
prod-c   base-0a1b2c3d4e  missing
prod-d   base-0a1b2c3d4e  not reachable
prod-e   -                none

prod-b: NetworkPolicy default/cluster-fleet-base differs in spec.egress, spec.ingress
prod-b: LimitRange default/cluster-fleet-base is missing
prod-b: LimitRange shop/cluster-fleet-base is left over from an earlier revision; delete it by hand
prod-d: it has no kubeconfig yet
`,
    );
  });

  it("says so where no cluster lives", () => assert.equal(printed([]), "No cluster lives.\n"));

  it("takes a fleet for declared only if every cluster that takes part is", () => {
    const judged = CLUSTERS.map((each) => allAsDeclared([{ stack: "s", namespace: "n", clusters: [each] }]));
    assert.deepEqual(judged, [true, false, false, false, true]);
  });
});
