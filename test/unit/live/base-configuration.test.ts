import assert from "node:assert/strict";

import { baseRevision } from "../../../fleet/baseline/base-revision";
import { BASE } from "../../../fleet/baseline/labels";
import { revisionObjects } from "../../../fleet/baseline/resource-sets";
import { baseSettings } from "../../../fleet/baseline/settings";
import { findBases } from "../../../live/base-configuration";
import { FakeServer, list } from "./fake-server";

const REVISION = baseRevision(baseSettings("production", { class: "aws-eks" })!);
const CLUSTERS = "/apis/cluster.x-k8s.io/v1beta2/namespaces/production/clusters";
const CORE = "/api/v1/namespaces/production";

/** What a management cluster answers whose clusters have these kubeconfigs. */
function holding(kubeconfigs: Readonly<Record<string, string>>) {
  const metadata = (name: string) => ({ name, namespace: "production", labels: { [BASE]: REVISION.name } });
  const { configMaps } = revisionObjects(REVISION);
  return {
    [CLUSTERS]: list(...Object.keys(kubeconfigs).map((name) => ({ metadata: metadata(name) }))),
    ...Object.fromEntries(configMaps.map((each) => [`${CORE}/configmaps/${each.metadata.name}`, each])),
    ...Object.fromEntries(
      Object.entries(kubeconfigs).map(([name, text]) => [
        `${CORE}/secrets/${name}-kubeconfig`,
        { data: { value: Buffer.from(text).toString("base64") } },
      ]),
    ),
  };
}

describe("the look at the base configuration of clusters", () => {
  const server = new FakeServer();
  before(() => server.start());
  after(() => server.stop());

  it("says of each cluster why it cannot be looked at, and never quotes its kubeconfig", async () => {
    const cluster = { name: "c", cluster: { server: "https://127.0.0.1:1" } };
    const context = { name: "c", context: { cluster: "c", user: "u" } };
    const closed = { clusters: [cluster], contexts: [context], users: [{ name: "u" }], "current-context": "c" };
    server.answers = holding({
      broken: "users:\n- name: u\n  user:\n    token: 53CR37\n   bad: x\n",
      closed: JSON.stringify(closed),
      empty: "",
      nowhere: "users: []",
    });
    const found = await findBases(server.kubeconfig, "production");
    assert.deepEqual(
      found.map(({ cluster, found, reason }) => [cluster, found, reason]),
      [
        ["broken", "not reachable", "its kubeconfig cannot be read (bad indentation of a mapping entry (5:4))"],
        ["closed", "not reachable", "connect ECONNREFUSED 127.0.0.1:1"],
        ["empty", "not reachable", "it has no kubeconfig yet"],
        ["nowhere", "not reachable", "its kubeconfig names no cluster"],
      ],
    );
  });

  it("reads a revision once, however many clusters have it", async () => {
    server.answers = holding(Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`c${index}`, ""])));
    await findBases(server.kubeconfig, "production");
    assert.equal(server.asked.filter(({ url }) => url.pathname.startsWith(`${CORE}/configmaps/`)).length, 2);
  });
});
