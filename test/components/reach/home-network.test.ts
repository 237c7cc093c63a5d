import assert from "node:assert/strict";

import { type FoundManagement } from "../../../program/management";
import { homeNetwork } from "../../../program/reach";

function found(end: FoundManagement["end"], range?: string): FoundManagement {
  const side = { managementName: "fleet", accounts: {}, ...(range === undefined ? {} : { range }) };
  return { access: { managementName: "fleet" }, side, end, output: { kind: "stack", name: "fleet" } };
}

describe("where private ways begin", () => {
  it("is where another stack's management cluster is", () => {
    const end = { region: "us-west-2", vpcId: "vpc-0", routeTableIds: ["rtb-0"] };
    assert.deepEqual(homeNetwork(undefined, found(end, "10.0.0.0/16")), {
      managementName: "fleet",
      range: "10.0.0.0/16",
      ...end,
    });
  });

  it("is a range alone where somebody else attaches the management network: the clusters' ends are made all the same", () => {
    assert.deepEqual(homeNetwork(undefined, found({}, "10.0.0.0/16")), {
      managementName: "fleet",
      range: "10.0.0.0/16",
      routeTableIds: [],
    });
  });

  it("is nowhere where nobody tells its range", () => {
    assert.equal(homeNetwork(undefined, found({ region: "us-west-2", vpcId: "vpc-0" })), undefined);
  });
});
