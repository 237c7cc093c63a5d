import assert from "node:assert/strict";

import { differences } from "../../../../fleet/baseline/comparison";
import { BaseState, objectTitle, stateOf } from "../../../../fleet/baseline/found";

/** As declared; as the API server would make it; both with what a test changes. */
const DECLARED = {
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name: "p", namespace: "default", labels: { base: "base-1" } },
  spec: { podSelector: {}, policyTypes: ["Ingress"], ingress: [{ from: [{ podSelector: {} }] }] },
};
const LIVE = {
  ...DECLARED,
  metadata: { ...DECLARED.metadata, uid: "1", resourceVersion: "7", managedFields: [{}], annotations: { theirs: "x" } },
  status: { anything: true },
};

describe("what lives of the base configuration", () => {
  const cases: [string, object, string[]][] = [
    ["is as declared, whatever the API server and others write beside it", {}, []],
    ["lacks a label of ours", { metadata: { ...LIVE.metadata, labels: {} } }, ['metadata.labels["base"]']],
    ["has a label of somebody else", { metadata: { ...LIVE.metadata, labels: { base: "base-1", a: "b" } } }, []],
    ["opens what is declared closed", { spec: { ...DECLARED.spec, ingress: [{}] } }, ["spec.ingress"]],
    ["lacks a field", { spec: { podSelector: {}, policyTypes: ["Ingress"] } }, ["spec.ingress"]],
    ["has a field more", { spec: { ...DECLARED.spec, egress: [{}] } }, ["spec.egress"]],
    ["has an empty field more, which says nothing", { spec: { ...DECLARED.spec, egress: [] } }, []],
    [
      "selects all namespaces instead of its own, both by an empty selector",
      { spec: { ...DECLARED.spec, ingress: [{ from: [{ namespaceSelector: {} }] }] } },
      ["spec.ingress"],
    ],
    ["has a part more than its spec", { data: { a: "b" } }, ["data"]],
  ];
  for (const [what, change, fields] of cases) {
    it(what, () => assert.deepEqual(differences(DECLARED, DECLARED, { ...LIVE, ...change }), fields));
  }

  it("is judged by what the API server would make of the declaration, defaults included", () => {
    const wanted = { ...DECLARED, spec: { ...DECLARED.spec, filledIn: true } };
    assert.deepEqual(differences(DECLARED, wanted, { ...LIVE, spec: wanted.spec }), []);
    assert.deepEqual(differences(DECLARED, wanted, LIVE), ["spec.filledIn"]);
  });

  it("is missing only where nothing of it is there", () => {
    const gone = (object: string) => ({ object, missing: true, fields: [] });
    const [a, b] = ["a", "b"].map((name) => ({ kind: "ConfigMap", metadata: { name } }));
    assert.equal(stateOf([a!, b!], []), BaseState.AsDeclared);
    assert.equal(stateOf([a!, b!], [gone("ConfigMap a")]), BaseState.Edited);
    assert.equal(stateOf([a!, b!], [gone("ConfigMap a"), gone("ConfigMap b")]), BaseState.Missing);
    assert.equal(stateOf([a!], [{ object: "ConfigMap a", missing: false, fields: ["spec"] }]), BaseState.Edited);
    assert.equal(stateOf([a!], [gone("Namespace shop")]), BaseState.Edited);
  });

  it("is named by kind, namespace and name", () => {
    assert.equal(objectTitle(DECLARED), "NetworkPolicy default/p");
    assert.equal(objectTitle({ kind: "Namespace", metadata: { name: "shop" } }), "Namespace shop");
  });
});
