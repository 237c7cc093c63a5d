import assert from "node:assert/strict";
import { logGroupRequireRetentionAndKms as rule } from "../../../policy/rules/log-group-require-retention-and-kms";
import { judge, UNKNOWN_IN_PREVIEW } from "../helpers";
import { changed, EKS_CLUSTER } from "./aws";

const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const NAME = "/aws/eks/fleet/cluster";
const COMPLIANT = { name: NAME, retentionInDays: 90, kmsKeyId: "arn:aws:kms:us-west-2:111122223333:key/1" };

function judged(path: string, value: unknown, config: object = {}) {
  return judge(rule, LOG_GROUP, changed(COMPLIANT, path, value), config);
}

function forEver(got: string, days = "the days for which you need them"): string {
  return `retentionInDays: log group ${NAME} keeps its logs for ever (got ${got}). Set it to ${days}.`;
}

describe("policy log-group-require-retention-and-kms", () => {
  it("accepts a log group with a time and a key", () => {
    assert.deepEqual(judge(rule, LOG_GROUP, COMPLIANT), { violations: [] });
  });

  it("refuses a log group that keeps its logs for ever, which is what 0 and nothing mean", () => {
    assert.deepEqual(judged("retentionInDays", undefined).violations, [forEver("nothing")]);
    assert.deepEqual(judged("retentionInDays", 0).violations, [forEver("0")]);
    assert.deepEqual(judged("retentionInDays", 0, { minDays: 365 }).violations, [forEver("0", "365 or more")]);
  });

  it("refuses fewer days than its configuration asks for", () => {
    assert.deepEqual(judged("retentionInDays", 365, { minDays: 365 }), { violations: [] });
    assert.deepEqual(judged("retentionInDays", 180, { minDays: 365 }).violations, [
      `retentionInDays: log group ${NAME} forgets its logs too soon (got 180). Set it to 365 or more.`,
    ]);
  });

  for (const key of [undefined, ""]) {
    it(`refuses a log group whose key is ${JSON.stringify(key)}`, () => {
      assert.deepEqual(judged("kmsKeyId", key).violations, [
        `kmsKeyId: log group ${NAME} is not encrypted with a key of yours (got nothing). Set it to the ARN of a KMS key.`,
      ]);
    });
  }

  it("does not judge other resources", () => {
    assert.deepEqual(judge(rule, EKS_CLUSTER, {}), { violations: [], notApplicable: true });
  });

  it("accepts in the preview, without an advisory, a key that the same run makes", () => {
    assert.deepEqual(judged("kmsKeyId", UNKNOWN_IN_PREVIEW), { violations: [] });
  });

  it("is advisory in the preview where only the update will know the days", () => {
    assert.deepEqual(judged("retentionInDays", UNKNOWN_IN_PREVIEW), {
      violations: [],
      advisory: "string value at .retentionInDays can't be known during preview",
    });
  });
});
