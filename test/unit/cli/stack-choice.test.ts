import assert from "node:assert/strict";

import { UsageError } from "../../../cli/errors";
import { PROJECT_FOLDER } from "../../../cli/pulumi";
import { type SandboxEnvironment } from "../../../cli/sandbox-environment";
import { chooseStacks, type Surroundings, type Wish } from "../../../cli/stack-choice";

const SANDBOX: SandboxEnvironment = {
  file: "/clone/.sandbox/environment.json",
  env: { PULUMI_BACKEND_URL: "file:///sandbox", OF: "sandbox" },
  backend: "file:///sandbox",
  stacks: [{ name: "sandbox-production" }, { name: "sandbox-staging", configFile: "/s/Pulumi.sandbox-staging.yaml" }],
};

async function choose(wish: Wish, surroundings: Partial<Surroundings> = {}) {
  const none = { env: {}, sandbox: undefined, selected: () => Promise.resolve(undefined) };
  const stacks = await chooseStacks(wish, { ...none, ...surroundings });
  return stacks.map(({ name, ofSandbox, env }) => `${name} ${ofSandbox ? "sandbox" : "own"} ${env["OF"] ?? "-"}`);
}

describe("which stack", () => {
  const env = (PULUMI_STACK?: string, PULUMI_BACKEND_URL?: string) => ({
    PULUMI_STACK,
    PULUMI_BACKEND_URL,
    OF: "user",
  });
  const selected = () => Promise.resolve("chosen");

  it("is the one of --stack before all others", async () => {
    assert.deepEqual(await choose({ stack: "named" }, { env: env("variable"), selected }), ["named own user"]);
  });

  it("is that of $PULUMI_STACK before the selected one", async () => {
    assert.deepEqual(await choose({}, { env: env("variable"), selected }), ["variable own user"]);
  });

  it("is the selected one before the sandbox's", async () => {
    assert.deepEqual(await choose({}, { env: env(), selected, sandbox: SANDBOX }), ["chosen own user"]);
  });

  it("is all of the sandbox's where nothing else says so, with its own environment", async () => {
    assert.deepEqual(await choose({}, { env: env(), sandbox: SANDBOX }), [
      "sandbox-production sandbox sandbox",
      "sandbox-staging sandbox sandbox",
    ]);
  });

  it("is the sandbox's with its environment when it is named", async () => {
    assert.deepEqual(await choose({ stack: "sandbox-staging" }, { env: env(), sandbox: SANDBOX }), [
      "sandbox-staging sandbox sandbox",
    ]);
  });

  it("is another one with the user's environment, though a sandbox runs", async () => {
    assert.deepEqual(await choose({ stack: "production" }, { env: env(), sandbox: SANDBOX }), ["production own user"]);
  });

  it("is sought in the user's backend where they name one", async () => {
    const surroundings = { env: env("sandbox-staging", "s3://bucket"), sandbox: SANDBOX };
    assert.deepEqual(await choose({}, surroundings), ["sandbox-staging own user"]);
  });

  it("is all of the sandbox's in a shell that is set for the sandbox", async () => {
    const stacks = await choose({}, { env: env(undefined, "file:///sandbox"), sandbox: SANDBOX });
    assert.equal(stacks.length, 2);
  });

  for (const [what, surroundings] of [
    ["without a sandbox", {}],
    ["with a sandbox, in a shell that names another backend", { env: env(undefined, "s3://bucket"), sandbox: SANDBOX }],
  ] as const) {
    it(`has to be named ${what}`, async () => {
      await assert.rejects(
        choose({}, surroundings),
        new UsageError(
          "No stack was named. Add --stack STACK, set PULUMI_STACK, choose one with `pulumi stack select`, or start the " +
            "sandbox (npm run sandbox).",
        ),
      );
    });
  }

  it("has to be named for --config-file", async () => {
    await assert.rejects(
      choose({ configFile: "x.yaml" }, { sandbox: SANDBOX }),
      new UsageError("--config-file is one stack's. Add --stack STACK."),
    );
  });

  it("has the configuration of --config-file, as seen from where npm was called; else the sandbox's; else its own", async () => {
    const file = async (wish: Wish) => {
      const surroundings = { env: { INIT_CWD: "/home/me" }, sandbox: SANDBOX, selected };
      return (await chooseStacks(wish, surroundings))[0]!.files.stack;
    };
    assert.equal(await file({ stack: "sandbox-staging", configFile: "a.yaml" }), "/home/me/a.yaml");
    assert.equal(await file({ stack: "sandbox-staging" }), "/s/Pulumi.sandbox-staging.yaml");
    assert.equal(await file({ stack: "org/cluster-fleet/prod" }), `${PROJECT_FOLDER}/Pulumi.prod.yaml`);
  });
});
