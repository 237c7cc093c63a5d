import assert from "node:assert/strict";

import { keyPolicy } from "../../../../../fleet/management/iam/key-policy";

describe("the policy of a management cluster's key", () => {
  const place = { partition: "aws-cn", accountId: "111122223333", region: "cn-north-1" };
  const { Statement } = keyPolicy(place, ["/aws/eks/fleet/cluster", "/aws/vpc/fleet/flow-logs"]);

  it("has two statements, for the account and for its logs", () => {
    assert.deepEqual(
      Statement.map(({ Sid }) => Sid),
      ["Account", "Logs"],
    );
  });

  it("gives the key to the account, so that nobody can lock everybody out, and names each action", () => {
    const { Action, ...rest } = Statement[0]!;
    assert.deepEqual(rest, {
      Sid: "Account",
      Effect: "Allow",
      Principal: { AWS: "arn:aws-cn:iam::111122223333:root" },
      Resource: ["*"],
    });
    assert.ok(Action.includes("kms:PutKeyPolicy") && Action.includes("kms:CreateGrant"));
    assert.ok(Action.every((action) => /^kms:[A-Za-z]+$/.test(action)));
  });

  it("lets the logs of this region encrypt the named groups of this account, and no others", () => {
    assert.deepEqual(Statement[1], {
      Sid: "Logs",
      Effect: "Allow",
      Principal: { Service: "logs.cn-north-1.amazonaws.com" },
      Action: [
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:Encrypt",
        "kms:GenerateDataKey",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
      ],
      Resource: ["*"],
      Condition: {
        ArnEquals: {
          "kms:EncryptionContext:aws:logs:arn": [
            "arn:aws-cn:logs:cn-north-1:111122223333:log-group:/aws/eks/fleet/cluster",
            "arn:aws-cn:logs:cn-north-1:111122223333:log-group:/aws/vpc/fleet/flow-logs",
          ],
        },
      },
    });
  });
});
