import assert from "node:assert/strict";
import { type RawConfig } from "../../../fleet/config/config";
import { parseConfig } from "../../../fleet/config/parse";
import { rawStack } from "../../golden/raw-stack";
import { clusterConfig, config, rawConfig } from "./fixtures";

function messageFor(changes: RawConfig): string {
  try {
    parseConfig(rawConfig(changes));
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("the configuration was accepted");
}

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
      stage: undefined,
      labels: {},
      annotations: {},
      paused: false,
      adopt: false,
      waivers: {},
    });
  });

  it("reports every problem at once, numbered", () => {
    assert.equal(
      messageFor({ environment: "Prod", clusters: { a: clusterConfig({ class: "nope", version: "1.35" }) } }),
      "The configuration of this stack cannot be used (3 problems):\n" +
        '  1. environment: is not a DNS label (got "Prod"). Use lower-case letters, digits and inner hyphens.\n' +
        '  2. clusters.a.class: is not a value that is known here (got "nope"). Write one of: in-memory-kubeadm, aws-kubeadm, aws-eks.\n' +
        '  3. clusters.a.version: names no patch (got "1.35"). Write it in full, such as v1.35.0 with the patch you mean.',
    );
  });

  it("refuses a key that holds a secret, without showing it", () => {
    const { clusters: _secret, ...open } = rawConfig();
    assert.throws(
      () => parseConfig(open, ["clusters"]),
      /^FleetConfigError: .*\n {2}1\. clusters: holds a secret, but .* Take the secret out of it, and name where it is kept instead\.$/,
    );
  });
});

describe("the stack files of this repository", () => {
  const stacks = { management: 0, production: 2, staging: 1, "sandbox-production": 2, "sandbox-staging": 1 };
  for (const [stack, clusters] of Object.entries(stacks)) {
    it(`${stack} is valid`, () => assert.equal(Object.keys(parseConfig(rawStack(stack)).clusters).length, clusters));
  }
});
