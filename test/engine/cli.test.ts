import * as assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { writeEnvironmentFile } from "../../sandbox/engine/environment-file";
import { type EngineRun } from "../../sandbox/engine/run";
import { REPOSITORY, sandboxPaths, toolsFolder } from "../../sandbox/layout";
import { createReport } from "../../sandbox/report";
import { findOrBuildTools } from "../../sandbox/tools/build";
import { cluster, fleetConfig, inOrder, succeeded } from "./fleets";
import { type CommandResult, withSandbox } from "./harness";
import { type TestStack } from "./test-stack";

const ENVIRONMENT = "cli";
interface Document {
  readonly ready: boolean;
  readonly clusters: readonly { readonly name: string; readonly class: string; readonly version: string }[];
}
interface Diagnosis {
  readonly healthy: boolean;
  readonly checks: readonly { readonly check: string; readonly result: string; readonly detail: string }[];
}

describe("npm run fleet, beside a real management cluster", function () {
  this.timeout(120_000);
  inOrder();
  const sandbox = withSandbox();
  let stack: TestStack;
  let folder: string;
  let emptyStack: Promise<EngineRun>;

  before("a stack with one small cluster", async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), "cf-cli-"));
    stack = sandbox().stack(ENVIRONMENT, fleetConfig(ENVIRONMENT, { small: cluster() }));
    succeeded(await stack.up());
    // While the cluster's machines start.
    emptyStack = sandbox().stack("cli-empty", fleetConfig("cli-empty", {})).up();
  });

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const fleet = (...args: string[]) =>
    sandbox().fleet(...args, "--stack", ENVIRONMENT, "--config-file", stack.configFile);

  it("waits until the fleet is ready: status --watch --expect-ready", async () => {
    const { code, stdout, stderr } = await fleet("status", "--watch", "1", "--expect-ready");
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /1 cluster, 1 available, 1 settled\n$/);
  });

  it("shows it, for people and for machines", async () => {
    const text = await fleet("status");
    assert.match(text.stdout, /^small +v1\.\d+\.\d+ +yes +yes +1\/1 +1\/1 +\d+[sm] +\S+ +in-memory-kubeadm$/m);
    const { code, stdout } = await fleet("status", "--json", "--expect-ready");
    const { ready, clusters } = JSON.parse(stdout) as Document;
    assert.deepEqual([code, ready, clusters.map((each) => each.name)], [0, true, ["small"]]);
  });

  it("exits with 3 where the answer is no: there is no cluster", async () => {
    succeeded(await emptyStack);
    assert.equal((await sandbox().fleet("status", "--expect-ready", "--stack", "cli-empty")).code, 3);
  });

  it("gives out a kubeconfig, as a file for its owner's eyes only", async () => {
    const file = path.join(folder, "kubeconfig");
    const { code, stderr } = await fleet("kubeconfig", "small", "--output", file);
    assert.equal(code, 0, stderr);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.match(readFileSync(file, "utf8"), /^ *server: https:\/\/\S+$/m);
    const { stdout } = await fleet("kubeconfig", "small", "--json");
    assert.equal((JSON.parse(stdout) as { kind: string }).kind, "Config");
  });

  it("names the clusters that there are where one is asked for that is not", async () => {
    const { code, stdout, stderr } = await fleet("kubeconfig", "smal");
    const message = "There is no cluster smal. Did you mean small? There are: small.\n";
    assert.deepEqual([code, stdout, stderr], [1, "", message]);
  });

  it("explains where values were set, by the files that the engine read", async () => {
    const { code, stdout, stderr } = await fleet("explain", "small");
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^version +"v1\.\d+\.\d+" +base +Pulumi\.yaml:\d+:\d+$/m);
    assert.match(stdout, /^region +"eu-west-1" +cluster +Pulumi\.cli\.yaml:\d+:\d+$/m);
    assert.match(stdout, /^paused +false +default$/m);
    const misspelt = await fleet("explain", "smal");
    const message = "smal: no cluster of that name is declared in cli. Did you mean small?\n";
    assert.deepEqual([misspelt.code, misspelt.stderr], [1, message]);
  });

  it("plans nothing where all is as declared, and tells each field that an edit would change", async () => {
    const quiet = await fleet("plan", "--expect-no-changes");
    assert.deepEqual([quiet.code, quiet.stdout], [0, "cli\nNothing changes; as declared: 1 cluster.\n"], quiet.stderr);
    const edited = { ...cluster({ workers: 2 }), labels: { team: "shop" } };
    stack.configure(fleetConfig(ENVIRONMENT, { small: edited, second: cluster() }));
    const { code, stdout } = await fleet("plan", "--expect-no-changes");
    stack.configure(fleetConfig(ENVIRONMENT, { small: cluster() }));
    assert.equal(code, 3);
    assert.deepEqual(
      stdout.split("\n").map((line) => line.replaceAll(/ +/g, " ").trim()),
      [
        "cli",
        "ACTION OBJECT CHANGE",
        "create second",
        "change small workers.default.replicas 1 -> 2",
        'labels["team"] (none) -> shop',
        "Unchanged: 0 clusters.",
        "",
      ],
    );
  });

  it("finds everything in order: doctor", async () => {
    const { code, stdout } = await fleet("doctor", "--json");
    const { healthy, checks } = JSON.parse(stdout) as Diagnosis;
    const others = checks.filter(({ result }) => result !== "ok").map(({ check, result }) => `${check} ${result}`);
    assert.deepEqual([code, healthy, others], [0, true, ["aws unchecked"]], stdout);
  });

  it("says what is wrong where the management API does not answer, and looks at all the rest", async () => {
    const { code, stdout } = await withKubeconfig((text) => text.replace(/(server: https:\/\/[^:]+):\d+/, "$1:1"));
    const { checks } = JSON.parse(stdout) as Diagnosis;
    assert.equal(code, 1);
    assert.match(detailOf(checks, "management"), /does not answer \(connect ECONNREFUSED /);
    assert.deepEqual(
      checks.filter(({ result }) => result === "failed" || result === "skipped").map(({ check }) => check),
      ["management", "credentials", "kubernetes", "cluster-api", "webhooks", "write-access"],
    );
  });

  it("names the rights that are missing", async () => {
    const { code, stdout } = await withKubeconfig((text) => text.replace(/(user: \{ token: \S+)/, "$1, as: nobody"));
    const { checks } = JSON.parse(stdout) as Diagnosis;
    assert.equal(code, 1);
    assert.equal(detailOf(checks, "credentials"), "as nobody");
    assert.match(detailOf(checks, "write-access"), /^may not get, create, patch, delete namespaces; /);
    assert.deepEqual(
      checks.filter(({ result }) => result === "failed").map(({ check }) => check),
      ["write-access"],
    );
  });

  it("works in any shell while a sandbox runs, with nothing set", async () => {
    const paths = sandboxPaths(path.dirname(sandbox().kubeconfig));
    const tools = await findOrBuildTools(toolsFolder(), createReport(process.stderr));
    writeEnvironmentFile(paths, tools.file("pulumi"), [{ name: ENVIRONMENT, configFile: stack.configFile }]);
    const plain = { PATH: path.dirname(process.execPath), HOME: folder, CLUSTER_FLEET_SANDBOX_DIR: paths.root };
    const { code, stdout, stderr } = await run(["status", "--json"], plain);
    assert.equal(code, 0, stderr);
    assert.deepEqual(
      (JSON.parse(stdout) as Document).clusters.map(({ name }) => name),
      ["small"],
    );
  });

  /** The doctor, for a stack file that names a kubeconfig with something changed. */
  async function withKubeconfig(change: (text: string) => string): Promise<CommandResult> {
    const original = readFileSync(sandbox().kubeconfig, "utf8");
    const kubeconfig = path.join(folder, "changed-kubeconfig");
    writeFileSync(kubeconfig, change(original));
    assert.notEqual(readFileSync(kubeconfig, "utf8"), original);
    const configFile = path.join(folder, "Pulumi.changed.yaml");
    writeFileSync(configFile, readFileSync(stack.configFile, "utf8").replaceAll(sandbox().kubeconfig, kubeconfig));
    return sandbox().fleet("doctor", "--json", "--stack", ENVIRONMENT, "--config-file", configFile);
  }
});

function detailOf(checks: Diagnosis["checks"], name: string): string {
  return checks.find(({ check }) => check === name)?.detail ?? "";
}

function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<CommandResult> {
  const command = [path.join("sandbox", "with-typescript.cjs"), path.join("cli", "main.ts"), ...args];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, command, { cwd: REPOSITORY, env }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? 1, stdout, stderr }),
    );
  });
}
