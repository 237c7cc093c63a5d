import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";

import { KubeConfig } from "@kubernetes/client-node";

import { BASE } from "../../../fleet/baseline/labels";
import { MANAGED_BY, MANAGER } from "../../../fleet/labels";
import { forgetLeftBases } from "../../../live/applied-record";
import { findBaseParts } from "../../../live/base-parts";

const [OLD, NEW] = ["base-00000000aa", "base-00000000bb"];
const ADDONS = "/apis/addons.cluster.x-k8s.io/v1beta2/namespaces/production";
const CLUSTERS = "/apis/cluster.x-k8s.io/v1beta2/namespaces/production/clusters";
const SETS = `${ADDONS}/clusterresourcesets`;
const CONFIG_MAPS = "/api/v1/namespaces/production/configmaps";
const OURS = { [MANAGED_BY]: MANAGER, [BASE]: OLD };

interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
}

/** An API server that knows the answers to some paths, and no other path. */
class FakeServer {
  asked: Asked[] = [];
  private known: Readonly<Record<string, object>> = {};
  private readonly server: Server = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      const url = new URL(request.url ?? "", "http://server");
      this.asked.push({ method: request.method ?? "", url, body });
      const answer = this.known[url.pathname];
      response.writeHead(answer === undefined ? 404 : 200, { "Content-Type": "application/json" });
      response.end(JSON.stringify(answer ?? { kind: "Status", code: 404 }));
    });
  });

  /** By path. Forgets what was asked before. */
  set answers(answers: Readonly<Record<string, object>>) {
    this.known = answers;
    this.asked = [];
  }

  get kubeconfig(): KubeConfig {
    const kubeconfig = new KubeConfig();
    const { port } = this.server.address() as AddressInfo;
    const cluster = { name: "c", server: `http://127.0.0.1:${port}`, skipTLSVerify: true };
    kubeconfig.loadFromClusterAndUser(cluster, { name: "u" });
    return kubeconfig;
  }

  patches(): unknown[] {
    return this.asked.flatMap(({ method, body }) => (method === "PATCH" ? [JSON.parse(body)] : []));
  }

  start(): Promise<void> {
    return new Promise((resolve) => this.server.listen(0, "127.0.0.1", resolve));
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }
}

describe("revisions of the base configuration on a management cluster", () => {
  const server = new FakeServer();
  before(() => server.start());
  after(() => server.stop());

  describe("findBaseParts", () => {
    it("finds the resource sets and ConfigMaps that bear our label, and asks for no other ConfigMap", async () => {
      server.answers = {
        [SETS]: list(object(OLD, OURS), object("theirs", { [BASE]: OLD }), object("plain", {})),
        [CONFIG_MAPS]: list(object(`${OLD}-namespaces`, OURS)),
      };
      assert.deepEqual(await findBaseParts(server.kubeconfig, "production"), [
        { kind: "ClusterResourceSet", name: OLD, revision: OLD },
        { kind: "ConfigMap", name: `${OLD}-namespaces`, revision: OLD },
      ]);
      const asked = server.asked.find(({ url }) => url.pathname === CONFIG_MAPS);
      assert.equal(asked?.url.searchParams.get("labelSelector"), `${MANAGED_BY}=${MANAGER},${BASE}`);
    });

    it("finds the ConfigMaps where resource sets are not served", async () => {
      server.answers = { [CONFIG_MAPS]: list(object(OLD, OURS)) };
      const found = await findBaseParts(server.kubeconfig, "production");
      assert.deepEqual(found, [{ kind: "ConfigMap", name: OLD, revision: OLD }]);
    });
  });

  describe("forgetLeftBases", () => {
    const record = `${ADDONS}/clusterresourcesetbindings/a`;
    const applied = (...sets: string[]) => ({
      metadata: { resourceVersion: "7" },
      spec: { bindings: sets.map((clusterResourceSetName) => ({ clusterResourceSetName })) },
    });

    it("strikes out what the cluster has left, and neither what it has nor sets of others", async () => {
      server.answers = {
        [CLUSTERS]: list(object("a", { [BASE]: NEW })),
        [record]: applied(OLD, `${OLD}-namespaces`, NEW, "theirs"),
      };
      await forgetLeftBases(server.kubeconfig, "production");
      assert.deepEqual(server.patches(), [applied(NEW, "theirs")]);
    });

    it("leaves the record of a cluster alone that has left nothing, and wants none", async () => {
      server.answers = { [CLUSTERS]: list(object("a", { [BASE]: NEW }), object("b", {})), [record]: applied(NEW) };
      await forgetLeftBases(server.kubeconfig, "production");
      assert.deepEqual(server.patches(), []);
    });
  });
});

function object(name: string, labels: Record<string, string>) {
  return { metadata: { name, namespace: "production", labels } };
}

function list(...items: object[]) {
  return { items, metadata: {} };
}
