import assert from "node:assert/strict";

import { type OtherChange, otherChanges } from "../../../../cli/rollout/other-changes";
import { type PreviewStep } from "../../../../cli/rollout/previewed";
import { ADD_ON, BASE, TRACK } from "../../../../fleet/baseline/labels";
import { STEP } from "../../../../fleet/labels";
import { trackKey } from "../../../../fleet/rollout/types";

interface Resource {
  readonly type?: string;
  readonly name?: string;
  /** Type of its parent. */
  readonly within?: string;
  readonly retained?: boolean;
  readonly custom?: boolean;
  readonly before?: object;
  readonly after?: object;
  readonly labels?: Readonly<Record<string, string>>;
}

const CLUSTER = "cluster.x-k8s.io/v1beta2:Cluster";
const CLASS = "cluster.x-k8s.io/v1beta2:ClusterClass";
const PROXY = "addons.cluster.x-k8s.io/v1alpha1:HelmChartProxy";
const POOL = "cluster.x-k8s.io/v1beta2:MachinePool";
const MACHINES = "infrastructure.cluster.x-k8s.io/v1beta2:AWSManagedMachinePool";
const JOINING = "bootstrap.cluster.x-k8s.io/v1beta2:NodeadmConfig";

/** A resource of cluster `a`, unless told otherwise. */
function step(op: string, resource: Resource = {}): PreviewStep {
  const { type = CLUSTER, name = "a", within = "WorkloadCluster", custom = true, labels = {} } = resource;
  const urn = (token: string, at: string) => `urn:pulumi:s::cluster-fleet::cluster-fleet:index:Fleet$${token}::${at}`;
  const state = (rest: object = {}) => ({
    type: custom ? `kubernetes:${type}` : `cluster-fleet:index:${type}`,
    custom,
    parent: urn(`cluster-fleet:index:${within}`, "production-a"),
    retainOnDelete: resource.retained ?? false,
    inputs: merged({ metadata: { name, labels, annotations: {} } }, rest),
  });
  return {
    op,
    urn: urn(`kubernetes:${type}`, `production-${name}`),
    ...(op === "create" ? {} : { oldState: state(resource.before) }),
    ...(op === "delete" ? {} : { newState: state(resource.after) }),
  };
}

function merged(base: { metadata: object }, rest: { metadata?: object }): Record<string, unknown> {
  return { ...base, ...rest, metadata: { ...base.metadata, ...rest.metadata } };
}

const topology = (changes: object) => ({ spec: { topology: { version: "v1.34.3", ...changes } } });
const pools = (changes: object, ...more: object[]) =>
  topology({ workers: { machineDeployments: [{ name: "default", replicas: 1, ...changes }, ...more] } });
const annotated = (from: string) => ({
  metadata: { annotations: { [STEP]: JSON.stringify({ from, to: "v1.35.2", started: "2026-12-05T01:00:00Z" }) } },
});
const image = (tag: string) => ({ spec: { template: { spec: { containers: [{ image: `autoscaler:${tag}` }] } } } });

function others(...steps: PreviewStep[]): readonly OtherChange[] {
  return otherChanges(steps, { clusters: new Set(["a", trackKey("canary")]) });
}

describe("what a preview changes beside a rollout's steps", () => {
  describe("leaves out", () => {
    const nodes = step("update", { before: annotated("v1.34.3"), after: annotated("nodes") });
    const belongs: Record<string, PreviewStep[]> = {
      "what stays": [step("same"), step("read"), step("refresh")],
      "components, which are nothing in the world": [step("update", { type: "Fleet", custom: false })],
      "another version of a cluster that steps": [
        step("update", { before: topology({}), after: topology({ version: "v1.35.2" }) }),
      ],
      "its class": [
        step("update", { before: topology({ classRef: { name: "x" } }), after: topology({ classRef: { name: "y" } }) }),
      ],
      "its variables": [step("update", { before: topology({}), after: topology({ variables: [{ name: "ami" }] }) })],
      "the kind of its machines": [
        step("update", { before: pools({ class: "spot" }), after: pools({ class: "default-worker" }) }),
      ],
      "its base configuration": [
        step("update", { after: { metadata: { labels: { [BASE]: "base-1", [TRACK]: "canary" } } } }),
      ],
      "the record of its step": [step("update", { after: annotated("v1.34.3") })],
      "the image of its autoscaler": [
        step("update", {
          type: "apps/v1:Deployment",
          name: "a-autoscaler",
          within: "Autoscalers",
          labels: { "cluster.x-k8s.io/cluster-name": "a" },
          before: image("v1.34.0"),
          after: image("v1.35.0"),
        }),
      ],
      "node groups that follow": [
        nodes,
        ...[POOL, MACHINES, JOINING].map((type) =>
          step("update", { type, name: "a-default-1", after: { spec: { version: 2 } } }),
        ),
        ...[POOL, MACHINES, JOINING].map((type) => step("create", { type, name: "a-default-2" })),
        step("delete", { type: MACHINES, name: "a-default-1", retained: true }),
      ],
      "an add-on of a track that takes a step": [
        step("update", { type: PROXY, within: "Baseline", labels: { [ADD_ON]: "cilium", [TRACK]: "canary" } }),
        step("create", { type: PROXY, within: "Baseline", labels: { [ADD_ON]: "metrics", [TRACK]: "canary" } }),
      ],
      "a class that is published, and an old one that the stack forgets": [
        step("create", { type: CLASS, name: "aws-eks-2", within: "ClusterClasses" }),
        step("delete", { type: CLASS, name: "aws-eks-1", within: "ClusterClasses", retained: true }),
      ],
      "a revision of the base configuration": [
        step("create", { type: "core/v1:ConfigMap", name: "base-2", within: "Baseline" }),
        step("delete", { type: "core/v1:ConfigMap", name: "base-1", within: "Baseline", retained: true }),
      ],
    };
    for (const [what, steps] of Object.entries(belongs)) {
      it(what, () => assert.deepEqual(others(...steps), []));
    }
  });

  describe("names", () => {
    const foreign: [string, PreviewStep, OtherChange][] = [
      [
        "a version of a cluster that does not step",
        step("update", { name: "b", before: topology({}), after: topology({ version: "v1.35.2" }) }),
        { op: "update", object: "Cluster b", fields: ["spec.topology.version"] },
      ],
      [
        "another size of one that does",
        step("update", { before: pools({}), after: pools({ replicas: 2 }) }),
        { op: "update", object: "Cluster a", fields: ["spec.topology.workers.machineDeployments[0].replicas"] },
      ],
      [
        "another pool of it",
        step("update", { before: pools({}), after: pools({}, { name: "more" }) }),
        { op: "update", object: "Cluster a", fields: ["spec.topology.workers.machineDeployments[1]"] },
      ],
      [
        "what a step changes beside the step",
        step("update", { before: pools({}), after: { spec: { topology: { version: "v1.35.2", workers: 1 } } } }),
        { op: "update", object: "Cluster a", fields: ["spec.topology.workers"] },
      ],
      [
        "a label of its user's",
        step("update", { after: { metadata: { labels: { "example.com/team": "shop" } } } }),
        { op: "update", object: "Cluster a", fields: ['metadata.labels["example.com/team"]'] },
      ],
      ["a new cluster", step("create", { name: "c" }), { op: "create", object: "Cluster c", fields: [] }],
      ["a cluster that goes", step("delete"), { op: "delete", object: "Cluster a", fields: [] }],
      [
        "node groups of a cluster whose node groups do not follow",
        step("update", { type: POOL, name: "a-default", after: { spec: { replicas: 2 } } }),
        { op: "update", object: "MachinePool a-default", fields: ["spec"] },
      ],
      [
        "an add-on of a track that has to wait",
        step("update", {
          type: PROXY,
          name: "cilium-rest",
          within: "Baseline",
          labels: { [ADD_ON]: "cilium", [TRACK]: "rest" },
          before: { spec: { version: "1" } },
          after: { spec: { version: "2" } },
        }),
        { op: "update", object: "HelmChartProxy cilium-rest", fields: ["spec.version"] },
      ],
      [
        "an add-on that goes, and would be uninstalled",
        step("delete", { type: PROXY, name: "x", within: "Baseline", labels: { [ADD_ON]: "x", [TRACK]: "canary" } }),
        { op: "delete", object: "HelmChartProxy x", fields: [] },
      ],
      [
        "a published class that is edited",
        step("update", { type: CLASS, name: "k", within: "ClusterClasses", after: { spec: {} } }),
        { op: "update", object: "ClusterClass k", fields: ["spec"] },
      ],
      [
        "a class that is really deleted",
        step("delete", { type: CLASS, name: "k", within: "ClusterClasses" }),
        { op: "delete", object: "ClusterClass k", fields: [] },
      ],
      [
        "a provider",
        step("update", { type: "provider", name: "p", within: "ManagementCluster" }),
        { op: "update", object: "provider p", fields: [] },
      ],
    ];
    for (const [what, each, expected] of foreign) {
      it(what, () => assert.deepEqual(others(each), [expected]));
    }

    it("a managed node group that goes, also where its cluster's follow", () => {
      const nodes = step("update", { before: annotated("v1.34.3"), after: annotated("nodes") });
      const gone = step("delete", { type: POOL, name: "a-default-1" });
      assert.deepEqual(others(nodes, gone), [{ op: "delete", object: "MachinePool a-default-1", fields: [] }]);
    });

    it("a replacement once, of the three steps that the engine takes", () => {
      const steps = ["create-replacement", "replace", "delete-replaced"].map((op) => step(op));
      assert.deepEqual(others(...steps), [{ op: "replace", object: "Cluster a", fields: [] }]);
    });
  });
});
