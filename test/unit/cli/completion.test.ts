import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import * as path from "node:path";

import { complete } from "../../../cli/completion/complete";
import { completionScript } from "../../../cli/completion/script";
import { declaredClusters, declaredStacks } from "../../../cli/completion/stack-files";
import { temporaryFolder } from "../sandbox/temporary-folder";

describe("completion", () => {
  for (const [line, expected] of [
    ["stat", ["status"]],
    ["completion ", ["bash", "fish", "zsh"]],
    ["completion z", ["zsh"]],
    ["help stat", ["status"]],
    ["status --not", ["--not-ready"]],
    ["status --sta", ["--stack", "--stage"]],
    ["kubeconfig prod-", ["prod-us-east-1", "prod-us-west-2"]],
    ["kubeconfig --stack sandbox-staging ", ["staging-eu-west-1"]],
    ["kubeconfig -s sandbox-staging --json ", ["staging-eu-west-1"]],
    ["kubeconfig prod-us-east-1 ", []],
    ["status --stack sandbox-", ["sandbox-production", "sandbox-staging"]],
    ["--stack sandbox-staging stat", ["status"]],
    ["nonsense ", []],
    ["status ", []],
  ] as const) {
    it(`of \`fleet ${line}\` is ${expected.join(", ") || "nothing"}`, async () => {
      assert.deepEqual(await complete(line.split(" ")), expected);
    });
  }

  it("offers every command", async () => {
    const all = await complete([""]);
    for (const name of ["completion", "doctor", "help", "kubeconfig", "prune", "status"]) assert.ok(all.includes(name));
  });

  it("is silent about a stack file that cannot be read, and knows values that are wrapped", () => {
    const at = folder();
    writeFileSync(path.join(at, "Pulumi.broken.yaml"), "config: [");
    writeFileSync(path.join(at, "Pulumi.a.yaml"), "config: {cluster-fleet:clusters: {value: {one: {}}}}");
    writeFileSync(path.join(at, "Pulumi.b.yaml"), "config: {cluster-fleet:clusters: {two: {}}}");
    writeFileSync(path.join(at, "Pulumi.yaml"), "name: x");
    assert.deepEqual(declaredStacks(at).sort(), ["a", "b", "broken"]);
    assert.deepEqual(declaredClusters(undefined, at).sort(), ["one", "two"]);
    assert.deepEqual(declaredClusters("org/project/b", at), ["two"]);
  });
  const folder = temporaryFolder();

  it("loads nothing that is slow", function () {
    const script = `
      require("sucrase/register/ts");
      const { complete } = require("./cli/completion/complete");
      complete(["kubeconfig", "--stack", "sandbox-staging", ""]).then(() => {
        const slow = Object.keys(require.cache).filter((file) => /node_modules\\/(@kubernetes|@pulumi|zod)/.test(file));
        process.stdout.write(JSON.stringify(slow.slice(0, 3)));
      });`;
    assert.equal(execFileSync(process.execPath, ["-e", script], { encoding: "utf8" }), "[]");
  });

  it("is a script that quotes where it was started from", () => {
    for (const shell of ["bash", "zsh", "fish"] as const) {
      assert.match(
        completionScript(shell, ["/usr/bin/node", "/a b/cli.ts"]),
        /\/usr\/bin\/node '\/a b\/cli\.ts' __complete /,
      );
    }
  });

  it("works in bash", () => {
    const script = completionScript("bash", ["printf", "%s\\n"]);
    const use = `${script}
COMP_WORDS=(fleet kubeconfig "") COMP_CWORD=2
_cluster_fleet
printf '[%s]' "\${COMPREPLY[@]}"`;
    // With printf in the place of the program the words that it is given come back.
    assert.equal(execFileSync("bash", ["-c", use], { encoding: "utf8" }), "[__complete][kubeconfig]");
  });
});
