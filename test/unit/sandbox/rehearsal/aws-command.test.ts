import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import * as path from "node:path";

import { REPOSITORY } from "../../../../sandbox/layout";
import { temporaryFolder } from "../temporary-folder";

const COMMAND = path.join(REPOSITORY, "sandbox", "rehearsal", "bin", "aws");
const TOKEN = ["eks", "get-token", "--cluster-name", "fleet", "--region", "us-west-2", "--output", "json"];

describe("the aws command of a rehearsal", () => {
  const folder = temporaryFolder();

  function aws(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const tokens = path.join(folder(), "tokens.csv");
    writeFileSync(tokens, "t1,sandbox-admin,sandbox-admin,system:masters\nt2,fleet-staging,fleet-staging,group\n");
    const own = { PATH: process.env["PATH"], CLUSTER_FLEET_AWS_TOKENS: tokens, ...env };
    return spawnSync(COMMAND, args, { encoding: "utf8", env: own });
  }

  it("answers as `aws eks get-token` does, with the administrator's token", () => {
    const { status, stdout } = aws(TOKEN);
    assert.equal(status, 0);
    assert.deepEqual(JSON.parse(stdout), {
      apiVersion: "client.authentication.k8s.io/v1beta1",
      kind: "ExecCredential",
      status: { token: "t1" },
    });
  });

  it("gives an environment's token where AWS_PROFILE names it, and none for a name that it does not know", () => {
    const { stdout } = aws(TOKEN, { AWS_PROFILE: "staging" });
    assert.equal((JSON.parse(stdout) as { status: { token: string } }).status.token, "t2");
    const unknown = aws(TOKEN, { AWS_PROFILE: "nobody" });
    assert.equal(unknown.status, 2);
    assert.equal(unknown.stdout, "");
    assert.equal(unknown.stderr, "The sandbox knows no user fleet-nobody; AWS_PROFILE may be production or staging.\n");
  });

  it("refuses everything else, and everything outside a rehearsal", () => {
    const refusal =
      "This aws command belongs to a rehearsal and knows `aws eks get-token --cluster-name NAME` alone.\n";
    for (const args of [[], ["sts", "get-caller-identity"], ["eks", "get-token"], ["eks", "describe-cluster"]]) {
      assert.deepEqual([aws(args).status, aws(args).stderr], [2, refusal], args.join(" "));
    }
    assert.equal(aws(TOKEN, { CLUSTER_FLEET_AWS_TOKENS: undefined }).status, 2);
  });
});
