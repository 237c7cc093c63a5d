import * as assert from "node:assert/strict";
import * as net from "node:net";
import * as path from "node:path";
import { warningTexts } from "../../sandbox/plugins/kubernetes/client";
import { KubernetesProvider } from "../../sandbox/plugins/kubernetes/provider";

const about = { urn: "urn", name: "name", type: "kubernetes:core/v1:ConfigMap" };
const id = "namespace/name";
const inputs = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "name", namespace: "namespace" } };

async function provider(kubeconfig: string, settings = {}): Promise<KubernetesProvider> {
  const made = new KubernetesProvider(() => undefined);
  await made.configure({ ...about, args: { kubeconfig, ...settings } });
  return made;
}

function kubeconfig(port: number, currentContext = "one"): string {
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": currentContext,
    clusters: [{ name: "one", cluster: { server: `https://127.0.0.1:${String(port)}` } }],
    contexts: [{ name: "one", context: { cluster: "one", user: "one" } }],
    users: [{ name: "one", user: { token: "secret-token" } }],
  });
}

async function listening(server: net.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as net.AddressInfo).port;
}

async function closedPort(): Promise<number> {
  const server = net.createServer();
  const port = await listening(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe("the Kubernetes stand-in without its cluster", () => {
  it("says that nothing listens there", async () => {
    const port = await closedPort();
    await assert.rejects((await provider(kubeconfig(port))).create({ ...about, properties: inputs }), {
      message:
        `configured Kubernetes cluster is unreachable: https://127.0.0.1:${String(port)}: ` +
        `connect ECONNREFUSED 127.0.0.1:${String(port)}`,
    });
  });

  it("gives up on a server that never answers the handshake", async () => {
    const server = net.createServer(() => undefined);
    const port = await listening(server);
    try {
      await assert.rejects((await provider(kubeconfig(port))).read({ ...about, id, properties: {}, inputs }), {
        message: `configured Kubernetes cluster is unreachable: https://127.0.0.1:${String(port)}: no connection after 5 seconds`,
      });
    } finally {
      server.close();
    }
  });

  it("fails a preview too: what the cluster would say is not known", async () => {
    const kube = await provider(kubeconfig(await closedPort()));
    await assert.rejects(kube.create({ ...about, properties: inputs, preview: true }), /cluster is unreachable/);
  });

  it("forgets the objects of a lost cluster with deleteUnreachable", async () => {
    const kube = await provider(kubeconfig(await closedPort()), { deleteUnreachable: "true" });
    assert.deepEqual(await kube.read({ ...about, id, properties: {}, inputs }), {});
    await kube.delete({ ...about, id, properties: inputs, oldInputs: inputs });
  });

  it("names a kubeconfig that is not there", async () => {
    const kube = await provider("no/such/kubeconfig");
    await assert.rejects(kube.read({ ...about, id, properties: {}, inputs }), {
      message: `configured Kubernetes cluster is unreachable: there is no kubeconfig at ${path.resolve("no/such/kubeconfig")}`,
    });
  });

  it("names a context that is not there, and those that are", async () => {
    const kube = await provider(kubeconfig(1, "two"));
    await assert.rejects(kube.read({ ...about, id, properties: {}, inputs }), {
      message: 'configured Kubernetes cluster is unreachable: the kubeconfig has no context "two" (it has: one)',
    });
  });
});

describe("the API server's Warning header", () => {
  it("holds texts with quotes and commas", () => {
    assert.deepEqual(warningTexts('299 - "first, with \\"quotes\\"", 299 - "second"'), [
      'first, with "quotes"',
      "second",
    ]);
  });
});
