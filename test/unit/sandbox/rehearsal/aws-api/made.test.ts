import * as assert from "node:assert/strict";

import { type Thing } from "../../../../../sandbox/aws-api/account";
import { type JsonObject } from "../../../../../sandbox/plugins/grpc/json";
import { madeAsPlanned } from "../../../../../sandbox/rehearsal/aws-api/made";
import { changed, expected, machine, network, thing, untagged } from "./fleet-in-aws";

const ZONE = "us-west-2a";
const ADMIN = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";
const AS_PLANNED = "1 VPC, 1 internet gateway, 6 subnets, 6 route tables, 3 NAT gateways, 3 addresses";

describe("what CAPA made of a kubeadm cluster", () => {
  const plan = expected("one");
  const door = (role: string, ranges: readonly string[], port = 6443) =>
    thing("one", "security group", `one-${role}`, {
      GroupName: `one-${role}`,
      IpPermissions: [{ FromPort: port, IpRanges: ranges.map((CidrIp) => ({ CidrIp })) }],
    });
  const management = ["203.0.113.10/32", "203.0.113.11/32", "203.0.113.12/32"];
  const own = ["198.51.100.0/32", "198.51.100.1/32", "198.51.100.2/32"];
  const made: Thing[] = [
    ...network(plan),
    door("apiserver-lb", [...management, ...own]),
    door("lb", [plan.ranges.vpc]),
    door("controlplane", []),
    door("node", [plan.ranges.vpc], 30000),
    thing("one", "load balancer", "lb", {
      Type: "network",
      Scheme: "internet-facing",
      AvailabilityZones: plan.ranges.subnets.map(({ zone }) => ({ SubnetId: `public-${zone}` })),
    }),
    thing("one", "target group", "tg", {
      Protocol: "TCP",
      Port: 6443,
      HealthCheckProtocol: "HTTPS",
      HealthCheckPath: "/readyz",
    }),
    ...machine("one", ZONE, {
      MetadataOptions: { HttpTokens: "required", HttpPutResponseHopLimit: 2 },
      InstanceType: "m7i.large",
      Architecture: "x86_64",
      ImageId: "ami-0123456789abcdef0",
      IamInstanceProfile: { Arn: "arn:aws:iam::111122223333:instance-profile/control-plane.fleet.cluster-fleet" },
    }),
    thing("one", "secret", "bootstrap-0", {}),
    thing("one", "secret", "bootstrap-1", {}),
  ];

  it("is counted where it is as planned", () => {
    assert.equal(
      madeAsPlanned(plan, made),
      `${AS_PLANNED}, 4 network interfaces, 4 security groups, 1 load balancer, 1 target group, 1 instance, 1 volume`,
    );
  });

  it("is found wrong by a single thing that is missing or too much", () => {
    refused(made.slice(1), /things: /);
    refused([...made, untagged("network interface", "eni-stray", { VpcId: "vpc-one" })], /5 network interfaces/);
    refused(
      made.filter(({ kind }) => kind !== "secret"),
      /bootstrap data in Secrets Manager: \n {4}none in place of \n {4}some/,
    );
  });

  it("is found wrong by its ranges and by the way out of a subnet", () => {
    refused(changed(made, "vpc-one", { CidrBlock: "10.99.0.0/17" }), /range: \n {4}10\.99\.0\.0\/17/);
    const away = { Routes: [{ DestinationCidrBlock: "0.0.0.0/0", NatGatewayId: "nat-us-west-2b" }] };
    refused(changed(made, `rtb-nodes-${ZONE}`, away), /in us-west-2a, out by the NAT gateway of us-west-2b\n/);
    refused(changed(made, `rtb-nodes-${ZONE}`, { Routes: [] }), /in us-west-2a, out by nothing\n/);
  });

  it("is found wrong by a door that is open to everybody, or closed to the management cluster", () => {
    refused(
      changed(made, "one-node", { IpPermissions: [{ FromPort: 30000, IpRanges: [{ CidrIp: "0.0.0.0/0" }] }] }),
      /doors that are open to everybody: \n {4}one-node 30000 in place of nothing/,
    );
    refused(changed(made, "one-apiserver-lb", { IpPermissions: [] }), /who reaches the API: nothing in place of/);
    refused(changed(made, "lb", { Scheme: "internal" }), /load balancer: \n {4}network, internal, /);
    refused(changed(made, "tg", { HealthCheckProtocol: "TCP" }), /its targets: \n {4}TCP 6443, asked by TCP/);
  });

  for (const [what, facts, words] of [
    ["metadata without a session", { MetadataOptions: { HttpTokens: "optional" } }, /sessions optional for metadata/],
    [
      "metadata that pods of pods reach",
      { MetadataOptions: { HttpTokens: "required", HttpPutResponseHopLimit: 3 } },
      /3 hops/,
    ],
    ["a key", { KeyName: "default" }, /key default; private in place of/],
    ["a public address", { PublicIpAddress: "198.51.100.9" }, /reached from the internet in place of/],
    ["a public subnet", { SubnetId: `public-${ZONE}` }, /reached from the internet in place of/],
    ["another image", { ImageId: "ami-00000000000000000" }, /ami-00000000000000000; .* in place of/],
    ["another type", { InstanceType: "t3.large" }, /t3\.large \(x86_64\) in us-west-2a; .* in place of/],
    [
      "a zone that is not the cluster's",
      { Placement: { AvailabilityZone: "us-west-2d" } },
      /in one of the cluster's zones/,
    ],
  ] as [string, JsonObject, RegExp][]) {
    it(`is found wrong by a machine with ${what}`, () => refused(changed(made, `i-${ZONE}`, facts), words));
  }

  it("is found wrong by a disk in clear, or of another size", () => {
    refused(changed(made, `vol-${ZONE}`, { Encrypted: false }), /gp3, in clear/);
    refused(changed(made, `vol-${ZONE}`, { Size: 8 }), /; 8 GiB;/);
  });

  function refused(things: readonly Thing[], words: RegExp): void {
    assert.throws(() => madeAsPlanned(plan, things), { name: "SandboxProblem", message: words });
  }
});

describe("what CAPA made of an EKS cluster", () => {
  const plan = expected("two");
  const zones = plan.ranges.subnets.map(({ zone }) => zone);
  const cluster: JsonObject = {
    version: "1.35",
    roleArn: "arn:aws:iam::111122223333:role/eks-controlplane.fleet.cluster-fleet",
    upgradePolicy: { supportType: "STANDARD" },
    accessConfig: { authenticationMode: "API" },
    kubernetesNetworkConfig: { serviceIpv4Cidr: plan.ranges.services },
    logging: {
      clusterLogging: [
        { types: ["api", "audit", "authenticator", "controllerManager", "scheduler"], enabled: true },
        { types: [], enabled: false },
      ],
    },
    resourcesVpcConfig: {
      subnetIds: zones.map((zone) => `nodes-${zone}`),
      endpointPrivateAccess: true,
      endpointPublicAccess: true,
      publicAccessCidrs: ["203.0.113.12/32", "203.0.113.11/32", "203.0.113.10/32"],
    },
    addOns: plannedObjects("addOns").map(({ name, version }) => ({
      addonName: name ?? "",
      addonVersion: version ?? "",
    })),
    accessEntries: [
      {
        principalArn: "arn:aws:iam::111122223333:role/controllers.fleet.cluster-fleet",
        type: "STANDARD",
        policies: [{ policyArn: ADMIN, accessScope: { type: "cluster" } }],
      },
      { principalArn: "arn:aws:iam::111122223333:role/nodes.fleet.cluster-fleet", type: "EC2_LINUX", policies: [] },
    ],
  };
  const made: Thing[] = [
    ...network(plan),
    thing("two", "security group", "sg-nodes", { GroupName: "two-node-eks-additional" }),
    untagged("security group", "sg-eks", { GroupName: "eks-cluster-sg-two-1", VpcId: "vpc-two" }),
    ...zones.flatMap((zone) =>
      machine("two", zone, {
        InstanceType: "m7g.large",
        Architecture: "arm64",
        InstanceLifecycle: "spot",
        ImageId: plan.images.find(({ parameter, architecture }) => parameter && architecture === "arm64")?.id ?? "",
        IamInstanceProfile: { Arn: "arn:aws:iam::111122223333:instance-profile/nodes.fleet.cluster-fleet" },
      }),
    ),
    thing("two", "EKS cluster", "two", cluster),
  ];

  it("is counted where it is as planned", () => {
    assert.equal(
      madeAsPlanned(plan, made),
      `${AS_PLANNED}, 6 network interfaces, 2 security groups, 3 instances, 3 volumes, 1 EKS cluster`,
    );
  });

  it("is found wrong by a machine that is paid for otherwise, or of another zone", () => {
    refused(changed(made, `i-${ZONE}`, { InstanceLifecycle: "" }), /in us-west-2a; on-demand; /);
    refused(changed(made, `i-${ZONE}`, { Architecture: "x86_64" }), /m7g\.large \(x86_64\) in us-west-2a/);
    refused(changed(made, `i-${ZONE}`, { Placement: { AvailabilityZone: "us-west-2b" } }), /machines: /);
  });

  for (const [what, facts, words] of [
    ["another version", { version: "1.34" }, /version: \n {4}1\.34 in place of \n {4}1\.35/],
    ["extended support", { upgradePolicy: { supportType: "EXTENDED" } }, /support: \n {4}extended in place of/],
    ["a config map", { accessConfig: { authenticationMode: "CONFIG_MAP" } }, /how one enters: \n {4}CONFIG_MAP/],
    ["another role", { roleArn: "arn:aws:iam::111122223333:role/other" }, /role: \n {4}other in place of/],
    ["other services", { kubernetesNetworkConfig: {} }, /services: \n {4} in place of/],
    ["no logs", { logging: { clusterLogging: [] } }, /logs: nothing in place of/],
    ["a key that nobody asked for", { encryptionConfig: [{ provider: { keyArn: "key" } }] }, /own key for secrets: /],
    ["no add-on", { addOns: [] }, /add-ons: nothing in place of/],
    ["nobody who enters", { accessEntries: [] }, /who enters: nothing in place of/],
  ] as [string, JsonObject, RegExp][]) {
    it(`is found wrong by a cluster with ${what}`, () => refused(changed(made, "two", facts), words));
  }

  it("is found wrong by somebody who enters without his rights", () => {
    const entries = (cluster["accessEntries"] as JsonObject[]).map((entry) => ({ ...entry, policies: [] }));
    refused(changed(made, "two", { accessEntries: entries }), /controllers\.fleet\.cluster-fleet; standard\n/);
  });

  it("is found wrong by its endpoints", () => {
    const endpoints = (more: JsonObject) =>
      changed(made, "two", { resourcesVpcConfig: { ...(cluster["resourcesVpcConfig"] as JsonObject), ...more } });
    refused(endpoints({ endpointPrivateAccess: false }), /endpoints: /);
    refused(endpoints({ publicAccessCidrs: ["0.0.0.0/0"] }), /who reaches the API: \n {4}0\.0\.0\.0\/0 in place of/);
    refused(endpoints({ subnetIds: [`public-${ZONE}`] }), /subnets of the control plane: \n {4}public in place of/);
  });

  function plannedObjects(name: string): Record<string, string>[] {
    return plan.plan.variables?.find((each) => each.name === name)?.value as unknown as Record<string, string>[];
  }

  function refused(things: readonly Thing[], words: RegExp): void {
    assert.throws(() => madeAsPlanned(plan, things), { name: "SandboxProblem", message: words });
  }
});
