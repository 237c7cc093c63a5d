import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";

import { COMMANDS } from "../../../cli/commands";
import { commandHelp, generalHelp } from "../../../cli/help";
import { run } from "../../../cli/run";

const NOWHERE = { PATH: "/nowhere", CLUSTER_FLEET_SANDBOX_DIR: "/nowhere/.sandbox" };

async function fleet(...args: string[]) {
  const written = { stdout: "", stderr: "" };
  const stream = (name: keyof typeof written) => ({ write: (text: string) => void (written[name] += text) });
  const code = await run(args, { stdout: stream("stdout"), stderr: stream("stderr"), env: {} });
  return { code, ...written };
}

describe("npm run fleet", () => {
  const userEnvironment = { ...process.env };
  beforeEach(() => void Object.assign(process.env, NOWHERE, { PULUMI_STACK: "", PULUMI_BACKEND_URL: "" }));
  afterEach(() => {
    process.env = { ...userEnvironment };
  });

  const POINTER = "`npm run fleet -- help` lists what there is.\n";

  for (const [args, stderr] of [
    [[], "No command was given.\n"],
    [["statsu"], "Unknown command statsu. Did you mean status?\n"],
    [["constructor"], "Unknown command constructor.\n"],
    [["status", "--jsn"], "status has no option --jsn. Did you mean --json?\n"],
    [["status", "--watch", "0"], "--watch takes 1 to 3600 seconds (got 0). Write --watch 5.\n"],
    [
      ["status"],
      "No stack was named. Add --stack STACK, set PULUMI_STACK, choose one with `pulumi stack select`, or start the " +
        "sandbox (npm run sandbox).\n",
    ],
  ] as const) {
    it(`exits with 2 and says what is wrong: ${args.join(" ")}`, async () => {
      assert.deepEqual(await fleet(...args), { code: 2, stdout: "", stderr: stderr + POINTER });
    });
  }

  it("exits with 1 and says what to do, without a stack trace, where there is no pulumi", async () => {
    assert.deepEqual(await fleet("status", "--stack", "s"), {
      code: 1,
      stdout: "",
      stderr:
        "pulumi is not on PATH. Install it (https://www.pulumi.com/docs/install), or use the sandbox's: " +
        'eval "$(npm run --silent sandbox env)".\n',
    });
  });

  it("exits with 1 from a doctor who finds no pulumi, and still says all he can", async () => {
    const { code, stdout, stderr } = await fleet("doctor", "--json");
    const { healthy, checks } = JSON.parse(stdout) as { healthy: boolean; checks: { check: string; result: string }[] };
    assert.deepEqual([code, healthy, stderr], [1, false, ""]);
    assert.deepEqual(
      checks.map(({ check, result }) => `${check} ${result}`),
      ["node ok", "pulumi failed", "plugins skipped", "stack failed"],
    );
  });

  for (const args of [["help"], ["--help"], ["-h"]]) {
    it(`explains itself: ${args.join(" ")}`, async () => {
      assert.deepEqual(await fleet(...args), { code: 0, stdout: `${await generalHelp()}\n`, stderr: "" });
    });
  }

  for (const args of [
    ["help", "status"],
    ["help", "--json", "status"],
    ["status", "--help"],
  ]) {
    it(`explains a command: ${args.join(" ")}`, async () => {
      const { code, stdout } = await fleet(...args);
      assert.equal(code, 0);
      assert.match(stdout, /^Usage: npm run fleet -- status \[OPTIONS\]\n/);
    });
  }

  it("explains everything within 100 columns", async () => {
    const commands = await Promise.all(Object.values(COMMANDS).map((load) => load()));
    for (const text of [await generalHelp(), ...commands.map(commandHelp)]) {
      for (const line of text.split("\n")) assert.ok(line.length <= 100, line);
    }
  });

  it("calls each command by the name of its entry", async () => {
    for (const [name, load] of Object.entries(COMMANDS)) assert.equal((await load()).name, name);
  });

  it("gives its exit code to the shell, and its words to the right stream", () => {
    const command = ["sandbox/with-typescript.cjs", "cli/main.ts", "statsu"];
    const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: "utf8", env: NOWHERE });
    assert.deepEqual([status, stdout], [2, ""]);
    assert.match(stderr, /^Unknown command statsu\./);
  });
});
