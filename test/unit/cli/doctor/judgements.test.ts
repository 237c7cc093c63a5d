import assert from "node:assert/strict";

import { type Finding } from "../../../../cli/doctor/check";
import { judgeNode, judgePlugins, judgePulumi, type Plugin } from "../../../../cli/doctor/machine-checks";
import {
  judgeAccess,
  judgeAws,
  judgeGroups,
  judgeServerVersion,
  judgeUser,
  judgeWebhooks,
  writeQuestions,
} from "../../../../cli/doctor/management-checks";
import { ENVIRONMENT_RULES } from "../../../../fleet/environments/rights";
import { judgeLocks, judgeSecrets, judgeState } from "../../../../cli/doctor/stack-checks";

function says(finding: Finding, result: Finding["result"], detail: string, remedy?: string): void {
  assert.deepEqual(finding, { result, detail, ...(remedy === undefined ? {} : { remedy }) });
}

describe("the doctor's judgement of the machine", () => {
  it("of Node, by package.json", () => {
    says(judgeNode("20.19.0", ">=20.19"), "ok", "v20.19.0");
    says(judgeNode("18.20.1", ">=20.19"), "failed", "v18.20.1 is not >=20.19", "Install Node >=20.19.");
  });

  it("of Pulumi: too old, tested, newer, much newer, and what is no version", () => {
    says(judgePulumi("v3.246.0\n", "3.246.0"), "ok", "v3.246.0");
    says(judgePulumi("v3.221.0", "3.246.0"), "ok", "v3.221.0 (tested with v3.246.0)");
    says(judgePulumi("v3.250.1", "3.246.0"), "ok", "v3.250.1 (tested with v3.246.0)");
    says(judgePulumi("v3.220.9", "3.246.0"), "failed", "v3.220.9 is older than 3.221.0", "Install Pulumi 3.246.0.");
    says(
      judgePulumi("v4.0.0", "3.246.0"),
      "warning",
      "v4.0.0; tested with v3.246.0",
      "If something does not work, use Pulumi 3.246.0.",
    );
    says(judgePulumi("dev", "3.246.0"), "warning", 'says "dev", which is no version', "Use Pulumi 3.246.0.");
  });

  describe("of the plugins", () => {
    const host: Plugin = { name: "nodejs", kind: "language" };
    const kubernetes = (version: string): Plugin => ({ name: "kubernetes", kind: "resource", version });
    const judge = (plugins: readonly Plugin[], { path = "", acquiresPlugins = true } = {}) =>
      judgePlugins(plugins, {
        node: "",
        pulumi: () => Promise.resolve(""),
        wanted: { node: "", pulumi: "", kubernetes: "4.32.0" },
        executable: (name) => name === path,
        acquiresPlugins,
      });
    const remedy = "Run: pulumi plugin install resource kubernetes 4.32.0";

    it("that are there", () => {
      says(judge([host, kubernetes("4.32.0")]), "ok", "language host, kubernetes v4.32.0");
      says(judge([host], { path: "pulumi-resource-kubernetes" }), "ok", "language host, kubernetes from PATH");
      const fromPath = judge([kubernetes("v4.32.0")], { path: "pulumi-language-nodejs" });
      says(fromPath, "ok", "language host, kubernetes v4.32.0");
    });

    it("of which kubernetes is missing", () => {
      const what = "kubernetes v4.32.0 is not installed";
      says(judge([host]), "warning", `${what}; the next preview fetches it`, remedy);
      says(judge([host], { acquiresPlugins: false }), "failed", what, remedy);
      const other = judge([host, kubernetes("4.31.0")], { acquiresPlugins: false });
      says(other, "failed", `${what} (v4.31.0 is)`, remedy);
    });

    it("of which the language host is missing", () => {
      says(
        judge([kubernetes("4.32.0")]),
        "failed",
        "the language host for Node is missing (pulumi-language-nodejs)",
        "Install Pulumi whole: the language host comes beside its executable.",
      );
    });
  });
});

describe("the doctor's judgement of a stack", () => {
  it("of its state", () => {
    says(judgeState("s", { resources: 1, pendingOperations: 0 }), "ok", "1 resource");
    says(
      judgeState("s", { resources: 0, pendingOperations: 0 }),
      "warning",
      "is there, but was never brought up",
      "Run: pulumi up --policy-pack policy --stack s",
    );
    says(
      judgeState("s", { resources: 3, pendingOperations: 2 }),
      "warning",
      "a run was killed in the middle of 2 operations",
      "Run: pulumi refresh --clear-pending-creates --stack s",
    );
  });

  it("of its lock: free, left by the dead, held by the living, held elsewhere, not to be seen", () => {
    const lock = { pid: 7, host: "ci", user: "me", since: "2026-11-23T07:00:00Z" };
    const who = "locked by process 7 on ci (me) since 2026-11-23T07:00:00Z";
    says(judgeLocks("s", []), "ok", "free");
    says(
      judgeLocks("s", [{ ...lock, alive: false }]),
      "failed",
      `${who}, which has ended`,
      "Take the lock away: pulumi cancel --stack s",
    );
    says(judgeLocks("s", [{ ...lock, alive: true }]), "warning", who, "Wait until that run ends.");
    says(
      judgeLocks("s", [lock]),
      "warning",
      who,
      "Wait until that run ends. If there is no such run any more: pulumi cancel --stack s",
    );
    says(judgeLocks("s", undefined), "unchecked", "this kind of backend does not show its locks");
  });

  it("of a secrets provider that cannot be used", () => {
    says(
      judgeSecrets("passphrase", "incorrect passphrase", "Pulumi.s.yaml"),
      "failed",
      "passphrase: incorrect passphrase",
      "Set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE to the stack's passphrase.",
    );
    says(
      judgeSecrets("awskms://alias/fleet", "no credentials", "Pulumi.s.yaml"),
      "failed",
      "awskms://alias/fleet: no credentials",
      "Get access to the key that Pulumi.s.yaml names as secretsprovider, or log in to its cloud.",
    );
  });
});

describe("the doctor's judgement of a management cluster", () => {
  const now = new Date("2026-11-23T00:00:00Z");

  it("of the credentials", () => {
    says(judgeUser("admin"), "ok", "as admin");
    for (const nobody of ["", "system:anonymous"]) {
      says(judgeUser(nobody), "failed", "the API server does not know us", "Renew the credentials of the kubeconfig.");
    }
  });

  it("of the server's version, by what Cluster API runs on", () => {
    assert.equal(judgeServerVersion("v1.35.2", now).result, "ok");
    const old = judgeServerVersion("v1.28.0", now);
    assert.equal(old.result, "failed");
    assert.match(old.detail, /^v1\.28\.0 .*Cluster API/);
  });

  it("of a version that is in the range, but out of support", () => {
    const { result, remedy } = judgeServerVersion("v1.35.2", new Date("2030-01-01T00:00:00Z"));
    assert.deepEqual([result, remedy], ["warning", "Upgrade the management cluster."]);
  });

  it("of the API groups: those that the classes in use need", () => {
    const core = new Map([["cluster.x-k8s.io", ["v1beta1", "v1beta2"]]]);
    says(judgeGroups(core, ["plain"]), "ok", "serves cluster.x-k8s.io/v1beta2");
    says(
      judgeGroups(new Map([...core, ["bootstrap.cluster.x-k8s.io", ["v1beta1"]]]), ["in-memory-kubeadm"]),
      "failed",
      "v1beta2 is not served of bootstrap.cluster.x-k8s.io (v1beta1), controlplane.cluster.x-k8s.io (not at all), " +
        "infrastructure.cluster.x-k8s.io (not at all)",
      "Install Cluster API 1.11 or later with the providers of the classes in use, or point management at the right " +
        "cluster.",
    );
  });

  it("of the webhooks", () => {
    const group = (webhooks: number, withoutCa: string[] = []) => ({ group: "cluster.x-k8s.io", webhooks, withoutCa });
    says(judgeWebhooks([group(3), group(2)]), "ok", "5 configured");
    says(judgeWebhooks(undefined), "unchecked", "these credentials may not list webhook configurations");
    says(
      judgeWebhooks([group(0)]),
      "failed",
      "no webhook guards cluster.x-k8s.io",
      "Install the controllers of these groups whole (clusterctl or cluster-api-operator), not their CRDs alone.",
    );
    says(
      judgeWebhooks([group(2, ["a.example", "a.example"])]),
      "failed",
      "no CA bundle in a.example",
      "See that cert-manager and its CA injector run: they fill it in.",
    );
  });

  it("of the rights, naming each verb that is missing", () => {
    const core = { group: "cluster.x-k8s.io", resource: "clusters", namespace: "production" };
    says(judgeAccess([], 30, "production"), "ok", "all 30 rights that a run needs in namespace production");
    says(
      judgeAccess(
        [
          { verb: "create", group: "", resource: "namespaces" },
          { verb: "create", ...core },
          { verb: "delete", ...core },
        ],
        30,
        "production",
      ),
      "failed",
      "may not create namespaces; create, delete clusters.cluster.x-k8s.io in namespace production",
      "Have these rights granted by a Role there (namespaces: a ClusterRole).",
    );
  });

  describe("of the rights of a run", () => {
    const LOOKS = [
      "machinedeployments",
      "machinesets",
      "machinepools",
      "kubeadmcontrolplanes",
      "helmchartproxies",
      "clusterresourcesetbindings",
    ];
    const resources = (families: string[], { privateReach = false, makesNamespace = true } = {}) => [
      ...new Set(
        writeQuestions({ namespace: "n", families, privateReach }, makesNamespace).map((each) => each.resource),
      ),
    ];

    it("asks for those on templates only where a class in use has them", () => {
      assert.deepEqual(resources(["plain"]), ["namespaces", "clusters", "clusterclasses", ...LOOKS]);
      assert.deepEqual(resources(["plain", "in-memory-kubeadm"]), [
        "namespaces",
        "clusters",
        "clusterclasses",
        "kubeadmconfigtemplates",
        "kubeadmcontrolplanetemplates",
        "devclustertemplates",
        "devmachinetemplates",
        ...LOOKS,
      ]);
    });

    it("asks for none on namespaces where another stack makes the namespace", () => {
      assert.deepEqual(resources(["plain"], { makesNamespace: false }), ["clusters", "clusterclasses", ...LOOKS]);
    });

    it("asks for those on base configuration and add-ons where a cluster is on AWS", () => {
      const found = resources(["aws-kubeadm"]);
      for (const each of ["configmaps", "clusterresourcesets", "helmchartproxies"]) assert.ok(found.includes(each));
    });

    it("asks once for what two classes have in common", () => {
      const questions = writeQuestions(
        { namespace: "n", families: ["aws-kubeadm", "aws-eks"], privateReach: false },
        true,
      );
      assert.equal(new Set(questions.map((each) => JSON.stringify(each))).size, questions.length);
    });

    it("asks for a look at the clusters' networks where private ways lead there", () => {
      const found = resources(["aws-eks"], { privateReach: true });
      assert.deepEqual(
        found.filter((each) => !resources(["aws-eks"]).includes(each)),
        ["awsmanagedcontrolplanes", "awsclusters"],
      );
    });

    it("asks an environment of the management cluster for nothing that its Role does not grant", () => {
      const families = ["plain", "in-memory-kubeadm", "aws-kubeadm", "aws-eks"];
      const refused = writeQuestions({ namespace: "n", families, privateReach: true }, false).filter(
        ({ group, resource, verb }) =>
          !ENVIRONMENT_RULES.some(
            (rule) => rule.apiGroups.includes(group) && rule.resources.includes(resource) && rule.verbs.includes(verb),
          ),
      );
      assert.deepEqual(refused, []);
    });
  });

  it("of AWS: it is not looked at, and why", () => {
    const stack = { families: ["plain"], privateReach: false };
    says(judgeAws(stack, "kubeconfig"), "unchecked", "no part of this stack uses AWS");
    says(
      judgeAws({ ...stack, families: ["aws-eks"] }, "stack"),
      "unchecked",
      "it is Cluster API that calls AWS for clusters: their conditions say where AWS refuses it",
    );
    for (const finding of [judgeAws(undefined, "eks"), judgeAws({ ...stack, privateReach: true }, "stack")]) {
      says(
        finding,
        "unchecked",
        "AWS credentials are not looked at yet: a preview says at once where AWS refuses them",
      );
    }
  });
});
