import assert from "node:assert/strict";

import { declaredRevisions } from "../../../../cli/prune/declared-revisions";
import { stackContext } from "../../../../cli/stack-context";

const BASE = "base-00000000aa";

describe("declaredRevisions", () => {
  it("are the classes and bases of the stack's state, each once", async () => {
    const resources = [
      { type: "pulumi:pulumi:Stack", outputs: { classes: ["of-an-earlier-run"] } },
      declared("ClusterClass", "class-2"),
      declared("ClusterClass", "class-1"),
      declared("ConfigMap", BASE),
      declared("ConfigMap", `${BASE}-namespaces`),
      declared("ClusterResourceSet", BASE),
    ];
    assert.deepEqual(await declaredRevisions(stackWith({ resources })), {
      classes: ["class-1", "class-2"],
      bases: [BASE],
    });
  });

  it("count a base of which a failed run made no more than a ConfigMap", async () => {
    const { bases } = await declaredRevisions(stackWith({ resources: [declared("ConfigMap", `${BASE}-namespaces`)] }));
    assert.deepEqual(bases, [BASE]);
  });

  it("are not what other kinds and other ConfigMaps are called", async () => {
    const resources = [declared("ConfigMap", "add-on-values"), declared("Cluster", BASE)];
    assert.deepEqual(await declaredRevisions(stackWith({ resources })), { classes: [], bases: [] });
  });

  it("are none of a stack that was destroyed", async () => {
    assert.deepEqual(await declaredRevisions(stackWith({})), { classes: [], bases: [] });
  });
});

function declared(kind: string, name: string) {
  return { type: `kubernetes:any:${kind}`, inputs: { kind, metadata: { name } } };
}

function stackWith(deployment: { resources?: readonly unknown[] }) {
  return stackContext({
    name: "prod",
    env: {},
    run: (args) => {
      assert.deepEqual(args, ["stack", "export", "--stack", "prod"]);
      return Promise.resolve(JSON.stringify({ version: 3, deployment }));
    },
  });
}
