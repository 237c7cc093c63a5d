import assert from "node:assert/strict";

import { accessOf, principalName } from "../../../../fleet/management/access";

const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;

describe("who may enter a management cluster", () => {
  it("is everybody once, for EKS knows one entry for each", () => {
    assert.deepEqual(
      accessOf(
        [role("platform")],
        [
          { environment: "staging", principals: [role("pipeline")] },
          { environment: "production", principals: [role("platform"), role("pipeline")] },
          { environment: "lab", principals: [] },
        ],
      ),
      [
        {
          principal: role("pipeline"),
          isAdmin: false,
          groups: ["cluster-fleet:production", "cluster-fleet:staging"],
        },
        { principal: role("platform"), isAdmin: true, groups: ["cluster-fleet:production"] },
      ],
    );
  });

  it("has names that differ by account, kind and name, and not by path", () => {
    assert.equal(principalName(role("platform/break-glass")), "111122223333-role-break-glass");
    assert.equal(principalName("arn:aws-cn:iam::111122223333:user/break-glass"), "111122223333-user-break-glass");
  });
});
