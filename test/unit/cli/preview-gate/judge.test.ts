import assert from "node:assert/strict";

import { type GateRules } from "../../../../cli/preview-gate/gate-rules";
import { judge, type Verdict } from "../../../../cli/preview-gate/judge";
import { type PreviewStep } from "../../../../cli/rollout/previewed";
import { CLASS } from "../../../../fleet/labels";
import { CLUSTER, replacement, type Resource, rules, step, VPC } from "./steps";

const judged = (steps: readonly PreviewStep[], changes: Partial<GateRules> = {}) => judge(steps, rules(changes));

/** `danger object (standing)` */
function dangersOf({ dangers }: Verdict): string[] {
  return dangers.map(({ danger, object, leave }) => `${danger} ${object} (${leave?.kind ?? "refused"})`);
}

const SECRET = "kubernetes:core/v1:Secret";
const ORIGIN = "random:index/randomPassword:RandomPassword";
const KUBEADM = { labels: { [CLASS]: "aws-kubeadm" } };

describe("the preview gate", () => {
  describe("refuses to delete and to replace", () => {
    const guarded: [string, Resource][] = [
      ["cluster prod-a", {}],
      ["cluster prod-a", { type: "kubernetes:cluster.x-k8s.io/v1beta1:Cluster" }],
      ["Rancher cluster x", { type: "kubernetes:provisioning.cattle.io/v1:Cluster", name: "x" }],
      ["control plane x", { type: "kubernetes:controlplane.cluster.x-k8s.io/v1beta2:KubeadmControlPlane", name: "x" }],
      [
        "control plane x",
        { type: "kubernetes:controlplane.cluster.x-k8s.io/v1beta2:AWSManagedControlPlane", name: "x" },
      ],
      [
        "cluster infrastructure x",
        { type: "kubernetes:infrastructure.cluster.x-k8s.io/v1beta2:AWSCluster", name: "x" },
      ],
      ["EKS cluster fleet", { type: "aws:eks/cluster:Cluster", name: "fleet" }],
      ["VPC fleet-network", { type: VPC, name: "fleet-network" }],
      ["KMS key fleet-key", { type: "aws:kms/key:Key", name: "fleet-key" }],
      [
        "provider fleet-management-provider",
        { type: "pulumi:providers:kubernetes", name: "fleet-management-provider" },
      ],
      [
        "Cluster API provider cluster-api",
        { type: "kubernetes:operator.cluster.x-k8s.io/v1alpha2:CoreProvider", name: "cluster-api" },
      ],
      ["CRD machines", { type: "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition", name: "machines" }],
      ["namespace production", { type: "kubernetes:core/v1:Namespace", name: "production" }],
    ];
    for (const [object, resource] of guarded) {
      it(`${object} (${resource.type ?? CLUSTER})`, () => {
        for (const [danger, steps] of [
          ["delete", [step("delete", resource)]],
          ["replace", replacement(resource)],
        ] as const) {
          const verdict = judged(steps);
          assert.deepEqual([verdict.passes, dangersOf(verdict)], [false, [`${danger} ${object} (refused)`]]);
        }
      });
    }

    it("what an interrupted replacement left to be deleted", () =>
      assert.deepEqual(dangersOf(judged([step("delete-replaced", { type: VPC, name: "x" })])), [
        "replace VPC x (refused)",
      ]));

    it("the key that clusters encrypt with, while one that needs it stays", () => {
      for (const [type, name] of [
        [SECRET, "cluster-fleet-encryption"],
        [ORIGIN, "production-encryption-origin"],
      ] as const) {
        const key = step("delete", { type, name });
        const refused = [`delete encryption key ${name} (refused)`];
        // A cluster that does not change is in no preview.
        assert.deepEqual(dangersOf(judged([key], { classes: new Set(["aws-kubeadm"]) })), refused);
        assert.deepEqual(dangersOf(judged([key, step("update", KUBEADM)])), refused);
        const last = judged([key, step("delete", KUBEADM)], {
          decommission: ["prod-a"],
          classes: new Set(["aws-eks"]),
        });
        assert.deepEqual(dangersOf(last), ["delete cluster prod-a (decommission)"]);
        assert.deepEqual(dangersOf(judged(replacement({ type, name }))), [`replace encryption key ${name} (refused)`]);
      }
    });
  });

  it("refuses to replace the engine's own provider", () =>
    assert.equal(judged(replacement({ type: "pulumi:providers:aws", name: "default_7_48_0" })).passes, false));

  it("tells once of a replacement, and what causes it", () => {
    const { dangers } = judged(replacement({ type: VPC, name: "x", reasons: ["cidrBlock"] }));
    assert.deepEqual(
      dangers.map(({ danger, fields }) => [danger, fields]),
      [["replace", ["cidrBlock"]]],
    );
  });

  describe("lets pass", () => {
    const harmless: Record<string, PreviewStep[]> = {
      "what stays, and what is made or changed in place": ["same", "read", "refresh", "create", "update", "import"].map(
        (op) => step(op, { type: VPC, name: "x" }),
      ),
      "an old class that the state forgets and that stays": [
        step("delete", { type: "kubernetes:cluster.x-k8s.io/v1beta2:ClusterClass", name: "x", retained: true }),
        step("delete", {
          type: "kubernetes:controlplane.cluster.x-k8s.io/v1beta2:KubeadmControlPlaneTemplate",
          name: "x",
          retained: true,
        }),
      ],
      "a namespace that the state forgets and that stays": [
        step("delete", { type: "kubernetes:core/v1:Namespace", name: "cattle-system", retained: true }),
      ],
      "node groups that go": [
        step("delete", { type: "kubernetes:cluster.x-k8s.io/v1beta2:MachinePool", name: "prod-a-1", of: "prod-a" }),
      ],
      "the engine's own provider of an earlier release": [
        step("delete", { type: "pulumi:providers:random", name: "default_4_21_1" }),
      ],
      "other secrets and passwords": [
        step("delete", { type: SECRET, name: "other" }),
        ...replacement({ type: ORIGIN, name: "fleet-bootstrap-password" }),
      ],
      "components, which are nothing in the world": [step("delete", { custom: false })],
    };
    for (const [what, steps] of Object.entries(harmless)) {
      it(what, () => {
        const verdict = judged(steps);
        assert.deepEqual([verdict.passes, verdict.dangers], [true, []]);
      });
    }
  });

  describe("takes the list of clusters that may go for leave", () => {
    const decommission = ["prod-a"];

    it("to delete them", () => {
      const verdict = judged([step("delete")], { decommission });
      assert.deepEqual([verdict.passes, dangersOf(verdict)], [true, ["delete cluster prod-a (decommission)"]]);
    });

    const others: [string, PreviewStep[]][] = [
      ["replace them", replacement({})],
      ["delete another", [step("delete", { name: "prod-b" })]],
      ["delete one of the same name elsewhere", [step("delete", { namespace: "staging" })]],
      ["delete what Rancher calls so", [step("delete", { type: "kubernetes:provisioning.cattle.io/v1:Cluster" })]],
    ];
    for (const [what, steps] of others) {
      it(`not to ${what}`, () => assert.equal(judged(steps, { decommission }).passes, false));
    }
  });

  describe("takes a waiver for leave", () => {
    const waiver = { object: "VPC x", danger: "replace", until: "2026-11-25", reason: "renumbered" } as const;
    const vpc = replacement({ type: VPC, name: "x" });

    it("to the end of its last day", () => {
      const now = new Date("2026-11-25T23:59:59Z");
      const { passes, dangers } = judged(vpc, { waivers: [waiver], now });
      const leave = dangers[0]?.leave;
      assert.equal(passes, true);
      assert.ok(leave?.kind === "waiver");
      assert.deepEqual([leave.waiver.until, leave.waiver.reason], ["2026-11-25", "renumbered"]);
    });

    it("no longer, and names the one that has ended", () => {
      const { passes, dangers } = judged(vpc, { waivers: [waiver], now: new Date("2026-11-26T00:00:00Z") });
      assert.deepEqual([passes, dangers[0]?.ended?.until], [false, "2026-11-25"]);
    });

    it("as long as the longest of several holds", () => {
      const waivers = [{ ...waiver, until: "2026-10-01" }, waiver];
      const { passes, dangers } = judged(vpc, { waivers });
      assert.deepEqual([passes, dangers[0]?.ended], [true, undefined]);
    });

    for (const [what, changes] of [
      ["another object", { object: "VPC y" }],
      ["another kind of object", { object: "KMS key x" }],
      ["another danger", { danger: "delete" }],
    ] as const) {
      it(`but not one for ${what}`, () => {
        const verdict = judged(vpc, { waivers: [{ ...waiver, ...changes }] });
        assert.deepEqual([verdict.passes, verdict.dangers[0]?.ended], [false, undefined]);
      });
    }
  });

  describe("counts the clusters that a run changes", () => {
    const updates = (...names: string[]) => names.map((name) => step("update", { name }));

    it("and refuses more than may", () => {
      assert.equal(judged(updates("c", "a"), { maxClusters: 2 }).passes, true);
      const { passes, changed } = judged(updates("c", "a", "b"), { maxClusters: 2 });
      assert.deepEqual([passes, changed], [false, ["a", "b", "c"]]);
    });

    it("those that go and those that are replaced too, but none that it makes", () => {
      const steps = [step("delete", { name: "a" }), ...replacement({ name: "b" }), step("create", { name: "c" })];
      assert.deepEqual(judged(steps).changed, ["a", "b"]);
    });

    it("by their node groups, once", () => {
      const pool = { type: "kubernetes:cluster.x-k8s.io/v1beta2:MachinePool" };
      const steps = [
        step("update", { ...pool, name: "a-1", of: "a" }),
        step("delete", { ...pool, name: "a-2", of: "a" }),
        step("create", { type: "cluster-fleet:index:WorkloadCluster", name: "production-b", custom: false }),
        step("create", { name: "b" }),
        step("create", { ...pool, name: "b-1", of: "b" }),
        step("update", { type: VPC, name: "x" }),
      ];
      assert.deepEqual(judged(steps).changed, ["a"]);
    });
  });
});
