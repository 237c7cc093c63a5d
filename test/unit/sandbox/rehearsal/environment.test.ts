import * as assert from "node:assert/strict";
import * as path from "node:path";

import { REPOSITORY, sandboxPaths } from "../../../../sandbox/layout";
import { rehearsalVariables } from "../../../../sandbox/rehearsal/environment";

describe("the environment of a rehearsal", () => {
  const paths = sandboxPaths("/nowhere/sandbox");
  const given = { AWS_ACCESS_KEY_ID: "own", AWS_PROFILE: "own", AWS_CONFIG_FILE: "own" };
  const before = Object.keys(given).map((name) => [name, process.env[name]] as const);

  beforeEach(() => Object.assign(process.env, given));
  afterEach(() => {
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  });

  it("lets nothing of the user's AWS set-up through", () => {
    const variables = rehearsalVariables(paths);
    for (const name of Object.keys(given)) assert.ok(name in variables && variables[name] === undefined, name);
    assert.equal(rehearsalVariables(paths, "staging")["AWS_PROFILE"], "staging");
  });

  it("has the stand-ins before everything that is installed, the aws command first", () => {
    const [first, second] = (rehearsalVariables(paths)["PATH"] ?? "").split(path.delimiter);
    assert.equal(first, path.join(REPOSITORY, "sandbox", "rehearsal", "bin"));
    assert.equal(second, path.join(REPOSITORY, "sandbox", "plugins", "bin"));
  });

  it("names the files of this sandbox: the account, the API server and its tokens", () => {
    const variables = rehearsalVariables(paths);
    assert.equal(variables["CLUSTER_FLEET_AWS_STATE"], "/nowhere/sandbox/aws.json");
    assert.equal(variables["CLUSTER_FLEET_AWS_EKS_KUBECONFIG"], "/nowhere/sandbox/kubeconfig");
    assert.equal(variables["CLUSTER_FLEET_AWS_TOKENS"], "/nowhere/sandbox/pki/tokens.csv");
  });
});
