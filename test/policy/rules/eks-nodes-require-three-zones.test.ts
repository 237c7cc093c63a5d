import assert from "node:assert/strict";
import { eksNodesRequireThreeZones as rule } from "../../../policy/rules/eks-nodes-require-three-zones";
import { judge, UNKNOWN_IN_PREVIEW } from "../helpers";
import { changed, EKS_CLUSTER } from "./aws";

const COMPONENT = "cluster-fleet:index:EksManagementCluster";
const UNKNOWN_LIST = "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2";

function component(...zones: readonly unknown[]) {
  return { clusterName: "fleet", zones: zones.map((zone) => ({ zone, nodes: "10.0.0.0/18" })), nodesPerZone: 1 };
}

const COMPLIANT = component("us-west-2a", "us-west-2b", "us-west-2c");

function tooFew(got: string): string {
  return `zones: management cluster fleet has nodes in too few zones (got ${got}). Name 3 of them.`;
}

describe("policy eks-nodes-require-three-zones", () => {
  it("accepts three zones with a node in each", () => {
    assert.deepEqual(judge(rule, COMPONENT, COMPLIANT), { violations: [] });
  });

  it("refuses two zones, one of them twice, and none", () => {
    assert.deepEqual(judge(rule, COMPONENT, component("us-west-2a", "us-west-2b")).violations, [
      tooFew("us-west-2a, us-west-2b"),
    ]);
    assert.deepEqual(judge(rule, COMPONENT, component("us-west-2a", "us-west-2b", "us-west-2a")).violations, [
      tooFew("us-west-2a, us-west-2b, us-west-2a"),
    ]);
    assert.deepEqual(judge(rule, COMPONENT, component()).violations, [tooFew("none")]);
    assert.deepEqual(judge(rule, COMPONENT, changed(COMPLIANT, "zones", undefined)).violations, [tooFew("none")]);
  });

  for (const [nodes, got] of [
    [0, "0"],
    [undefined, "nothing"],
    ["1", '"1"'],
  ] as const) {
    it(`refuses ${got} nodes in each zone`, () => {
      assert.deepEqual(judge(rule, COMPONENT, changed(COMPLIANT, "nodesPerZone", nodes)).violations, [
        `nodesPerZone: management cluster fleet has zones without a node (got ${got}). Set it to 1 or more.`,
      ]);
    });
  }

  it("does not judge other resources", () => {
    assert.deepEqual(judge(rule, EKS_CLUSTER, {}), { violations: [], notApplicable: true });
  });

  it("is advisory in the preview where only the update will know a zone, all zones or the number of nodes", () => {
    assert.deepEqual(judge(rule, COMPONENT, component("us-west-2a", UNKNOWN_IN_PREVIEW)), {
      violations: [],
      advisory: "string value at .zones.1.zone can't be known during preview",
    });
    assert.deepEqual(judge(rule, COMPONENT, changed(COMPLIANT, "zones", UNKNOWN_LIST)), {
      violations: [],
      advisory: "Array value at .zones can't be known during preview",
    });
    assert.deepEqual(judge(rule, COMPONENT, changed(COMPLIANT, "nodesPerZone", UNKNOWN_IN_PREVIEW)), {
      violations: [],
      advisory: "string value at .nodesPerZone can't be known during preview",
    });
  });
});
