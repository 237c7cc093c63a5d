import * as assert from "node:assert/strict";
import * as path from "node:path";

import { REPOSITORY, sandboxPaths } from "../../../../sandbox/layout";
import { rehearsalVariables } from "../../../../sandbox/rehearsal/environment";
import { temporaryFolder } from "../temporary-folder";

describe("the environment of a rehearsal", () => {
  const folder = temporaryFolder();
  const paths = () => sandboxPaths(folder());
  const given = {
    AWS_ACCESS_KEY_ID: "own",
    AWS_PROFILE: "own",
    AWS_CONFIG_FILE: "own",
    CLUSTER_FLEET_CHARTS: "/own/charts",
  };
  const before = Object.keys(given).map((name) => [name, process.env[name]] as const);

  beforeEach(() => Object.assign(process.env, given));
  afterEach(() => {
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  });

  it("lets nothing of the user's AWS set-up through", () => {
    const variables = rehearsalVariables(paths());
    const names = Object.keys(given).filter((name) => name.startsWith("AWS_"));
    for (const name of names) assert.ok(name in variables && variables[name] === undefined, name);
    assert.equal(rehearsalVariables(paths(), "staging")["AWS_PROFILE"], "staging");
  });

  it("has the stand-ins before everything that is installed, the aws command first", () => {
    const [first, second] = (rehearsalVariables(paths())["PATH"] ?? "").split(path.delimiter);
    assert.equal(first, path.join(REPOSITORY, "sandbox", "rehearsal", "bin"));
    assert.equal(second, path.join(REPOSITORY, "sandbox", "plugins", "bin"));
  });

  it("names the files of this sandbox: the account, the API server and its tokens", () => {
    const variables = rehearsalVariables(paths());
    assert.equal(variables["CLUSTER_FLEET_AWS_STATE"], path.join(folder(), "aws.json"));
    assert.equal(variables["CLUSTER_FLEET_AWS_EKS_KUBECONFIG"], path.join(folder(), "kubeconfig"));
    assert.equal(variables["CLUSTER_FLEET_AWS_TOKENS"], path.join(folder(), "pki", "tokens.csv"));
  });

  it("has charts of the user's first, and stand-ins for charts last", () => {
    const charts = (rehearsalVariables(paths())["CLUSTER_FLEET_CHARTS"] ?? "").split(path.delimiter);
    assert.equal(charts[0], "/own/charts");
    assert.equal(charts.at(-1), path.join(folder(), "config", "charts"));
  });
});
