import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { parse as parseYaml } from "yaml";

import { builtManagement } from "../../../fleet/config/built";
import { parseConfig, type RawConfig } from "../../../fleet/config/parse";
import { clusterConfig, config, rawConfig } from "./fixtures";

const REPOSITORY = path.resolve(__dirname, "../../..");

function messageFor(changes: Partial<RawConfig>): string {
  try {
    parseConfig(rawConfig(changes));
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("the configuration was accepted");
}

/** The only problem of a configuration, without the heading. */
function problemFor(changes: Partial<RawConfig>): string {
  const [heading, problem, ...more] = messageFor(changes).split("\n");
  assert.equal(heading, "The configuration of this stack cannot be used (1 problem):");
  assert.deepEqual(more, []);
  return problem!.replace(/^ {2}1\. /, "");
}

const cluster = (changes: object) => ({ clusters: { a: clusterConfig(changes) } });

describe("parseConfig", () => {
  it("merges the base values beneath each cluster, map by map, the cluster's own value winning", () => {
    const { clusters } = config({
      base: {
        version: "v1.34.1",
        controlPlane: { replicas: 5 },
        workers: { default: { replicas: 2 }, gpu: { replicas: 1 } },
      },
      clusters: { a: { class: "in-memory-kubeadm", region: "r", workers: { default: { replicas: 9 } } } },
    });
    assert.deepEqual(clusters["a"], {
      via: "cluster-api",
      class: "in-memory-kubeadm",
      region: "r",
      version: "v1.34.1",
      controlPlane: { replicas: 5 },
      workers: { default: { replicas: 9 }, gpu: { replicas: 1 } },
    });
  });

  it("reports every problem at once, numbered", () => {
    assert.equal(
      messageFor({ environment: "Prod", clusters: { a: clusterConfig({ class: "nope", version: "1.35" }) } }),
      "The configuration of this stack cannot be used (3 problems):\n" +
        '  1. environment: is not a DNS label (got "Prod"). Use lower-case letters, digits and inner hyphens.\n' +
        '  2. clusters.a.class: is not a value that is known here (got "nope"). Write in-memory-kubeadm or aws-kubeadm or aws-eks.\n' +
        '  3. clusters.a.version: is not a Kubernetes version (got "1.35"). Write it in full with its v, such as v1.35.2.',
    );
  });

  const cases: [string, Partial<RawConfig>, string][] = [
    ["a missing environment", { environment: undefined }, "environment: is missing. Set it (text)."],
    [
      "a missing region",
      cluster({ region: undefined }),
      "clusters.a.region: is missing. Set it (text), here or in cluster-fleet:base.",
    ],
    [
      "a number where text belongs",
      cluster({ version: 1.3 }),
      "clusters.a.version: is not a text (got 1.3). Write a text.",
    ],
    [
      "an unknown key",
      cluster({ versoin: "v1.35.2" }),
      "clusters.a.versoin: is not a key that cluster-fleet knows. Remove it or correct its spelling.",
    ],
    [
      "a cluster name that is no DNS label",
      { clusters: { A_: clusterConfig() } },
      "clusters.A_: is not a DNS label. Use lower-case letters, digits and inner hyphens, at most 63.",
    ],
    [
      "a cluster that is nothing",
      { base: undefined, clusters: { a: null } },
      "clusters.a: is not a map (got null). Write a map.",
    ],
    [
      "half a machine",
      cluster({ workers: { default: { replicas: 1.5 } } }),
      "clusters.a.workers.default.replicas: is not a whole number (got 1.5). Write a whole number.",
    ],
    [
      "no control-plane machine",
      cluster({ controlPlane: { replicas: 0 } }),
      "clusters.a.controlPlane.replicas: leaves no control plane (got 0). Write 1, 3 or 5.",
    ],
    [
      "a kubeadm cluster without a control plane",
      cluster({ controlPlane: undefined }),
      "clusters.a.controlPlane.replicas: is missing. Set it (1, 3 or 5), here or in cluster-fleet:base.",
    ],
    [
      "an EKS cluster with a control plane",
      cluster({ class: "aws-eks" }),
      "clusters.a.controlPlane: is set, but EKS runs the control plane of class aws-eks. Remove it.",
    ],
    [
      "a worker pool without a size",
      cluster({ workers: { x: {} } }),
      "clusters.a.workers.x: has no size. Set replicas, or min and max for the autoscaler.",
    ],
    [
      "a worker pool with two sizes",
      cluster({ workers: { x: { replicas: 1, min: 1, max: 2 } } }),
      "clusters.a.workers.x: sets both replicas and min/max. Keep one of the two.",
    ],
    [
      "min above max",
      cluster({ workers: { x: { min: 3, max: 2 } } }),
      "clusters.a.workers.x.min: is greater than max, 2 (got 3). Lower min or raise max.",
    ],
    [
      "an unknown kind of management cluster",
      { management: { kind: "gke" } },
      'management.kind: names no kind of management cluster (got "gke"). Write kubeconfig, eks or stack.',
    ],
    [
      "a duration without a unit",
      { classes: { "in-memory-kubeadm": { startup: { machine: "1" } } } },
      'classes.in-memory-kubeadm.startup.machine: is not a duration (got "1"). Write a number and a unit, such as 500ms, 1s or 2m.',
    ],
  ];
  for (const [title, changes, expected] of cases) {
    it(`refuses ${title}`, () => assert.equal(problemFor(changes), expected));
  }
});

describe("the stack files of this repository", () => {
  const load = (stack: string): RawConfig => {
    const base = parseYaml(read("Pulumi.yaml")).config["cluster-fleet:base"].value as unknown;
    const own = parseYaml(read(`Pulumi.${stack}.yaml`)).config as Record<string, unknown>;
    const keys = Object.entries(own).filter(([key]) => key.startsWith("cluster-fleet:"));
    return { base, ...Object.fromEntries(keys.map(([key, value]) => [key.slice("cluster-fleet:".length), value])) };
  };
  const read = (file: string) => readFileSync(path.join(REPOSITORY, file), "utf8");

  const stacks = { production: 2, staging: 1, "sandbox-production": 2, "sandbox-staging": 1 };
  for (const [stack, clusters] of Object.entries(stacks)) {
    it(`${stack} is valid`, () => assert.equal(Object.keys(parseConfig(load(stack)).clusters).length, clusters));
  }

  it("production says which of its parts this version does not build", () => {
    assert.throws(() => builtManagement(parseConfig(load("production"))), {
      message:
        "This stack needs parts that do not exist yet (3 problems):\n" +
        '  1. management.kind: is valid, but not built by this version (got "stack"). Use kubeconfig, or wait for the ' +
        "release with the management cluster on AWS (see docs/architecture.md, What comes next).\n" +
        '  2. clusters.prod-us-west-2.class: is valid, but not built by this version (got "aws-kubeadm"). Wait for the ' +
        "release with workload clusters on AWS (see docs/architecture.md, What comes next).\n" +
        '  3. clusters.prod-us-east-1.class: is valid, but not built by this version (got "aws-eks"). Wait for the ' +
        "release with workload clusters on AWS (see docs/architecture.md, What comes next).",
    });
  });

  it("the sandbox's stacks use only what this version builds", () => {
    assert.equal(builtManagement(parseConfig(load("sandbox-production"))).path, ".sandbox/kubeconfig");
  });
});
