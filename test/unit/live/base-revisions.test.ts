import assert from "node:assert/strict";

import { BASE, RESTORED } from "../../../fleet/baseline/labels";
import { MANAGED_BY, MANAGER } from "../../../fleet/labels";
import { forgetLeftBases } from "../../../live/applied-record";
import { findBaseParts } from "../../../live/base-parts";
import { restoreBases } from "../../../live/restore-base";
import { FakeServer, list } from "./fake-server";

const [OLD, NEW] = ["base-00000000aa", "base-00000000bb"];
const ADDONS = "/apis/addons.cluster.x-k8s.io/v1beta2/namespaces/production";
const CLUSTERS = "/apis/cluster.x-k8s.io/v1beta2/namespaces/production/clusters";
const RECORDS = `${ADDONS}/clusterresourcesetbindings`;
const SETS = `${ADDONS}/clusterresourcesets`;
const CONFIG_MAPS = "/api/v1/namespaces/production/configmaps";
const OURS = { [MANAGED_BY]: MANAGER, [BASE]: OLD };

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
    it("strikes out what the cluster has left, and neither what it has nor sets of others", async () => {
      server.answers = holding([object("a", { [BASE]: NEW })], [record("a", OLD, `${OLD}-namespaces`, NEW, "theirs")]);
      await forgetLeftBases(server.kubeconfig, "production");
      assert.deepEqual(server.patches(), [struck(NEW, "theirs")]);
    });

    it("leaves the record of a cluster alone that has left nothing, and that of one that is not there", async () => {
      const clusters = [object("a", { [BASE]: NEW }), object("b", {})];
      server.answers = holding(clusters, [record("a", NEW), record("gone", OLD)]);
      await forgetLeftBases(server.kubeconfig, "production");
      assert.deepEqual(server.patches(), []);
    });

    it("asks once for the records of all clusters", async () => {
      const names = Array.from({ length: 1000 }, (_, index) => `c${index}`);
      const clusters = names.map((name) => object(name, { [BASE]: NEW }));
      server.answers = holding(
        clusters,
        names.map((name) => record(name, NEW)),
      );
      await forgetLeftBases(server.kubeconfig, "production");
      assert.deepEqual(
        server.asked.map(({ method, url }) => `${method} ${url.pathname}`),
        [`GET ${CLUSTERS}`, `GET ${RECORDS}`],
      );
    });

    it("reads a record again that changed meanwhile, and gives up on one that changes all the time", async () => {
      const conflicts = (...refusals: number[]) => {
        server.answers = holding([object("a", { [BASE]: NEW })], [record("a", OLD, NEW)]);
        server.refusals = { [`${RECORDS}/a`]: refusals };
        return forgetLeftBases(server.kubeconfig, "production");
      };
      await conflicts(409, 409);
      assert.equal(server.patches().length, 3);
      await assert.rejects(conflicts(409, 409, 409), { code: 409 });
    });

    it("is done with a cluster that goes meanwhile", async () => {
      server.answers = holding([object("a", { [BASE]: NEW })], [record("a", OLD)]);
      server.refusals = { [`${RECORDS}/a`]: [404] };
      await forgetLeftBases(server.kubeconfig, "production");
      assert.equal(server.patches().length, 1);
    });

    it("names the rights that are missing", async () => {
      server.answers = holding([object("a", { [BASE]: NEW })], [record("a", OLD)]);
      server.refusals = { [`${RECORDS}/a`]: [403] };
      await assert.rejects(forgetLeftBases(server.kubeconfig, "production"), {
        name: "ManagementClusterError",
        message:
          "These credentials may not correct Cluster API's record of what it applied to the clusters of namespace " +
          "production. Have a Role grant get, list and patch on clusterresourcesetbindings of " +
          "addons.cluster.x-k8s.io: run pulumi up on the management cluster's stack with this version of cluster-fleet.",
      });
    });
  });

  describe("restoreBases", () => {
    it("strikes each revision out of its cluster's record, and touches each set once", async () => {
      const records = [record("a", NEW), record("b", NEW, OLD), record("c", NEW)];
      server.answers = {
        ...holding([], records),
        [`${SETS}/${NEW}`]: {},
        [`${SETS}/${NEW}-namespaces`]: {},
      };
      const revisions = new Map(["a", "b"].map((cluster) => [cluster, NEW]));
      await restoreBases(server.kubeconfig, "production", revisions, new Date("2026-11-25T12:00:00Z"));
      const touched = { metadata: { annotations: { [RESTORED]: "2026-11-25T12:00:00.000Z" } } };
      assert.deepEqual(server.patches(), [struck(), struck(OLD), touched, touched]);
    });

    it("names a resource set that is not there", async () => {
      server.answers = holding([], []);
      await assert.rejects(restoreBases(server.kubeconfig, "production", new Map([["a", NEW]]), new Date()), {
        name: "ManagementClusterError",
        message:
          `There is no ClusterResourceSet ${NEW} in namespace production, so Cluster API cannot apply ${NEW} again. ` +
          "Run pulumi up --refresh on the environment's stack, which declares it.",
      });
    });
  });
});

function holding(clusters: object[], records: ReturnType<typeof record>[]) {
  const single = records.map((each) => [`${RECORDS}/${each.metadata.name}`, each] as const);
  return { [CLUSTERS]: list(...clusters), [RECORDS]: list(...records), ...Object.fromEntries(single) };
}

/** Cluster API's record of a cluster. */
function record(cluster: string, ...sets: string[]) {
  return { metadata: { name: cluster, namespace: "production", resourceVersion: "7" }, ...bindings(sets) };
}

/** What a record is patched with. */
function struck(...left: string[]) {
  return { metadata: { resourceVersion: "7" }, ...bindings(left) };
}

function bindings(sets: readonly string[]) {
  return { spec: { bindings: sets.map((clusterResourceSetName) => ({ clusterResourceSetName })) } };
}

function object(name: string, labels: Record<string, string>) {
  return { metadata: { name, namespace: "production", labels } };
}
