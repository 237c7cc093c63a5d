import assert from "node:assert/strict";

import { ownedFields } from "../../../live/owned-fields";

const FIELDS = {
  "f:metadata": {
    "f:labels": { "f:team": {}, "f:app.kubernetes.io/managed-by": {} },
    "f:annotations": { "f:note": {} },
  },
  "f:spec": {
    "f:paused": {},
    "f:topology": {
      "f:workers": { "f:machineDeployments": { 'k:{"name":"default"}': { ".": {}, "f:class": {} } } },
    },
  },
};

describe("the fields that we declared of an object", () => {
  it("are those of our own manager", () => {
    assert.deepEqual(ownedFields([{ manager: "cluster-fleet", operation: "Apply", fieldsV1: FIELDS }]), {
      labels: ["app.kubernetes.io/managed-by", "team"],
      annotations: ["note"],
      workers: ["default"],
      spec: ["paused", "topology"],
    });
  });

  const none = { labels: [], annotations: [], workers: [], spec: [] };
  for (const [title, entries] of [
    ["another manager's", [{ manager: "kubectl", operation: "Apply", fieldsV1: FIELDS }]],
    ["none, where the server kept none", undefined],
  ] as const) {
    it(`are not ${title}`, () => assert.deepEqual(ownedFields(entries), none));
  }
});
