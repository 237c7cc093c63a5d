import * as assert from "node:assert/strict";

import { type RawConfig } from "../../../../fleet/config/config";
import { parseConfig } from "../../../../fleet/config/parse";
import { type Json } from "../../../../fleet/content-hash";
import { type Observed, type ObservedCluster } from "../../../../fleet/observed";
import { planFleet } from "../../../../fleet/plan";
import { type PlannedCluster } from "../../../../fleet/planned";
import { apiVariable } from "../../../../fleet/topology/api-access";
import { type AwsSide } from "../../../../fleet/topology/aws-side";
import { CLASS } from "../../../../fleet/labels";
import { liveCluster, NOW } from "../fixtures";

const NOTHING: Observed = { clusters: [], classes: [] };
const SIDE: AwsSide = {
  managementName: "fleet",
  controllersRole: "arn:aws:iam::111122223333:role/platform/controllers.fleet.cluster-fleet",
  accounts: { "444455556666": "arn:aws:iam::444455556666:role/controllers.fleet.cluster-fleet" },
  natAddresses: ["203.0.113.10"],
};
const IMAGES = { "v1.35.2": { "us-west-2": { amd64: "ami-0123456789abcdef0", arm64: "ami-0123456789abcdef1" } } };

interface Options {
  readonly cluster?: object;
  readonly classes?: object;
  readonly management?: object;
  readonly pool?: string;
}

function raw({ cluster = {}, classes = {}, management = { kind: "stack", stack: "o/p/s" }, pool }: Options): RawConfig {
  return {
    environment: "production",
    management,
    network: { pools: { "us-west-2": { range: pool ?? "10.32.0.0/12" } } },
    classes: { "aws-kubeadm": { images: IMAGES }, ...classes },
    clusters: {
      one: {
        class: "aws-eks",
        region: "us-west-2",
        version: "v1.35.2",
        network: { slot: 1 },
        workers: { default: { replicas: 3, instanceType: "m7i.large" } },
        ...cluster,
      },
    },
  };
}

function planned(options: Options, observed = NOTHING, side = SIDE): PlannedCluster {
  return planFleet(parseConfig(raw(options)), observed, side, NOW).clusters[0]!;
}

function variable(cluster: PlannedCluster, name: string): Json | undefined {
  return cluster.variables?.find((each) => each.name === name)?.value;
}

/** The planned cluster, as it would live. */
function alive(cluster: PlannedCluster): ObservedCluster {
  const variables = Object.fromEntries((cluster.variables ?? []).map(({ name, value }) => [name, value]));
  const base = liveCluster();
  return liveCluster({
    name: "one",
    labels: { ...base.labels, [CLASS]: cluster.family },
    declared: { ...base.declared, variables, podRanges: [], serviceRanges: cluster.serviceRanges ?? [] },
  });
}

const KUBEADM = { class: "aws-kubeadm", controlPlane: { replicas: 3 } };

describe("a planned cluster on AWS", () => {
  it("of EKS has the minor alone as its version, so that another patch changes nothing of it", () => {
    const [one, other] = [planned({}), planned({ cluster: { version: "v1.35.7" } })];
    assert.equal(one.version, "v1.35.0");
    assert.deepEqual(one, other);
  });

  it("has its ranges by slot, two subnets in each zone, and no pod range where pods have addresses of the VPC", () => {
    const eks = planned({});
    assert.equal(variable(eks, "vpc"), "10.33.0.0/17");
    assert.equal((variable(eks, "subnets") as readonly Json[]).length, 6);
    assert.deepEqual([eks.podRanges, eks.serviceRanges], [undefined, ["10.33.192.0/18"]]);
    assert.deepEqual(planned({ cluster: KUBEADM }).podRanges, ["10.33.128.0/18"]);
  });

  it("lets in Cluster API's controllers, nodes and the named admins alone, under the roles of its account", () => {
    const admin = "arn:aws:iam::111122223333:role/break-glass";
    const entries = variable(planned({ classes: { "aws-eks": { admins: [admin] } } }), "accessEntries");
    assert.deepEqual(
      (entries as readonly { principalARN: string; type: string }[]).map(({ principalARN, type }) => [
        principalARN,
        type,
      ]),
      [
        [SIDE.controllersRole, "standard"],
        [admin, "standard"],
        ["arn:aws:iam::111122223333:role/platform/nodes.fleet.cluster-fleet", "ec2_linux"],
      ],
    );
    const elsewhere = planned({ cluster: { account: "444455556666" } });
    assert.deepEqual(variable(elsewhere, "identity"), { kind: "AWSClusterRoleIdentity", name: "account-444455556666" });
    assert.match(
      JSON.stringify(variable(elsewhere, "accessEntries")),
      /444455556666:role\/nodes\.fleet\.cluster-fleet/,
    );
    assert.deepEqual(variable(planned({ cluster: { account: "111122223333" } }), "identity"), {
      kind: "AWSClusterControllerIdentity",
      name: "default",
    });
  });

  it("has the EBS driver only where there is a role for it, and add-on versions of the stack file win", () => {
    const role = "arn:aws:iam::111122223333:role/ebs";
    const names = (classes: object) =>
      (variable(planned({ classes }), "addOns") as readonly { name: string; version: string }[]).map(
        (each) => each.name,
      );
    assert.ok(!names({}).includes("aws-ebs-csi-driver"));
    assert.ok(names({ "aws-eks": { ebsCsiRole: role } }).includes("aws-ebs-csi-driver"));
    const chosen = { "aws-eks": { addOns: { "v1.35": { coredns: "v1.99.0-eksbuild.1" } } } };
    assert.match(JSON.stringify(variable(planned({ classes: chosen }), "addOns")), /"coredns","version":"v1\.99\.0/);
  });

  it("has images by version, region and processor", () => {
    const workers = {
      arm: { replicas: 1, instanceType: "m7g.large" },
      default: { replicas: 1, instanceType: "m7i.large" },
    };
    const cluster = planned({ cluster: { ...KUBEADM, workers } });
    const images = cluster.workers.map(({ name, variables }) => [name, JSON.stringify(variables?.[0]?.value)] as const);
    assert.match(images[0]![1], /"image":\{"id":"ami-0123456789abcdef1"\}/);
    assert.match(images[1]![1], /"image":\{"id":"ami-0123456789abcdef0"\}/);
  });

  it("keeps what it was made with", () => {
    const live = { clusters: [alive(planned({}))], classes: [] };
    assert.doesNotThrow(() => planned({}, live));
    assert.throws(() => planned({ pool: "10.64.0.0/12" }, live), {
      message:
        /clusters\.one\.network: would change vpc of the live cluster, which was made with 10\.33\.0\.0\/17 and keeps it \(got "10\.65\.0\.0\/17"\)\. Write what it was made with, or make a new cluster under another name\./,
    });
    assert.throws(() => planned({ cluster: { account: "444455556666" } }, live), {
      message: /clusters\.one\.account: would change identity of the live cluster/,
    });
  });

  it("does not become a cluster of another family", () => {
    const live = { clusters: [alive(planned({}))], classes: [] };
    assert.throws(() => planned({ cluster: KUBEADM }, live), {
      message:
        /clusters\.one\.class: asks for another family of cluster class than the live cluster has, aws-eks \(got "aws-kubeadm"\)/,
    });
  });
});

describe("a management cluster that does not say enough", () => {
  it("is refused: nobody could reach the clusters, or enter them", () => {
    assert.throws(() => planned({}, NOTHING, { managementName: "fleet", accounts: {} }), {
      message:
        "The fleet cannot be declared as configured (2 problems):\n" +
        "  1. management: does not say from which addresses it calls, so no cluster on AWS would let it in. " +
        "Run pulumi up on its stack with this version of cluster-fleet.\n" +
        "  2. clusters.one.class: needs the role of the management cluster's controllers, which nobody says. " +
        "Set management.aws.controllersRole.",
    });
    assert.throws(() => planned({ cluster: { account: "777788889999" } }), {
      message:
        /clusters\.one\.account: is not an account that the management cluster makes clusters in \(got "777788889999"\)\. Add it to/,
    });
  });
});

describe("who reaches the API", () => {
  const ranges = ["203.0.113.10/32"];

  it("of a kubeadm cluster are the management cluster's addresses, at a load balancer", () => {
    assert.deepEqual(apiVariable("aws-kubeadm", "public", ranges).value, { scheme: "internet-facing", ranges });
    assert.deepEqual(apiVariable("aws-kubeadm", "private", ranges).value, { scheme: "internal", ranges });
  });

  it("of EKS are the management cluster's addresses, and its network where there is no public endpoint", () => {
    assert.deepEqual(apiVariable("aws-eks", "public", ranges).value, {
      access: { public: true, private: true, publicCIDRs: ranges },
      inside: [],
    });
    assert.deepEqual(apiVariable("aws-eks", "private", ranges).value, {
      access: { public: false, private: true },
      inside: ranges,
    });
  });
});
