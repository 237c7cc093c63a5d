import assert from "node:assert/strict";

import { parseCommandLine } from "../../../sandbox/commands/arguments";
import { SandboxProblem } from "../../../sandbox/problem";

describe("the command line of the sandbox", () => {
  it("starts everything when no command is given", () => {
    assert.deepEqual(parseCommandLine([]), { command: "start", rest: [] });
  });

  it("takes a stack and passes what follows on to pulumi", () => {
    assert.deepEqual(parseCommandLine(["preview", "sandbox-staging", "--diff", "--target", "x"]), {
      command: "preview",
      subject: "sandbox-staging",
      rest: ["--diff", "--target", "x"],
    });
  });

  it("passes options on to pulumi when no stack is named", () => {
    assert.deepEqual(parseCommandLine(["up", "--diff"]), { command: "up", rest: ["--diff"] });
  });

  it("takes any name of a workload cluster", () => {
    assert.deepEqual(parseCommandLine(["kubeconfig", "prod"]), { command: "kubeconfig", subject: "prod", rest: [] });
  });

  it("takes a demo with its option", () => {
    const rest = ["--keep"];
    assert.deepEqual(parseCommandLine(["demo", "rollout", "--keep"]), { command: "demo", subject: "rollout", rest });
  });

  it("shows the help wherever it is asked for", () => {
    assert.deepEqual(parseCommandLine(["down", "--help"]), { command: "help", rest: [] });
    assert.deepEqual(parseCommandLine(["-h"]), { command: "help", rest: [] });
  });

  const end = "\n`npm run sandbox help` lists what there is.";
  const refusals: [string[], string][] = [
    [["prevew"], "Unknown command prevew. Did you mean `preview`?"],
    [["stauts"], "Unknown command stauts. Did you mean `status`?"],
    [
      ["kubectl-proxy"],
      "Unknown command kubectl-proxy. Known: start, status, up, preview, demo, down, logs, kubeconfig, env, help.",
    ],
    [["--yes"], "Unknown option --yes. Known: start, status, up, preview, demo, down, logs, kubeconfig, env, help."],
    [["up", "staging"], "Unknown stack staging. Did you mean `sandbox-staging`?"],
    [["logs", "etdc"], "Unknown log etdc. Did you mean `etcd`?"],
    [["status", "--json"], "`status` has no option --json."],
    [["down", "now"], "`down` has no argument now."],
    [["kubeconfig", "a", "b"], "`kubeconfig` has no argument b."],
    [["demo"], "Name a demo: `demo rollout`."],
    [["demo", "rollot"], "Unknown demo rollot. Did you mean `rollout`?"],
    [["demo", "rollout", "--yes"], "`demo` has no option --yes."],
    [["logs", "--follow"], "`logs` has no option --follow."],
  ];
  for (const [args, message] of refusals) {
    it(`refuses \`${args.join(" ")}\` as wrong usage`, () => {
      assert.throws(
        () => parseCommandLine(args),
        (error) => error instanceof SandboxProblem && error.exitCode === 2 && error.message === message + end,
      );
    });
  }
});
