import assert from "node:assert/strict";
import * as fc from "fast-check";
import { parse } from "yaml";

import { CHART_ADD_ONS } from "../../../../fleet/baseline/catalogue";
import { baselineLabels, DEFAULT_TRACK, TRACK } from "../../../../fleet/baseline/labels";
import {
  type BaselineFacts,
  type BaselineMember,
  baselineNotes,
  type BaselinePlan,
  clusterBaseline,
  planBaseline,
} from "../../../../fleet/baseline/plan";
import { helmChartProxy, proxyName } from "../../../../fleet/baseline/proxies";
import { type ManagementObject } from "../../../../fleet/baseline/resource-sets";
import { CLASS } from "../../../../fleet/labels";
import { selects } from "../../../../fleet/selectors";
import { type Selector } from "../../../../fleet/config/schema/fleet";
import { PLAIN } from "../../../../fleet/families";
import { proxiesOf } from "./proxies-of";
import { type AddOnsConfig } from "../../../../fleet/config/schema/baseline";

const LOGS: AddOnsConfig = { "log-agent": { sendTo: "https://logs.example.com/v1/logs?tenant=shop" } };

type Facts = Readonly<Record<string, BaselineFacts>>;

function members(facts: Facts, live: Readonly<Record<string, Record<string, string>>> = {}): BaselineMember[] {
  return Object.entries(facts).map(([name, each]) => ({
    name,
    family: each.class ?? PLAIN,
    base: clusterBaseline("production", each, live[name]),
  }));
}

const NOTHING: BaselinePlan = { revisions: [], addOns: [], autoscalers: [] };

function plan(facts: Facts, addOns: AddOnsConfig = LOGS, live: Readonly<Record<string, Record<string, string>>> = {}) {
  const all = members(facts, live);
  return planBaseline("production", all, facts, addOns, proxiesOf(all, addOns)) ?? NOTHING;
}

function labelsOf({ family, base }: BaselineMember): Record<string, string> {
  return { [CLASS]: family, ...baselineLabels(base) };
}

function selectorOf({ spec }: ManagementObject): Selector {
  return (spec as { clusterSelector: Selector }).clusterSelector;
}

const names = (objects: readonly ManagementObject[]) => objects.map(({ metadata }) => metadata.name);

const KUBEADM: BaselineFacts = { class: "aws-kubeadm", version: "v1.35.2", workers: { default: { replicas: 5 } } };
const EKS: BaselineFacts = { class: "aws-eks", version: "v1.36.0", workers: { default: {} } };

describe("the base configuration of a fleet", () => {
  it("gives a cluster that kubeadm made all add-ons, one of EKS those that EKS does not bring", () => {
    assert.deepEqual(names(plan({ a: KUBEADM }).addOns), [
      "aws-cloud-controller-manager-default",
      "aws-ebs-csi-driver-default",
      "cilium-default",
      "log-agent-default",
      "metrics-server-default",
      "monitoring-agent-default",
    ]);
    assert.deepEqual(names(plan({ b: EKS }).addOns), [
      "log-agent-default",
      "metrics-server-default",
      "monitoring-agent-default",
    ]);
  });

  it("gives a plain cluster the agents alone, and a cluster in memory nothing", () => {
    assert.deepEqual(names(plan({ c: { baseline: { logging: false }, workers: {} } }).addOns), [
      "monitoring-agent-default",
    ]);
    const inMemory = { class: "in-memory-kubeadm", version: "v1.35.2", workers: { default: {} } };
    assert.equal(planBaseline("production", members({ d: inMemory }), { d: inMemory }, LOGS, []), undefined);
    assert.deepEqual(baselineLabels(members({ d: inMemory })[0]?.base), {});
  });

  it("has a log agent only where the configuration says where to, and says so where it does not", () => {
    assert.ok(!names(plan({ a: KUBEADM }, {}).addOns).includes("log-agent-default"));
    assert.deepEqual(baselineNotes(members({ a: KUBEADM }), {}), [
      "Logging is on, but cluster-fleet:addOns names no log-agent.sendTo: no cluster has a log agent.",
    ]);
    assert.deepEqual(baselineNotes(members({ a: KUBEADM }), LOGS), []);
    assert.deepEqual(baselineNotes(members({ a: { ...KUBEADM, baseline: { logging: false } } }), {}), []);
  });

  it("declares a revision once for all clusters that have the same settings", () => {
    const { revisions } = plan({ a: KUBEADM, b: EKS, c: { ...EKS, baseline: { resourceLimits: "strict" } } });
    assert.equal(revisions.length, 2);
    const declared = members({ a: KUBEADM, b: EKS }).map(({ base }) => base?.revision);
    assert.equal(declared[0], declared[1]);
    assert.ok(revisions.some(({ name }) => name === declared[0]));
  });

  it("runs an autoscaler for each cluster on AWS with a pool of min and max, of the cluster's own minor", () => {
    assert.deepEqual(plan({ a: KUBEADM, b: EKS, c: { ...KUBEADM, workers: { burst: {} } } }).autoscalers, [
      {
        cluster: "b",
        image: "registry.k8s.io/autoscaling/cluster-autoscaler:v1.36.0",
        kubeconfigKey: "relative",
      },
      { cluster: "c", image: "registry.k8s.io/autoscaling/cluster-autoscaler:v1.35.1", kubeconfigKey: "value" },
    ]);
  });

  const facts = fc.record({
    class: fc.constantFrom("aws-kubeadm", "aws-eks", "in-memory-kubeadm", undefined),
    version: fc.constant("v1.35.2"),
    stage: fc.constantFrom("canary", "rest", undefined),
    baseline: fc.option(fc.record({ monitoring: fc.boolean(), logging: fc.boolean() }, { requiredKeys: [] }), {
      nil: undefined,
    }),
    workers: fc.constant({}),
  });
  const fleets = fc.dictionary(fc.constantFrom("a", "b", "c", "d", "e"), facts);

  it("has one proxy of each add-on for a cluster that has the add-on, and none for any other", () => {
    fc.assert(
      fc.property(fleets, (fleet) => {
        const { addOns } = plan(fleet);
        for (const member of members(fleet)) {
          const selecting = addOns.filter((proxy) => selects(selectorOf(proxy), labelsOf(member)));
          const own = member.base === undefined ? [] : names(plan({ one: fleet[member.name] ?? KUBEADM }).addOns);
          assert.deepEqual(names(selecting), own);
        }
      }),
    );
  });

  it("keeps every cluster selected by the proxies that it had, whatever becomes of stages and other clusters", () => {
    fc.assert(
      fc.property(fleets, fleets, (before, later) => {
        const live = Object.fromEntries(members(before).map((member) => [member.name, labelsOf(member)]));
        // Class and switches stay; the stage is as it is later, and clusters come and go.
        const after = Object.fromEntries(
          Object.entries(later).map(([name, each]) => [name, { ...(before[name] ?? each), stage: each.stage }]),
        );
        for (const member of members(after, live).filter(({ name }) => before[name] !== undefined)) {
          const had = plan(before).addOns.filter((proxy) => selects(selectorOf(proxy), live[member.name] ?? {}));
          const has = plan(after, LOGS, live).addOns.filter((proxy) => selects(selectorOf(proxy), labelsOf(member)));
          assert.deepEqual(names(has), names(had));
        }
      }),
    );
  });

  it("takes the track of a new cluster from its stage", () => {
    const track = (stage: string | undefined, labels?: Record<string, string>) =>
      clusterBaseline("production", { ...KUBEADM, stage }, labels)?.track;
    assert.deepEqual(
      [track("canary"), track(undefined), track("rest", { [TRACK]: "canary" }), track("rest", {})],
      ["canary", DEFAULT_TRACK, "canary", "rest"],
    );
  });
});

describe("an add-on's chart proxy", () => {
  const specOf = (config: AddOnsConfig) => helmChartProxy("cilium", "canary", config).spec as Record<string, string>;
  const valuesOf = (config: AddOnsConfig) => parse(specOf(config)["valuesTemplate"] ?? "") as Record<string, unknown>;

  it("names chart, repository and version, and selects by track and class", () => {
    const { valuesTemplate: _values, ...spec } = specOf({ cilium: { version: "1.19.9" } });
    assert.deepEqual(spec, {
      clusterSelector: {
        matchLabels: { [TRACK]: "canary" },
        matchExpressions: [{ key: CLASS, operator: "In", values: ["aws-kubeadm"] }],
      },
      chartName: "cilium",
      repoURL: "https://helm.cilium.io",
      version: "1.19.9",
      releaseName: "cilium",
      namespace: "kube-system",
    });
  });

  it("lays the user's values over ours: maps merge, lists replace, null takes ours away", () => {
    const config = { cilium: { values: { hubble: { enabled: true }, operator: null, extra: [{ a: 1 }] } } };
    const { hubble, operator, extra, ipam } = valuesOf(config);
    assert.deepEqual(
      [hubble, operator, extra, ipam],
      [{ enabled: true }, undefined, [{ a: 1 }], { mode: "kubernetes" }],
    );
  });

  it("is called by add-on and track, within what Cluster API writes into a label", () => {
    assert.equal(proxyName("cilium", "canary"), "cilium-canary");
    const long = proxyName("aws-cloud-controller-manager", "a".repeat(63));
    assert.match(long, /^aws-cloud-controller-manager-[0-9a-f]{10}$/);
    assert.notEqual(long, proxyName("aws-cloud-controller-manager", "b".repeat(63)));
  });

  it("has templates in which nothing is escaped, so that they mean what they say", () => {
    for (const name of CHART_ADD_ONS) {
      const { valuesTemplate } = helmChartProxy(name, "canary", LOGS).spec as { valuesTemplate: string };
      for (const [template] of valuesTemplate.matchAll(/\{\{.*?\}\}/g)) {
        assert.doesNotMatch(template, /\\|''/, `${name}: ${template}`);
      }
    }
  });

  it("tells the controller manager's image by the control plane's minor", () => {
    const { valuesTemplate } = helmChartProxy("aws-cloud-controller-manager", "default", {}).spec as {
      valuesTemplate: string;
    };
    const { image, args } = parse(valuesTemplate) as { image: { tag: string }; args: string[] };
    assert.match(image.tag, /^\{\{ get \(dict "1\.32" "v1\.32\.4" .*"1\.37" "v1\.37\.0"\) \(regexFind .*\) \}\}$/);
    assert.ok(args.includes("--cluster-name={{ .Cluster.metadata.name }}"));
  });

  it("sends logs by OTLP to the address that the configuration names", () => {
    const { valuesTemplate } = helmChartProxy("log-agent", "default", LOGS).spec as { valuesTemplate: string };
    const { config } = parse(valuesTemplate) as { config: { outputs: string } };
    assert.match(
      config.outputs,
      /Name opentelemetry\n.*\n +Host logs\.example\.com\n +Port 443\n +Logs_uri \/v1\/logs\?tenant=shop\n +Tls On\n/,
    );
  });
});
