import assert from "node:assert/strict";
import * as fc from "fast-check";

import { objectTitle } from "../../../../fleet/baseline/found";
import { baseRevision, type BaseRevision } from "../../../../fleet/baseline/base-revision";
import { BASE } from "../../../../fleet/baseline/labels";
import { OBJECTS_KEY, revisionObjects } from "../../../../fleet/baseline/resource-sets";
import { baseSettings, type BaseFacts } from "../../../../fleet/baseline/settings";
import { type BaselineValues } from "../../../../fleet/config/schema/baseline";

const ON_AWS = { class: "aws-kubeadm" };

function revisionOf(baseline: BaselineValues = {}, environment = "production"): BaseRevision {
  const settings = baseSettings(environment, { ...ON_AWS, baseline });
  assert.ok(settings);
  return baseRevision(settings);
}

const titles = ({ namespaces, objects }: BaseRevision) => [...namespaces, ...objects].map(objectTitle);

function bodyOf(revision: BaseRevision, title: string): unknown {
  const object = revision.objects.find((each) => objectTitle(each) === title);
  return object?.["data"] ?? object?.["spec"];
}

describe("the base configuration of a cluster", () => {
  it("has these defaults", () => {
    assert.deepEqual(baseSettings("production", ON_AWS), {
      environment: "production",
      monitoring: true,
      logging: true,
      networkPolicy: true,
      resourceLimits: "none",
      namespaces: ["default"],
      quota: { cpu: "20", memory: "64Gi", pods: 200 },
    });
  });

  const parts: [string, BaseFacts, boolean][] = [
    ["every cluster on AWS", { class: "aws-eks" }, true],
    ["no cluster in memory, whatever a level says", { class: "in-memory-kubeadm", baseline: { logging: true } }, false],
    ["a plain cluster only where something is said of its base", { baseline: {} }, true],
    ["no other plain cluster", {}, false],
  ];
  for (const [who, facts, takesPart] of parts) {
    it(`is for ${who}`, () => assert.equal(baseSettings("production", facts) !== undefined, takesPart));
  }

  it("consists of these objects", () => {
    assert.deepEqual(titles(revisionOf({ namespaces: ["shop", "default"] })), [
      "Namespace cluster-fleet-system",
      "Namespace shop",
      "ConfigMap cluster-fleet-system/cluster-fleet-base",
      "Role cluster-fleet-system/cluster-fleet-base",
      "RoleBinding cluster-fleet-system/cluster-fleet-base",
      "NetworkPolicy default/cluster-fleet-base",
      "LimitRange default/cluster-fleet-base",
      "ResourceQuota default/cluster-fleet-base",
      "NetworkPolicy shop/cluster-fleet-base",
      "LimitRange shop/cluster-fleet-base",
      "ResourceQuota shop/cluster-fleet-base",
    ]);
  });

  it("tells its settings, its environment and its revision in a ConfigMap", () => {
    const revision = revisionOf({ resourceLimits: "strict", quota: { pods: 50 } });
    assert.deepEqual(bodyOf(revision, "ConfigMap cluster-fleet-system/cluster-fleet-base"), {
      environment: "production",
      monitoring: "true",
      logging: "true",
      networkPolicy: "true",
      resourceLimits: "strict",
      namespaces: "default",
      "quota.cpu": "20",
      "quota.memory": "64Gi",
      "quota.pods": "50",
      revision: revision.name,
    });
  });

  it("closes guarded namespaces to all but themselves and the monitoring agent", () => {
    const agent = {
      namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "cluster-fleet-monitoring" } },
    };
    const ingress = (baseline: BaselineValues) =>
      (bodyOf(revisionOf(baseline), "NetworkPolicy default/cluster-fleet-base") as { ingress: object[] }).ingress;
    assert.deepEqual(ingress({}), [{ from: [{ podSelector: {} }, agent] }]);
    assert.deepEqual(ingress({ monitoring: false }), [{ from: [{ podSelector: {} }] }]);
    assert.deepEqual(ingress({ networkPolicy: false }), [{}], "a policy that lets everybody in");
  });

  it("limits containers and namespaces where limits are strict, and nothing where they are none", () => {
    const strict = revisionOf({ resourceLimits: "strict", quota: { cpu: "8" } });
    assert.deepEqual(bodyOf(strict, "LimitRange default/cluster-fleet-base"), {
      limits: [
        {
          type: "Container",
          defaultRequest: { cpu: "100m", memory: "128Mi" },
          default: { cpu: "1", memory: "512Mi" },
          max: { cpu: "4", memory: "8Gi" },
        },
      ],
    });
    assert.deepEqual(bodyOf(strict, "ResourceQuota default/cluster-fleet-base"), {
      hard: {
        "requests.cpu": "8",
        "requests.memory": "64Gi",
        "limits.memory": "64Gi",
        pods: "200",
        "services.loadbalancers": "5",
      },
    });
    const none = revisionOf();
    assert.deepEqual(bodyOf(none, "LimitRange default/cluster-fleet-base"), { limits: [] });
    assert.deepEqual(bodyOf(none, "ResourceQuota default/cluster-fleet-base"), {});
  });
});

describe("a revision of the base configuration", () => {
  const values = fc.record(
    {
      monitoring: fc.boolean(),
      logging: fc.boolean(),
      networkPolicy: fc.boolean(),
      resourceLimits: fc.constantFrom("none" as const, "strict" as const),
      quota: fc.record({ cpu: fc.constantFrom("8", "20"), pods: fc.integer({ min: 1, max: 500 }) }),
    },
    { requiredKeys: [] },
  );
  const namespaces = fc.uniqueArray(fc.constantFrom("shop", "pay", "default", "mail"));

  it("has the name of its content: equal where that is equal, whatever the order of the namespaces", () => {
    fc.assert(
      fc.property(values, namespaces, (baseline, names) => {
        const name = revisionOf({ ...baseline, namespaces: names }).name;
        assert.match(name, /^base-[0-9a-f]{10}$/);
        assert.equal(revisionOf({ ...baseline, namespaces: [...names].reverse() }).name, name);
        assert.equal(revisionOf({ ...baseline, namespaces: ["default", ...names] }).name, name);
        assert.notEqual(revisionOf({ ...baseline, namespaces: names }, "staging").name, name);
      }),
    );
  });

  it("has another name for each other setting", () => {
    const all: BaselineValues[] = [
      {},
      { monitoring: false },
      { logging: false },
      { networkPolicy: false },
      { resourceLimits: "strict" },
      { resourceLimits: "strict", quota: { cpu: "8" } },
      { resourceLimits: "strict", quota: { pods: 8 } },
      { namespaces: ["shop"] },
    ];
    assert.equal(new Set(all.map((each) => revisionOf(each).name)).size, all.length);
  });

  it("has the same objects as any other of the same namespaces, so that none is left behind", () => {
    fc.assert(
      fc.property(values, values, namespaces, (one, other, names) => {
        const [a, b] = [one, other].map((each) => titles(revisionOf({ ...each, namespaces: names })));
        assert.deepEqual(a, b);
      }),
    );
  });

  it("carries its name on every object but the namespaces, which stay as they were made", () => {
    const { name, namespaces, objects } = revisionOf({ namespaces: ["shop"] });
    assert.ok(objects.every(({ metadata }) => metadata.labels[BASE] === name));
    assert.ok(namespaces.every(({ metadata }) => metadata.labels[BASE] === undefined));
  });

  it("stands on the management cluster as two resource sets, which clusters of its label are given", () => {
    const revision = revisionOf();
    const { name } = revision;
    const { configMaps, resourceSets } = revisionObjects(revision);
    assert.deepEqual(
      resourceSets.map(({ metadata, spec }) => [metadata.name, spec]),
      [
        [
          `${name}-namespaces`,
          {
            clusterSelector: { matchLabels: { [BASE]: name } },
            resources: [{ kind: "ConfigMap", name: `${name}-namespaces` }],
            strategy: "ApplyOnce",
          },
        ],
        [
          name,
          {
            clusterSelector: { matchLabels: { [BASE]: name } },
            resources: [{ kind: "ConfigMap", name }],
            strategy: "Reconcile",
          },
        ],
      ],
    );
    const contents = configMaps.map(({ data, immutable }) => {
      assert.equal(immutable, true);
      return JSON.parse((data as Record<string, string>)[OBJECTS_KEY] ?? "") as unknown;
    });
    assert.deepEqual(contents, [revision.namespaces, revision.objects]);
  });
});
