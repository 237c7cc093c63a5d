import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { STAND_IN_FOLDER } from "../../sandbox/plugins/choose";
import { type JsonObject } from "../../sandbox/plugins/grpc/json";
import { connect } from "../../sandbox/plugins/kubernetes/cluster";
import { objectPath } from "../../sandbox/plugins/kubernetes/discovery";
import { apiVersionOf, kindOf, nameOf, namespaceOf } from "../../sandbox/plugins/kubernetes/objects";
import { settingsFrom } from "../../sandbox/plugins/kubernetes/settings";
import { withSandbox } from "./harness";
import { recordedClass } from "./programs/recording/class";
import { byCall, type Call, comparable, readCalls } from "./programs/recording/compare";

const PROGRAM = path.join(__dirname, "programs", "recording");
const RECORDINGS = path.join(__dirname, "..", "plugins", "recordings");
const REPOSITORY = path.join(__dirname, "..", "..");

/** Where the recorded program has `production`; another name, so that a shared sandbox keeps its own. */
const FLEET = "recording-fleet";

const up = ["up", "--yes", "--skip-preview"];

interface Step {
  file: string;
  step: number;
  command: string[];
  fails?: boolean;
  before?: () => Promise<void>;
}

describe("the Kubernetes stand-in in the engine, beside the recordings of the official provider", function () {
  this.timeout(180_000);
  this.bail(true);
  const sandbox = withSandbox();
  let folder: string;

  const steps: Step[] = [
    { file: "01-preview-create", step: 1, command: ["preview"] },
    { file: "02-create", step: 1, command: up },
    { file: "03-preview-unchanged", step: 1, command: ["preview"] },
    { file: "04-preview-update", step: 2, command: ["preview"] },
    { file: "05-update", step: 2, command: up },
    { file: "06-add", step: 3, command: up },
    { file: "07-rename-replaces", step: 4, command: up },
    {
      file: "08-refresh-finds-drift",
      step: 4,
      command: ["refresh", "--preview-only"],
      before: () => write("PATCH", configMap("named", { value: "edited by hand" })),
    },
    { file: "09-up-with-refresh-corrects", step: 4, command: [...up, "--refresh"] },
    { file: "10-preview-admission-denied", step: 5, command: ["preview"], fails: true },
    { file: "11-delete-cluster", step: 6, command: up },
    {
      file: "12-already-exists",
      step: 7,
      command: up,
      fails: true,
      before: () => write("POST", configMap("clash", {})),
    },
    { file: "13-destroy", step: 7, command: ["destroy", "--yes", "--skip-preview"] },
  ];

  before(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "recording-"));
    for (const file of ["Pulumi.yaml", "index.ts", "package.json", "tsconfig.json"]) {
      fs.copyFileSync(path.join(PROGRAM, file), path.join(folder, file));
    }
    fs.symlinkSync(path.join(REPOSITORY, "node_modules"), path.join(folder, "node_modules"));
    fs.mkdirSync(path.join(folder, "state"));
    for (const object of recordedClass(FLEET)) await write("POST", object as unknown as JsonObject);
    await pulumi(["stack", "init", "rec"]);
    await pulumi(["config", "set", "kubeconfig", sandbox().kubeconfig]);
    await pulumi(["config", "set", "fleetNamespace", FLEET]);
  });

  after(async () => {
    await write("DELETE", { apiVersion: "v1", kind: "Namespace", metadata: { name: FLEET } });
    fs.rmSync(folder, { recursive: true });
  });

  for (const { file, step, command, fails = false, before } of steps) {
    it(`answers as recorded: ${file}`, async () => {
      await before?.();
      await pulumi(["config", "set", "step", String(step)]);
      const calls = path.join(folder, `${file}.jsonl`);
      const run = await pulumi(command, calls, fails);
      assert.equal(run.code !== 0, fails, run.stdout + run.stderr);

      const kubeconfig = sandbox().kubeconfig;
      const recorded = byCall(readCalls(path.join(RECORDINGS, `${file}.jsonl`), { production: FLEET }));
      const ours = byCall(readCalls(calls, { [kubeconfig]: "<KUBECONFIG>" }));
      // A failing run stops other work when it fails, earlier or later: only what both runs reached is compared.
      const names = fails ? [...recorded.keys()].filter((name) => ours.has(name)) : [...recorded.keys()];
      assert.ok(names.length > 0);
      if (!fails) assert.deepEqual([...ours.keys()].sort(), [...names].sort());
      for (const name of names) {
        const compare = (all: Map<string, Call[]>) => (all.get(name) ?? []).map(comparable);
        assert.deepEqual(compare(ours), compare(recorded), name);
      }
      if (fails) {
        const failed = [...recorded].filter(([, all]) => all.some((call) => call.errors)).map(([name]) => name);
        assert.deepEqual(
          failed.filter((name) => !ours.has(name)),
          [],
          "the call that fails was made",
        );
      }
    });
  }

  it("waited for the Cluster's condition before it was done", () => {
    const created = byCall(readCalls(path.join(folder, "02-create.jsonl"), {})).get("Create cluster") ?? [];
    const status = (created[0]?.response?.["properties"] as JsonObject)["status"] as JsonObject;
    const conditions = status["conditions"] as JsonObject[];
    assert.equal(conditions.find(({ type }) => type === "TopologyReconciled")?.["status"], "True");
  });

  async function pulumi(args: string[], calls?: string, fails = false) {
    const env = {
      PATH: [STAND_IN_FOLDER, process.env["PATH"]].join(path.delimiter),
      PULUMI_BACKEND_URL: `file://${path.join(folder, "state")}`,
      ...(calls ? { CLUSTER_FLEET_RECORD_CALLS: calls } : {}),
    };
    const run = await sandbox().pulumi([...args, "--non-interactive"], { cwd: folder, env });
    if (!fails) assert.equal(run.code, 0, run.stdout + run.stderr);
    return run;
  }

  async function write(method: "POST" | "PATCH" | "DELETE", object: JsonObject): Promise<void> {
    const { api, kinds } = connect(settingsFrom({ kubeconfig: sandbox().kubeconfig }, {}));
    const resource = await kinds.find(apiVersionOf(object), kindOf(object));
    assert.ok(resource, `the sandbox has ${kindOf(object)}`);
    const target = objectPath(resource, namespaceOf(object), method === "POST" ? "" : nameOf(object));
    await api.request(method, target, {
      ...(method === "DELETE" ? {} : { body: object }),
      ...(method === "PATCH" ? { contentType: "application/merge-patch+json" } : {}),
    });
  }
});

function configMap(name: string, data: JsonObject): JsonObject {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "recording" }, data };
}
