import * as assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { type JsonObject } from "../../sandbox/plugins/grpc/json";
import { InitFailed } from "../../sandbox/plugins/grpc/provider";
import { isSecret, secret, UNKNOWN } from "../../sandbox/plugins/grpc/struct";
import { type Api, ApiError, Unreachable } from "../../sandbox/plugins/kubernetes/client";
import { HelmReleases } from "../../sandbox/plugins/kubernetes/helm/releases";
import { settingsFrom } from "../../sandbox/plugins/kubernetes/settings";

const TYPE = "kubernetes:helm.sh/v3:Release";
const ABOUT = { urn: `urn:pulumi:s::p::${TYPE}::app`, name: "app", type: TYPE };
const KUBECONFIG = JSON.stringify({
  "current-context": "c",
  contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
  clusters: [{ name: "c", cluster: { server: "https://127.0.0.1:1" } }],
  users: [{ name: "u", user: { token: "t" } }],
});

/** Answers in place of helm, from files named by its first words; writes down how it was called. */
const HELM = `#!${process.execPath}
const { appendFileSync, existsSync, readFileSync } = require("node:fs");
const args = process.argv.slice(2);
const given = args.includes("-") ? readFileSync(0, "utf8") : "";
appendFileSync(__dirname + "/calls", JSON.stringify({ args, given }) + "\\n");
const answer = (name) => __dirname + "/" + name;
if (existsSync(__dirname + "/hangs")) {
  setTimeout(() => undefined, 60_000);
  process.on("SIGTERM", () => process.stderr.write("Error: cancelled", () => process.exit(1)));
  appendFileSync(__dirname + "/waiting", "");
}
const name = [args.slice(0, 2).join("-"), args[0]].find((each) => existsSync(answer(each)));
const [code, text] = name ? JSON.parse(readFileSync(answer(name), "utf8")) : [0, ""];
if (!existsSync(__dirname + "/hangs")) (code === 0 ? process.stdout : process.stderr).write(text);
process.exitCode = code;
`;

// What helm does for real is in test/engine/helm.test.ts.
describe("the Helm releases of the Kubernetes stand-in", () => {
  let folder: string;
  let requests: { method: string; path: string; body?: unknown }[];
  let logged: string[];
  let ended: AbortController;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "helm-"));
    writeFileSync(path.join(folder, "helm"), HELM, { mode: 0o755 });
    mkdirSync(path.join(folder, "demo"));
    writeFileSync(path.join(folder, "demo", "Chart.yaml"), "name: demo\nversion: 1.2.0\n");
    answers("template", 0, "apiVersion: v1\nkind: Secret\nmetadata: { name: a }\n");
    [requests, logged, ended] = [[], [], new AbortController()];
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function answers(command: string, code: number, text: string): void {
    writeFileSync(path.join(folder, command), JSON.stringify([code, text]));
  }

  const deployed = (status = "deployed", revision = 1) =>
    answers(
      "get-metadata",
      0,
      JSON.stringify({ chart: "demo", version: "1.2.0", appVersion: "4.5", revision, status }),
    );

  function calls(): { args: string[]; given: string }[] {
    const lines = readFileSync(path.join(folder, "calls"), "utf8").trim().split("\n");
    return lines.map((line) => JSON.parse(line) as { args: string[]; given: string });
  }

  function releases(env: NodeJS.ProcessEnv = { CLUSTER_FLEET_HELM: path.join(folder, "helm") }): HelmReleases {
    const api: Api = {
      request: (method, path, { body } = {}) => {
        requests.push({ method, path, ...(body === undefined ? {} : { body }) });
        if (path === "/version") return Promise.resolve({ gitVersion: "v1.36.3" });
        return method === "PATCH"
          ? Promise.resolve({})
          : Promise.reject(new ApiError("not found", 404, "NotFound", "configmaps"));
      },
    };
    const settings = settingsFrom({ kubeconfig: KUBECONFIG }, {});
    const cluster = { api, kinds: { find: () => Promise.resolve(undefined) } };
    const log = (severity: string, text: string) => void logged.push(`${severity}: ${text}`);
    return new HelmReleases({ settings, cluster, log, ended: ended.signal, env });
  }

  const inputs = (more: JsonObject = {}): JsonObject => ({
    name: "app",
    namespace: "apps",
    chart: path.join(folder, "demo"),
    version: "1.2.0",
    timeout: 60,
    values: { greeting: "hello", password: secret("hidden-word") },
    ...more,
  });

  const check = (news: JsonObject, olds: JsonObject = {}) => releases().check({ ...ABOUT, news, olds });

  it("render the chart for the cluster's version when they are checked, and keep secrets marked", async () => {
    const checked = (await check(inputs())).inputs;
    assert.match(String(checked["checksum"]), /^[0-9a-f]{64}$/);
    assert.deepEqual(checked["resourceNames"], { "Secret/v1": ["a"] });
    assert.equal(isSecret((checked["values"] as JsonObject)["password"]), true);
    const [{ args, given }] = calls() as [{ args: string[]; given: string }];
    assert.equal(args[args.indexOf("--kube-version") + 1], "v1.36.3");
    assert.deepEqual(JSON.parse(given), { greeting: "hello", password: "hidden-word" });
    assert.doesNotMatch(args.join(" "), /hidden-word/);
  });

  it("keep the checksum that the engine hands in for ignored changes, and an old one where nothing can be rendered", async () => {
    assert.equal((await check(inputs({ checksum: "old" }))).inputs["checksum"], "old");
    const unknown = await check(inputs({ values: { greeting: UNKNOWN } }), { checksum: "older" });
    assert.equal(unknown.inputs["checksum"], "older");
  });

  it("fail the check in helm's words without what is secret", async () => {
    const noise = "WARNING: Kubernetes configuration file\nError: bad hidden-word\n\nUse --debug flag to render out\n";
    answers("template", 1, noise);
    assert.deepEqual((await check(inputs())).failures, [{ property: "chart", reason: "bad [secret]" }]);
  });

  it("say that a cluster does not answer, rather than that the chart is bad", async () => {
    answers("template", 1, "Error: Kubernetes cluster unreachable: connection refused");
    await assert.rejects(check(inputs()), Unreachable);
  });

  it("are installed with their values on standard input, and change nothing in a preview", async () => {
    deployed();
    const previewed = await releases().create({ ...ABOUT, properties: inputs(), preview: true });
    assert.deepEqual([previewed, logged, requests], [{ properties: inputs() }, [], []]);
    const { id, properties } = await releases().create({ ...ABOUT, properties: inputs() });
    assert.equal(id, "apps/app");
    assert.deepEqual((properties["status"] as JsonObject)["status"], "deployed");
    assert.equal(isSecret(properties["__inputs"]), true);
    assert.deepEqual(calls()[0], {
      args: ["install", "app", path.join(folder, "demo"), "--namespace", "apps", "-f", "-", "--timeout", "60s"],
      given: JSON.stringify({ greeting: "hello", password: "hidden-word" }),
    });
  });

  it("that failed are kept with helm's words; those that helm did not make are not", async () => {
    answers("install", 1, "Error: INSTALLATION FAILED: it is refused");
    answers("get-metadata", 1, "Error: release: not found");
    await assert.rejects(releases().create({ ...ABOUT, properties: inputs() }), {
      message: 'Helm release "apps/app" was not made: INSTALLATION FAILED: it is refused',
    });
    deployed("failed");
    await assert.rejects(releases().create({ ...ABOUT, properties: inputs() }), (error: unknown) => {
      assert.ok(error instanceof InitFailed);
      const reason = 'Helm release "apps/app" has the status failed: INSTALLATION FAILED: it is refused';
      assert.deepEqual([error.id, error.reasons], ["apps/app", [reason]]);
      assert.equal((error.properties["status"] as JsonObject)["status"], "failed");
      return true;
    });
  });

  it("end helm in its own way when the user interrupts", async () => {
    writeFileSync(path.join(folder, "hangs"), "");
    const created = releases().create({ ...ABOUT, properties: inputs() });
    const rejected = assert.rejects(created, /was not made: cancelled$/);
    while (!existsSync(path.join(folder, "waiting"))) await new Promise((resolve) => setTimeout(resolve, 10));
    rmSync(path.join(folder, "hangs"));
    answers("get-metadata", 1, "Error: release: not found");
    ended.abort();
    await rejected;
  });

  it("that are atomic go back to the newest revision that worked, and say so if they cannot", async () => {
    deployed();
    answers("upgrade", 1, "Error: UPGRADE FAILED: it is refused");
    answers("rollback", 1, "Error: no way back");
    const statuses = ["superseded", "deployed", "failed"];
    answers("history", 0, JSON.stringify(statuses.map((status, index) => ({ revision: index + 1, status }))));
    const news = inputs({ atomic: true });
    await assert.rejects(releases().update({ ...ABOUT, id: "apps/app", olds: {}, oldInputs: {}, news }), {
      message:
        'Helm release "apps/app" has the status deployed: UPGRADE FAILED: it is refused\nIt cannot be undone: no way back',
    });
    const rollback = calls().find(({ args }) => args[0] === "rollback");
    assert.deepEqual(rollback?.args.slice(0, 3), ["rollback", "app", "2"]);
  });

  it("of charts that are not here are recorded, without their values, and said so each time", async () => {
    const remote = inputs({
      chart: "rancher",
      version: "2.15.0",
      repositoryOpts: { repo: "https://charts.example.com" },
    });
    await releases().create({ ...ABOUT, properties: remote, preview: true });
    const { properties } = await releases().create({ ...ABOUT, properties: remote });
    assert.deepEqual((properties["status"] as JsonObject)["status"], "recorded");
    const notice =
      "INFO: recorded, not installed: chart rancher 2.15.0 from https://charts.example.com as release apps/app. This " +
      "machine has no such chart: put it into a folder that CLUSTER_FLEET_CHARTS names, as rancher-2.15.0.";
    assert.deepEqual(logged, [notice, notice]);
    assert.deepEqual(requests, [
      {
        method: "PATCH",
        path: "/api/v1/namespaces/apps/configmaps/recorded-release.app",
        body: {
          apiVersion: "v1",
          kind: "ConfigMap",
          metadata: {
            name: "recorded-release.app",
            namespace: "apps",
            labels: { "cluster-fleet.io/recorded-release": "true" },
          },
          data: { release: "app", chart: "rancher", version: "2.15.0", repo: "https://charts.example.com" },
        },
      },
    ]);
  });

  it("are recorded as well where there is no helm", async () => {
    await releases({}).create({ ...ABOUT, properties: inputs() });
    assert.match(logged[0] ?? "", /as release apps\/app\. CLUSTER_FLEET_HELM names no helm\.$/);
  });

  it("are read as they are: other values and another version are drift, a release that is gone is gone", async () => {
    deployed();
    const read = () =>
      releases().read({ ...ABOUT, id: "apps/app", properties: {}, inputs: inputs({ version: "v1.2.0" }) });
    answers("get-values", 0, JSON.stringify({ password: "hidden-word", greeting: "hello" }));
    assert.deepEqual((await read()).inputs, inputs({ version: "v1.2.0" }));
    answers("get-values", 0, JSON.stringify({ password: "by-hand" }));
    assert.deepEqual((await read()).inputs?.["values"], { password: secret("by-hand") });
    answers("get-metadata", 0, JSON.stringify({ chart: "demo", version: "1.1.0", revision: 2, status: "deployed" }));
    assert.equal((await read()).inputs?.["version"], "1.1.0");
    answers("get-metadata", 1, "Error: release: not found");
    assert.deepEqual(await read(), {});
  });

  it("are uninstalled, and forgotten where they were recorded", async () => {
    await releases().delete({ ...ABOUT, id: "apps/app", properties: inputs(), oldInputs: {} });
    const wait = ["--ignore-not-found", "--wait", "--timeout", "60s"];
    assert.deepEqual(calls()[0]?.args, ["uninstall", "app", "--namespace", "apps", ...wait]);
    assert.deepEqual(requests, [{ method: "DELETE", path: "/api/v1/namespaces/apps/configmaps/recorded-release.app" }]);
  });
});
