import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { type PolicyDocument } from "../../../../fleet/aws/policy-document";
import { parseConfig } from "../../../../fleet/config/parse";
import { engineValues } from "../config/engine-values";

const PAGE = readFileSync(join(__dirname, "../../../../docs/management-cluster.md"), "utf8");

function blocks(language: string): string[] {
  return [...PAGE.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))].map(([, text = ""]) => text);
}

describe("docs/management-cluster.md", () => {
  it("shows stack files that can be used", () => {
    const stackFiles = blocks("yaml");
    assert.equal(stackFiles.length, 2);
    for (const text of stackFiles) {
      assert.doesNotThrow(() => parseConfig(engineValues(text, "").raw));
    }
  });

  describe("shows a policy for the role that runs it", () => {
    const [text = "{}"] = blocks("json");
    const { Statement } = JSON.parse(text) as PolicyDocument;

    it("that names each action once", () => {
      const actions = Statement.flatMap(({ Action }) => Action);
      assert.ok(actions.every((action) => /^[a-z0-9-]+:[A-Za-z]+$/.test(action)));
      assert.equal(new Set(actions).size, actions.length);
    });

    it("that hands over our own roles alone, to named services", () => {
      const passing = Statement.filter(({ Action }) => Action.includes("iam:PassRole"));
      assert.deepEqual(passing, [
        {
          Sid: "HandRolesOver",
          Effect: "Allow",
          Action: ["iam:PassRole"],
          Resource: ["arn:aws:iam::111122223333:role/fleet-*", "arn:aws:iam::111122223333:role/*.fleet.cluster-fleet"],
          Condition: {
            StringEquals: {
              "iam:PassedToService": [
                "ec2.amazonaws.com",
                "eks.amazonaws.com",
                "pods.eks.amazonaws.com",
                "vpc-flow-logs.amazonaws.com",
              ],
            },
          },
        },
      ]);
    });

    it("that makes and changes no role but ours", () => {
      for (const { Sid, Action, Resource } of Statement) {
        if (Action.some((action) => action.startsWith("iam:"))) assert.ok(!Resource.includes("*"), Sid);
      }
    });
  });
});
