import assert from "node:assert/strict";
import { statSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import { sandboxEnvironment } from "../../../cli/sandbox-environment";
import { writeEnvironmentFile } from "../../../sandbox/engine/environment-file";
import { isSandboxEntry, sandboxPaths } from "../../../sandbox/layout";
import { temporaryFolder } from "../sandbox/temporary-folder";

describe("the sandbox's environment file", () => {
  const folder = temporaryFolder();
  const paths = () => sandboxPaths(folder());
  const user = (more: NodeJS.ProcessEnv = {}) => ({ CLUSTER_FLEET_SANDBOX_DIR: folder(), PATH: "/usr/bin", ...more });
  const write = () => writeEnvironmentFile(paths(), "/tools/pulumi", [{ name: "s", configFile: "/s.yaml" }]);

  it("is what the CLI needs to use the sandbox from any shell", () => {
    write();
    const { env, backend, stacks, file } = sandboxEnvironment(user({ PULUMI_ACCESS_TOKEN: "t", HOME: "/home/me" }))!;
    assert.equal(file, path.join(folder(), "environment.json"));
    assert.deepEqual(stacks, [{ name: "s", configFile: "/s.yaml" }]);
    assert.equal(backend, `file://${folder()}/state?metadata=skip`);
    assert.equal(env["PULUMI_BACKEND_URL"], backend);
    assert.equal(env["PULUMI_HOME"], `${folder()}/pulumi-home`);
    assert.equal(env["PULUMI_CONFIG_PASSPHRASE"], "");
    assert.equal(env["KUBECONFIG"], `${folder()}/kubeconfig`);
    assert.equal(env["PATH"], "/tools:/usr/bin");
    assert.equal(env["HOME"], "/home/me");
    assert.equal(env["PULUMI_ACCESS_TOKEN"], undefined);
  });

  it("can be read by its owner only, and goes with the sandbox", () => {
    write();
    assert.equal(statSync(paths().environment).mode & 0o777, 0o600);
    assert.ok(isSandboxEntry("environment.json"));
  });

  it("is not there where no sandbox runs", () => assert.equal(sandboxEnvironment(user()), undefined));

  for (const text of ["", "{", '{"format": 2}']) {
    it(`that cannot be used is said so: ${JSON.stringify(text)}`, () => {
      writeFileSync(paths().environment, text);
      assert.throws(() => sandboxEnvironment(user()), {
        name: "CliError",
        message: `${paths().environment} cannot be read. Start the sandbox again (npm run sandbox), or remove it (npm run sandbox down).`,
      });
    });
  }
});
