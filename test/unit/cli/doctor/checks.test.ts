import assert from "node:assert/strict";

import { CliError } from "../../../../cli/errors";
import { failed, failedAs, ok, type Outcome, runChecks } from "../../../../cli/doctor/check";
import { managementChecks, type ManagementProbes } from "../../../../cli/doctor/management-checks";
import { isHealthy, reportDoctor } from "../../../../cli/doctor/report";
import { stackChecks, type StackProbes } from "../../../../cli/doctor/stack-checks";
import { PulumiError } from "../../../../cli/pulumi";
import { wrap } from "../../../../cli/wrap";
import { type Access } from "../../../../live/access";
import { memoryOutput } from "../memory-output";

const resolved = <T>(value: T) => Promise.resolve(value);
const results = (outcomes: readonly Outcome[]) =>
  Object.fromEntries(outcomes.map(({ name, result }) => [name, result]));

const HEALTHY: StackProbes = {
  stack: "s",
  whoAmI: () => resolved({ user: "me", url: "file:///state" }),
  state: () => resolved({ resources: 3, pendingOperations: 0 }),
  locks: () => resolved([]),
  secretsProvider: () => "passphrase",
  tryEncrypt: () => resolved(undefined),
  configurationProblems: () => resolved({ clusters: 2, problems: [] }),
  file: { name: "Pulumi.s.yaml", exists: true },
};

const ACCESS: Access = {
  version: () => resolved("v1.35.2"),
  user: () => resolved("admin"),
  groups: () => resolved(new Map([["cluster.x-k8s.io", ["v1beta2"]]])),
  webhooks: (groups) => resolved(groups.map((group) => ({ group, webhooks: 1, withoutCa: [] }))),
  denied: () => resolved([]),
};

const REACHED: ManagementProbes = {
  kind: () => resolved("kubeconfig"),
  server: () => resolved("https://127.0.0.1:6443"),
  access: () => resolved(ACCESS),
  environment: () => resolved({ namespace: "production", families: ["plain"], privateReach: false }),
};

describe("running the doctor's checks", () => {
  it("runs all of them, and skips what depends on a failed one, saying so", async () => {
    const outcomes = await runChecks([
      { name: "a", run: () => resolved(failed("broken", "Mend it.")) },
      { name: "b", needs: ["a"], run: () => resolved(ok("unseen")) },
      { name: "c", needs: ["b"], run: () => resolved(ok("unseen")) },
      { name: "d", run: () => resolved(ok("fine")) },
    ]);
    assert.deepEqual(outcomes, [
      { name: "a", result: "failed", detail: "broken", remedy: "Mend it." },
      { name: "b", result: "skipped", detail: "a failed" },
      { name: "c", result: "skipped", detail: "b was skipped" },
      { name: "d", result: "ok", detail: "fine" },
    ]);
  });

  it("takes an error for a failure of its check", async () => {
    const run = () => Promise.reject(new Error("Out of luck. Try again."));
    assert.deepEqual(await runChecks([{ name: "a", run }]), [
      { name: "a", result: "failed", detail: "Out of luck", remedy: "Try again." },
    ]);
  });

  it("takes what to do from an error's second sentence, past addresses and figures", () => {
    assert.deepEqual(failedAs("https://127.0.0.1:1 does not answer (v1.2.3). Start it. Then go on."), {
      result: "failed",
      detail: "https://127.0.0.1:1 does not answer (v1.2.3)",
      remedy: "Start it. Then go on.",
    });
  });
});

describe("the doctor's checks of a stack", () => {
  const check = (changes: Partial<StackProbes>) => runChecks(stackChecks({ ...HEALTHY, ...changes }));
  const found = async (name: string, changes: Partial<StackProbes>) =>
    (await check(changes)).find((outcome) => outcome.name === name);

  it("find a healthy stack healthy", async () => {
    assert.ok((await check({})).every(({ result }) => result === "ok"));
  });

  it("look at nothing behind a backend that refuses", async () => {
    const whoAmI = () => Promise.reject(new PulumiError(["whoami"], "PULUMI_ACCESS_TOKEN must be set\nfor login"));
    const outcomes = await check({ whoAmI });
    assert.deepEqual(outcomes[0], {
      name: "backend",
      result: "failed",
      detail: "PULUMI_ACCESS_TOKEN must be set for login",
      remedy:
        "Log in: pulumi login; in CI set PULUMI_ACCESS_TOKEN, or PULUMI_BACKEND_URL and the credentials of its bucket.",
    });
    assert.ok(outcomes.slice(1).every(({ result }) => result === "skipped"));
  });

  it("name the stack that is not there", async () => {
    const state = () => Promise.reject(new PulumiError(["stack"], "no stack named 's' found"));
    assert.deepEqual(await found("stack", { state }), {
      name: "stack",
      result: "failed",
      detail: "no stack named 's' found",
      remedy: "Create it: pulumi stack init s; or log in to the backend that has it.",
    });
  });

  it("say whose engine and backend are in use, where they are the sandbox's", async () => {
    assert.equal(
      (await found("backend", { sandboxFile: ".sandbox/environment.json" }))?.detail,
      "file:///state, as me; the sandbox's, from .sandbox/environment.json",
    );
  });

  it("go on past a secrets provider that cannot be used", async () => {
    const tryEncrypt = () => Promise.reject(new CliError("incorrect passphrase"));
    const { secrets, configuration } = results(await check({ tryEncrypt }));
    assert.deepEqual([secrets, configuration], ["failed", "ok"]);
  });

  it("count the problems of the configuration and name the first", async () => {
    const configurationProblems = () => resolved({ clusters: 0, problems: ["environment: is missing. Set it.", "x"] });
    assert.deepEqual(await found("configuration", { configurationProblems }), {
      name: "configuration",
      result: "failed",
      detail: "Pulumi.s.yaml has 2 problems: environment: is missing. Set it; and 1 more",
      remedy:
        "All of them, with their places: npm run fleet -- plan --stack s. Values and their origins: fleet explain.",
    });
  });

  it("miss a stack file", async () => {
    assert.deepEqual(await found("configuration", { file: { name: "Pulumi.s.yaml", exists: false } }), {
      name: "configuration",
      result: "failed",
      detail: "Pulumi.s.yaml is not there",
      remedy: "Write it (docs/configuration.md), or name it with --config-file.",
    });
  });
});

describe("the doctor's checks of a management cluster", () => {
  const check = (changes: Partial<ManagementProbes>) => runChecks(managementChecks({ ...REACHED, ...changes }));

  it("find a healthy one healthy", async () => {
    const { aws, ...others } = results(await check({}));
    assert.equal(aws, "unchecked");
    assert.ok(Object.values(others).every((result) => result === "ok"));
  });

  it("look at nothing behind an API server that does not answer", async () => {
    const error = new Error("The management cluster at https://x does not answer (timeout). Check that it runs.");
    error.name = "ManagementClusterError";
    const outcomes = await check({ server: () => Promise.reject(error) });
    assert.deepEqual(outcomes[0], {
      name: "management",
      result: "failed",
      detail: "The management cluster at https://x does not answer (timeout)",
      remedy: "Check that it runs.",
    });
    assert.ok(outcomes.slice(1, -1).every(({ result }) => result === "skipped"));
  });

  it("say which stack has to build it first", async () => {
    const error = new CliError("Stack o/p/management has not built its management cluster yet. Run pulumi up first.");
    const outcomes = await check({ kind: () => resolved("stack"), server: () => Promise.reject(error) });
    assert.deepEqual(outcomes[0], {
      name: "management",
      result: "failed",
      detail: "Stack o/p/management has not built its management cluster yet",
      remedy: "Run pulumi up first.",
    });
  });

  it("want no rights on namespaces beside a management cluster of another stack", async () => {
    const asked = async (kind: string) => {
      const resources: string[] = [];
      const denied: Access["denied"] = (questions) => {
        resources.push(...questions.map(({ resource }) => resource));
        return resolved([]);
      };
      await check({ kind: () => resolved(kind), access: () => resolved({ ...ACCESS, denied }) });
      return resources.includes("namespaces");
    };
    assert.deepEqual([await asked("kubeconfig"), await asked("stack")], [true, false]);
  });

  it("ask for a management cluster where none is named", async () => {
    assert.equal((await check({ kind: () => resolved(undefined) }))[0]?.result, "failed");
  });
});

describe("the doctor's report", () => {
  const outcomes: Outcome[] = [
    { name: "node", result: "ok", detail: "v20.19.0" },
    { name: "write-access", result: "failed", detail: "may not ".repeat(30).trim(), remedy: "Ask for it. ".repeat(20) },
    { name: "aws", result: "unchecked", detail: `/${"long".repeat(40)}` },
    { name: "lock", result: "warning", detail: "locked", remedy: "Wait." },
  ];
  const examined = [{ stack: "production", outcomes }];

  it("fits 100 columns, with the remedy below", () => {
    const { out, stdout } = memoryOutput();
    reportDoctor(examined, out);
    const lines = stdout().split("\n");
    for (const line of lines) assert.ok(line.length <= 100, line);
    assert.equal(lines[1], "  node           ok           v20.19.0");
    assert.ok(lines.includes("                              -> Wait."));
    assert.equal(lines.at(-2), "1 failed, 1 warning.");
  });

  it("is a list of checks as JSON", () => {
    const { out, stdout } = memoryOutput({ json: true });
    reportDoctor(
      [
        { stack: undefined, outcomes: outcomes.slice(0, 1) },
        { stack: "s", outcomes: outcomes.slice(3) },
      ],
      out,
    );
    assert.deepEqual(JSON.parse(stdout()), {
      healthy: true,
      checks: [
        { stack: null, check: "node", result: "ok", detail: "v20.19.0", remedy: null },
        { stack: "s", check: "lock", result: "warning", detail: "locked", remedy: "Wait." },
      ],
    });
  });

  it("is healthy with warnings, not with failures", () => {
    assert.equal(isHealthy([{ stack: "s", outcomes: outcomes.slice(2) }]), true);
    assert.equal(isHealthy(examined), false);
  });

  it("breaks between words, and within one that is too long", () => {
    assert.deepEqual(wrap("a bc " + "x".repeat(25), 20), ["a bc", "x".repeat(20), "xxxxx"]);
  });
});
