import * as assert from "node:assert/strict";

import { acceptanceSteps, optIn } from "../../../acceptance/steps";

const SAID = {
  CLUSTER_FLEET_ACCEPTANCE_ACCOUNT: "111122223333",
  CLUSTER_FLEET_ACCEPTANCE_STACK: "acceptance",
  CLUSTER_FLEET_ACCEPTANCE_MANAGEMENT: "accepted",
};

describe("an acceptance run in a real account", () => {
  it("is refused until everything is said that it needs", () => {
    assert.throws(() => optIn({ CLUSTER_FLEET_ACCEPTANCE_STACK: "acceptance" }), {
      message:
        "An acceptance run builds a management cluster in a real AWS account, which costs a few dollars, and removes it. " +
        "Set CLUSTER_FLEET_ACCEPTANCE_ACCOUNT, CLUSTER_FLEET_ACCEPTANCE_MANAGEMENT first (docs/acceptance.md).",
    });
  });

  it("ends in time: two hours, or what was said", () => {
    assert.equal(optIn(SAID).minutes, 120);
    assert.equal(optIn({ ...SAID, CLUSTER_FLEET_ACCEPTANCE_MINUTES: "30" }).minutes, 30);
    assert.throws(() => optIn({ ...SAID, CLUSTER_FLEET_ACCEPTANCE_MINUTES: "soon" }), /MINUTES to a number/);
  });

  it("takes down what it built and looks for leftovers, whatever happened before", () => {
    const steps = acceptanceSteps(optIn(SAID));
    assert.deepEqual(
      steps.filter(({ always }) => always).map(({ what }) => what),
      ["destroy", "nothing that carries our tag is left"],
    );
  });

  it("fails where something is left, other than keys that wait for their deletion", () => {
    const scan = acceptanceSteps(optIn(SAID)).at(-1)!;
    const found = (...arns: string[]) =>
      scan.check({
        code: 0,
        stdout: JSON.stringify({ ResourceTagMappingList: arns.map((ResourceARN) => ({ ResourceARN })) }),
      });
    assert.equal(found(), undefined);
    assert.equal(found("arn:aws:kms:us-west-2:111122223333:key/1"), undefined);
    assert.equal(
      found("arn:aws:ec2:us-west-2:111122223333:vpc/vpc-1"),
      "left behind: arn:aws:ec2:us-west-2:111122223333:vpc/vpc-1",
    );
  });
});
