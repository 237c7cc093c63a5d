import assert from "node:assert/strict";

import { locator } from "../../../../fleet/config/positions";

const STACK = `config:
  cluster-fleet:environment: staging
  cluster-fleet:clusters:
    a:
      version: v1.35.2
      workers: { default: { replicas: 3 } }
    b: {}
  cluster-fleet:decommission: [a, b]
  plain: 1
`;
const PROJECT = `name: cluster-fleet
config:
  cluster-fleet:base:
    value:
      region: eu-west-1
`;
const RAW = {
  environment: "staging",
  clusters: { a: { version: "v1.35.2", workers: { default: { replicas: 3 } } }, b: {} },
  decommission: ["a", "b"],
  base: { region: "eu-west-1" },
  plain: 1,
};
const ELSEWHERE = "set outside the stack file: by --config, --config-file or an ESC environment";

function locate(path: (string | number)[], raw: object = RAW): string | undefined {
  const files = [
    { name: "Pulumi.staging.yaml", text: STACK },
    { name: "Pulumi.yaml", text: PROJECT },
  ];
  return locator(raw as Record<string, unknown>, () => files)(path);
}

describe("the place of a value", () => {
  it("is its key in the stack file", () => {
    assert.equal(locate(["environment"]), "Pulumi.staging.yaml:2:3");
    assert.equal(locate(["clusters", "a", "version"]), "Pulumi.staging.yaml:5:7");
    assert.equal(locate(["clusters", "a", "workers", "default", "replicas"]), "Pulumi.staging.yaml:6:29");
  });

  it("is the entry of a list", () => {
    assert.equal(locate(["decommission", 1]), "Pulumi.staging.yaml:8:35");
  });

  it("is found under value in the project file", () => {
    assert.equal(locate(["base", "region"]), "Pulumi.yaml:5:7");
  });

  it("is found for a key that is written without its namespace", () => {
    assert.equal(locate(["plain"]), "Pulumi.staging.yaml:9:3");
  });

  it("is what should hold it, where a value is missing", () => {
    assert.equal(locate(["clusters", "b", "region"]), "Pulumi.staging.yaml:7:5");
  });

  it("is nowhere where nothing of the path exists", () => {
    assert.equal(locate(["peers", 0]), undefined);
  });

  it("is not the file's where the engine has another value", () => {
    assert.equal(locate(["environment"], { environment: "other" }), ELSEWHERE);
  });

  it("is not the file's where only the engine has the value", () => {
    assert.equal(locate(["classes"], { classes: {} }), ELSEWHERE);
  });

  it("reads no file until it is asked for a place", () => {
    let reads = 0;
    const find = locator(RAW, () => {
      reads += 1;
      return [];
    });
    assert.equal(reads, 0);
    find(["environment"]);
    find(["base"]);
    assert.equal(reads, 1);
  });
});
