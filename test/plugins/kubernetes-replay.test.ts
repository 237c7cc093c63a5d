import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { type Provider } from "../../sandbox/plugins/grpc/provider";
import { type Cluster } from "../../sandbox/plugins/kubernetes/cluster";
import { KubernetesProvider } from "../../sandbox/plugins/kubernetes/provider";

// What the official provider answered: see sandbox/plugins/README.md. Create, Update, Read and Delete need a cluster and
// are compared in test/engine/kubernetes-recordings.test.ts.
const FOLDER = path.join(__dirname, "recordings");

interface Call {
  method: string;
  request: never;
  response?: unknown;
}

const KINDS: Record<string, boolean> = { Cluster: true, ConfigMap: true, Namespace: false, Secret: true };

const cluster: Cluster = {
  api: { request: () => Promise.reject(new Error("a replay asks no cluster")) },
  kinds: {
    find: (apiVersion, kind) =>
      Promise.resolve({ apiVersion, kind, plural: `${kind.toLowerCase()}s`, namespaced: KINDS[kind] === true }),
  },
};

const ANSWERED: Record<string, (provider: Provider, request: never) => Promise<unknown>> = {
  CheckConfig: (provider, request) => provider.checkConfig(request),
  DiffConfig: (provider, request) => provider.diffConfig(request),
  Configure: (provider, request) => provider.configure(request),
  Check: (provider, request) => provider.check(request),
  Diff: (provider, request) => provider.diff(request),
};

function callsOf(file: string): Call[] {
  const lines = fs.readFileSync(path.join(FOLDER, file), "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Call);
}

// Only the random digits of an automatic name differ from run to run.
function withoutRandom(answer: unknown): unknown {
  return JSON.parse(JSON.stringify(answer).replace(/"auto-[0-9a-f]{8}"/g, '"auto-<random>"'));
}

describe("the Kubernetes stand-in, replaying the official provider's recorded calls", () => {
  const files = fs.readdirSync(FOLDER).filter((file) => file.endsWith(".jsonl"));

  it("has all 13 recordings", () => assert.equal(files.length, 13));

  for (const file of files) {
    it(`answers ${file} as the official provider did`, async () => {
      const provider = new KubernetesProvider(
        () => undefined,
        () => cluster,
      );
      let answered = 0;
      for (const { method, request, response } of callsOf(file)) {
        const name = path.basename(method);
        const answer = ANSWERED[name];
        if (!answer) continue;
        assert.deepEqual(
          withoutRandom(await answer(provider, request)),
          withoutRandom(response),
          `${name} of ${(request as { urn: string }).urn}`,
        );
        answered++;
      }
      assert.ok(answered > 0, "the recording holds calls to answer");
    });
  }
});
