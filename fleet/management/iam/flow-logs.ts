import { policy, type PolicyDocument } from "../../aws/policy-document";

/**
 * What VPC flow logs need to write into one log group.
 *
 * Source: VPC user guide, "IAM role for publishing flow logs to CloudWatch Logs".
 * @param logGroup ARN of the log group.
 */
export function flowLogPolicy(logGroup: string): PolicyDocument {
  return policy({
    Sid: "WriteFlowLogs",
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
    Resource: [logGroup, `${logGroup}:log-stream:*`],
  });
}
