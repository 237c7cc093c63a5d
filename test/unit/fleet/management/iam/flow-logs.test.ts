import assert from "node:assert/strict";

import { flowLogPolicy } from "../../../../../fleet/management/iam/flow-logs";

describe("the policy of flow logs", () => {
  it("lets them write into their own log group alone", () => {
    const group = "arn:aws:logs:us-west-2:111122223333:log-group:/aws/vpc/fleet/flow-logs";
    assert.deepEqual(flowLogPolicy(group).Statement, [
      {
        Sid: "WriteFlowLogs",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        Resource: [group, `${group}:log-stream:*`],
      },
    ]);
  });
});
