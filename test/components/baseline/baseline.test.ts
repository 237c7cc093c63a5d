import assert from "node:assert/strict";

import { type ManagementObject } from "../../../fleet/baseline/resource-sets";
import { type BaselineFacts, clusterBaseline, planBaseline } from "../../../fleet/baseline/plan";
import { proxiesOf } from "../../unit/fleet/baseline/proxies-of";
import { ENVIRONMENT_RULES } from "../../../fleet/environments/rights";
import { recordRegistrations, type Registration, valueOf } from "../recorder";

const registrations = recordRegistrations();

const FACTS: Readonly<Record<string, BaselineFacts>> = {
  "prod-a": { class: "aws-kubeadm", version: "v1.35.2", workers: { default: { replicas: 3 } } },
  "prod-b": { class: "aws-eks", version: "v1.36.0", workers: { burst: {} } },
};

describe("Baseline", () => {
  const members = Object.entries(FACTS).map(([name, facts]) => ({
    name,
    family: facts.class ?? "plain",
    base: clusterBaseline("production", facts, undefined),
  }));
  const plan = planBaseline("production", members, FACTS, {}, proxiesOf(members, {}))!;
  const revision = plan.revisions[0]!;
  let revisions: string[];
  let last: string;

  before(async () => {
    const { Baseline, publishedBase } = await import("../../../components/baseline/baseline");
    registrations.length = 0;
    const baseline = new Baseline("base", { ...plan, namespace: "production" });
    revisions = await valueOf(baseline.revisions);
    last = await valueOf(publishedBase(baseline, revision.name)!.metadata.name);
    await new Promise((resolve) => setTimeout(resolve, 100));
  });

  const named = (name: string): Registration => {
    const found = registrations.find((each) => each.name === name);
    assert.ok(found, `${name} is not among ${registrations.map((each) => each.name).join(", ")}`);
    return found;
  };

  it("registers exactly these resources", () => {
    const { name } = revision;
    assert.deepEqual(
      registrations.map(({ type, name }) => `${type.split(":").at(-1)} ${name}`).sort(),
      [
        "Baseline base",
        `ConfigMap base-${name}`,
        `ConfigMap base-${name}-namespaces`,
        `ClusterResourceSet base-${name}-set`,
        `ClusterResourceSet base-${name}-namespaces-set`,
        "HelmChartProxy base-aws-cloud-controller-manager-default",
        "HelmChartProxy base-aws-ebs-csi-driver-default",
        "HelmChartProxy base-cilium-default",
        "HelmChartProxy base-metrics-server-default",
        "HelmChartProxy base-monitoring-agent-default",
        "Autoscalers base-autoscalers",
        "ServiceAccount base-autoscalers-account",
        "Role base-autoscalers-role",
        "RoleBinding base-autoscalers-binding",
        "Deployment base-autoscalers-prod-b",
      ].sort(),
    );
  });

  it("declares what the plan says, in the environment's namespace", () => {
    const inNamespace = ({ metadata, ...rest }: ManagementObject) => ({
      ...rest,
      metadata: { ...metadata, namespace: "production" },
    });
    for (const proxy of plan.addOns) {
      assert.deepEqual(named(`base-${proxy.metadata.name}`).inputs, inNamespace(proxy));
    }
    for (const set of revision.resourceSets) {
      assert.deepEqual(named(`base-${set.metadata.name}-set`).inputs, inNamespace(set));
    }
    for (const { metadata, data } of revision.configMaps) {
      const { inputs } = named(`base-${metadata.name}`);
      assert.deepEqual([inputs["data"], inputs["immutable"]], [data, true]);
    }
  });

  it("tells its revisions, and which object a cluster of a revision waits for", () => {
    assert.deepEqual(revisions, [revision.name]);
    assert.equal(last, revision.name);
  });

  it("runs an autoscaler between its cluster's kubeconfig and its namespace's machines", () => {
    const { spec, metadata } = named("base-autoscalers-prod-b").inputs as {
      metadata: { annotations: Record<string, string> };
      spec: { template: { spec: { containers: { args: string[] }[]; volumes: object[] } } };
    };
    assert.equal(metadata.annotations["pulumi.com/skipAwait"], "true", "it starts with its cluster, minutes later");
    const { containers, volumes } = spec.template.spec;
    assert.deepEqual(containers[0]?.args.slice(0, 4), [
      "--cloud-provider=clusterapi",
      "--kubeconfig=/etc/workload-cluster/relative",
      "--clusterapi-cloud-config-authoritative",
      "--node-group-auto-discovery=clusterapi:namespace=production,clusterName=prod-b",
    ]);
    assert.deepEqual(volumes, [
      { name: "kubeconfig", secret: { secretName: "prod-b-kubeconfig", defaultMode: 0o440 } },
    ]);
  });

  it("gives autoscalers the right to scale machine deployments, and the machine pools of managed node groups", () => {
    const { rules } = named("base-autoscalers-role").inputs as { rules: { resources: string[]; verbs: string[] }[] };
    for (const kind of ["machinedeployments", "machinepools"]) {
      for (const resource of [kind, `${kind}/scale`]) {
        const verbs = rules.filter(({ resources }) => resources.includes(resource)).flatMap(({ verbs }) => verbs);
        assert.ok(
          ["get", "update"].every((verb) => verbs.includes(verb)),
          resource,
        );
      }
    }
  });

  it("gives autoscalers no right that an environment does not have itself", () => {
    const { rules } = named("base-autoscalers-role").inputs as {
      rules: { apiGroups: string[]; resources: string[]; verbs: string[] }[];
    };
    for (const { apiGroups, resources, verbs } of rules) {
      for (const resource of resources) {
        const held = ENVIRONMENT_RULES.filter((rule) => apiGroups.every((group) => rule.apiGroups.includes(group)))
          .filter((rule) => rule.resources.includes(resource))
          .flatMap((rule) => rule.verbs);
        for (const verb of verbs) assert.ok(held.includes(verb), `${verb} ${resource}`);
      }
    }
  });

  it("runs no autoscaler, and gives nobody rights for one, where no cluster needs it", async () => {
    const { Baseline } = await import("../../../components/baseline/baseline");
    registrations.length = 0;
    const baseline = new Baseline("none", { ...plan, autoscalers: [], namespace: "production" });
    await valueOf(baseline.revisions);
    assert.ok(registrations.every(({ name }) => !name.includes("autoscaler")));
  });
});
