import * as assert from "node:assert/strict";

import { findOrMakePython } from "../../sandbox/aws-api/environment";
import { toolsFolder } from "../../sandbox/layout";
import { productionOnAwsApi } from "../../sandbox/rehearsal/aws-api/production";
import { ARRIVING } from "../../sandbox/rehearsal/kinds/foreign-kinds";
import { onStage } from "../../sandbox/rehearsal/on-stage";
import { standInController } from "../../sandbox/rehearsal/surroundings";
import { createReport } from "../../sandbox/report";
import { withTemporarySandbox } from "../../sandbox/temporary";

describe("npm run rehearse -- production --aws-api", () => {
  it("makes the clusters in a simulated account as planned, extends one and leaves nothing behind", async () => {
    const report = createReport(process.stderr);
    const python = await findOrMakePython(toolsFolder(), report);
    const shown: string[] = [];
    const options = { prefix: "cf-test-aws-api-", report, later: ARRIVING };
    await withTemporarySandbox(options, async ({ engine, management, paths, tools }) => {
      const stage = { engine, management, paths, python, say: (text: string) => void shown.push(text) };
      await onStage(standInController(paths, tools, management), () => productionOnAwsApi(stage));
    });
    const [eks, kubeadm, , extended] = shown;
    assert.match(eks ?? "", /^prod-us-east-1 \(aws-eks\) as planned: .*, 3 instances, 1 EKS cluster$/);
    assert.match(kubeadm ?? "", /^prod-us-west-2 \(aws-kubeadm\) as planned: .*, 1 load balancer, .*, 1 instance$/);
    assert.match(
      extended ?? "",
      /^prod-us-east-1 .*, 1 launch template, .*, 6 instances, 1 EKS cluster, 1 node group$/,
    );
    assert.equal(shown.length, 5);
  });
});
