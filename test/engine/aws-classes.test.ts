import * as assert from "node:assert/strict";

import { eventually } from "./eventually";
import { fleetConfig, inOrder, succeeded } from "./fleets";
import { withSandbox } from "./harness";
import { CLUSTER, type LiveObject, LiveObjects } from "./live-objects";
import { pairwise } from "./pairwise";
import { bringAddOnKinds } from "./real-cluster";
import { type TestStack } from "./test-stack";

const ENVIRONMENT = "awsclasses";
const REGION = "us-west-2";
const ACCOUNT = "444455556666";
const ROLE = "arn:aws:iam::111122223333:role/platform";

const IMAGES = Object.fromEntries(
  ["v1.34.1", "v1.35.2", "v1.36.1"].map((version) => [
    version,
    { [REGION]: { amd64: "ami-0123456789abcdef0", arm64: "ami-0123456789abcdef1" } },
  ]),
);

/** Settings of the classes that the second fleet has; the first has none. */
const SETTINGS = {
  instanceProfile: "own-nodes",
  drainTimeoutMinutes: 10,
  nodeStartupMinutes: 20,
  unhealthyAfterSeconds: 120,
  images: IMAGES,
};
const CLASSES = {
  none: { "aws-kubeadm": { images: IMAGES }, "aws-eks": { images: IMAGES } },
  all: {
    "aws-kubeadm": { ...SETTINGS, controlPlaneInstanceProfile: "own-control-plane" },
    "aws-eks": {
      ...SETTINGS,
      support: "extended",
      admins: [ROLE],
      secretsKeys: { [REGION]: "arn:aws:kms:us-west-2:111122223333:key/00000000-0000-0000-0000-000000000000" },
      addOns: { "v1.35": { coredns: "v1.13.2-eksbuild.11" } },
      ebsCsiRole: "arn:aws:iam::111122223333:role/ebs",
      controlPlaneRole: "own-eks",
    },
  },
};

/** Their support ends one day; these tests go on. */
const supported = (more: object) =>
  Object.fromEntries(
    ["1.34", "1.35", "1.36"].map((minor, at) => [minor, { standardEnds: `2999-01-0${at + 1}`, ...more }]),
  );
const VERSIONS = { kubernetes: supported({}), eks: supported({ extendedEnds: "2999-12-31" }) };

/** Everything that a cluster on AWS may say, whatever its class. */
const OPTIONS = {
  class: ["aws-kubeadm", "aws-eks"],
  version: ["v1.34.1", "v1.35.2", "v1.36.1"],
  account: [undefined, ACCOUNT],
  machine: ["m7i.large", "m7g.large"],
  capacity: [undefined, "on-demand", "spot"],
  size: [{ replicas: 1 }, { replicas: 5 }, { min: 0, max: 4 }],
  volume: [{}, { volumeGiB: 200 }],
  zones: [{}, { zones: [`${REGION}b`] }],
  managed: [{}, { managed: true }],
  node: [{}, { labels: { team: "a", tier: "x" } }, { taints: [{ key: "only", value: "a", effect: "NoSchedule" }] }],
  controlPlane: [{ replicas: 1 }, { replicas: 3, instanceType: "m7i.xlarge", volumeGiB: 120 }],
  settings: Object.keys(CLASSES),
};

describe("clusters of the classes on AWS, judged by Cluster API's and its AWS provider's own webhooks", function () {
  this.timeout(300_000);
  inOrder();
  const sandbox = withSandbox();
  const sets = pairwise(OPTIONS);

  before("bring the kinds of the add-ons, which every cluster on AWS has", () => bringAddOnKinds(sandbox()));

  for (const [settings, classes] of Object.entries(CLASSES)) {
    describe(`with ${settings} of the classes' settings`, () => {
      const environment = `${ENVIRONMENT}-${settings}`;
      const chosen = sets.filter((set) => set["settings"] === settings);
      const names = chosen.map((_set, index) => `set-${index}`);
      let stack: TestStack;
      let live: LiveObjects;

      it("every set of choices is accepted, with all objects that are made from it", async () => {
        live = new LiveObjects(sandbox().kubeconfig, environment);
        stack = sandbox().stack(environment, config(environment, sandbox().kubeconfig, classes, chosen));
        succeeded(await stack.up());
        await eventually(`topology of ${environment}`, async () => {
          const states = await Promise.all(names.map(async (name) => reconciled(await live.read(CLUSTER, name))));
          assert.deepEqual(
            states,
            names.map(() => "True: "),
          );
        });
      });

      it("nothing is left to do, and nothing is written any more", async () => {
        succeeded(await stack.preview("--expect-no-changes"));
        const before = await versions(live, names);
        await new Promise((resolve) => setTimeout(resolve, 3_000));
        assert.deepEqual(await versions(live, names), before);
      });

      it("has no key of a cluster in clear in the engine's state", async () => {
        const state = JSON.stringify(await stack.exportState());
        assert.match(state, /cluster-fleet-encryption/);
        assert.doesNotMatch(state, /secretbox|EncryptionConfiguration/);
      });

      it("goes without leaving anything", async () => {
        succeeded(await stack.destroy());
        assert.deepEqual(await live.names(CLUSTER), []);
      });
    });
  }
});

function config(environment: string, kubeconfig: string, classes: object, sets: readonly Record<string, unknown>[]) {
  const clusters = sets.map((set, index) => [`set-${index}`, clusterOf(set, index)] as const);
  return fleetConfig(environment, Object.fromEntries(clusters), {
    "cluster-fleet:management": {
      kind: "kubeconfig",
      name: "aws-classes",
      path: kubeconfig,
      aws: {
        controllersRole: "arn:aws:iam::111122223333:role/controllers.aws-classes.cluster-fleet",
        natAddresses: ["203.0.113.10/32"],
        accounts: { [ACCOUNT]: `arn:aws:iam::${ACCOUNT}:role/controllers.aws-classes.cluster-fleet` },
      },
    },
    "cluster-fleet:network": { pools: { [REGION]: { range: "10.0.0.0/10" } } },
    "cluster-fleet:classes": classes,
    "cluster-fleet:versions": VERSIONS,
  });
}

function clusterOf(set: Record<string, unknown>, index: number): object {
  const { class: family, version, account, machine, capacity, size, volume, zones, node, controlPlane, managed } = set;
  return {
    class: family,
    region: REGION,
    version,
    account,
    network: { slot: index },
    ...(family === "aws-eks" ? {} : { controlPlane }),
    workers: {
      default: {
        instanceType: machine,
        capacity,
        ...(size as object),
        ...(volume as object),
        ...(zones as object),
        ...(node as object),
        ...(family === "aws-eks" ? (managed as object) : {}),
      },
    },
  };
}

interface Conditions {
  readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[];
}

function reconciled(cluster: LiveObject): string {
  const { status } = cluster as { readonly status?: Conditions };
  const found = status?.conditions?.find(({ type }) => type === "TopologyReconciled");
  return `${found?.status ?? "Unknown"}: ${found?.message ?? ""}`;
}

async function versions(live: LiveObjects, names: readonly string[]): Promise<(string | undefined)[]> {
  const clusters = await Promise.all(names.map((name) => live.read(CLUSTER, name)));
  return clusters.map(({ metadata }) => metadata.resourceVersion);
}
