import assert from "node:assert/strict";
import { nodeGroupRequireOnDemandAndRepair as rule } from "../../../policy/rules/node-group-require-on-demand-and-repair";
import { judge, UNKNOWN_IN_PREVIEW } from "../helpers";
import { changed, EKS_CLUSTER } from "./aws";

const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
const COMPLIANT = {
  clusterName: "fleet",
  nodeGroupName: "fleet-a",
  capacityType: "ON_DEMAND",
  nodeRepairConfig: { enabled: true },
};

function judged(path: string, value: unknown) {
  return judge(rule, NODE_GROUP, changed(COMPLIANT, path, value));
}

function noRepair(got: string): string {
  return (
    "nodeRepairConfig.enabled: a broken node of node group fleet-a stays until somebody replaces it " +
    `(got ${got}). Set it to true.`
  );
}

describe("policy node-group-require-on-demand-and-repair", () => {
  it("is advisory", () => {
    assert.equal(rule.enforcementLevel, "advisory");
    assert.equal(
      rule.description,
      "Nodes of a node group stay until they are replaced, and are replaced when they are broken.",
    );
  });

  it("says nothing on machines on demand that EKS repairs; on demand is what nothing stated means", () => {
    assert.deepEqual(judge(rule, NODE_GROUP, COMPLIANT), { violations: [] });
    assert.deepEqual(judged("capacityType", undefined), { violations: [] });
  });

  it("tells of spot machines", () => {
    assert.deepEqual(judged("capacityType", "SPOT").violations, [
      'capacityType: AWS takes machines of node group fleet-a back when it needs them (got "SPOT"). ' +
        'Set it to "ON_DEMAND".',
    ]);
  });

  it("tells of nodes that nobody repairs", () => {
    assert.deepEqual(judged("nodeRepairConfig.enabled", false).violations, [noRepair("false")]);
    assert.deepEqual(judged("nodeRepairConfig", undefined).violations, [noRepair("nothing")]);
  });

  it("does not judge other resources", () => {
    assert.deepEqual(judge(rule, EKS_CLUSTER, {}), { violations: [], notApplicable: true });
  });

  for (const path of ["capacityType", "nodeRepairConfig.enabled"]) {
    it(`cannot run where only the update will know ${path}`, () => {
      assert.deepEqual(judged(path, UNKNOWN_IN_PREVIEW), {
        violations: [],
        advisory: `string value at .${path} can't be known during preview`,
      });
    });
  }
});
