import assert from "node:assert/strict";

import { PROJECT_FOLDER, PulumiError } from "../../../cli/pulumi";
import { NeverUp, stackContext } from "../../../cli/stack-context";

/** A stack whose Pulumi says what is given for the first words of each call. */
function stack(answers: Record<string, unknown>, configFile?: string) {
  const calls: string[] = [];
  const run = (args: readonly string[]) => {
    calls.push(args.join(" "));
    const answer = Object.entries(answers).find(([start]) => args.join(" ").startsWith(start))?.[1];
    return answer === undefined
      ? Promise.reject(new PulumiError(args, "no stack named 'prod' found"))
      : Promise.resolve(JSON.stringify(answer));
  };
  return { context: stackContext({ name: "prod", env: {}, run, configFile }), calls };
}

const OUTPUTS = {
  environment: "production",
  namespace: "production",
  management: { name: "sandbox", path: ".sandbox/kubeconfig", context: "admin" },
  clusters: ["a"],
  classes: ["c"],
  versions: { a: "v1.35.2" },
};

describe("a stack, as the commands see it", () => {
  it("has its configuration from the engine: its own keys alone, secrets by name only", async () => {
    const { context } = stack({
      "config --json": {
        "cluster-fleet:environment": { value: "production", secret: false },
        "cluster-fleet:clusters": { value: '{"a":{"version":"v1.35.2"}}', objectValue: {}, secret: false },
        "cluster-fleet:groups": { secret: true },
        "aws:region": { value: "us-west-2", secret: false },
        "aws:secretKey": { secret: true },
      },
    });
    assert.deepEqual(await context.config(), {
      raw: { environment: "production", clusters: { a: { version: "v1.35.2" } } },
      secretKeys: ["groups"],
    });
  });

  it("asks the engine once, with the configuration file that is in use", async () => {
    const { context, calls } = stack({ "config --json": {}, "stack output": OUTPUTS }, "/s/x.yaml");
    await Promise.all([context.config(), context.config(), context.outputs(), context.outputs()]);
    assert.deepEqual(calls, ["config --json --stack prod --config-file /s/x.yaml", "stack output --json --stack prod"]);
  });

  it("has the kubeconfig's path as seen from the project", async () => {
    const { management } = await stack({ "stack output": OUTPUTS }).context.outputs();
    assert.deepEqual(management, { name: "sandbox", path: `${PROJECT_FOLDER}/.sandbox/kubeconfig`, context: "admin" });
  });

  it("says so when it was never brought up", async () => {
    await assert.rejects(stack({ "stack output": {} }).context.outputs(), (error: Error) => {
      assert.ok(error instanceof NeverUp);
      assert.equal(error.message, "Stack prod has no outputs of cluster-fleet. Run pulumi up --stack prod first.");
      return true;
    });
  });

  it("passes the engine's own words on", async () => {
    await assert.rejects(stack({}).context.outputs(), {
      message: "`pulumi stack output --json --stack prod` failed:\nno stack named 'prod' found",
    });
  });
});
