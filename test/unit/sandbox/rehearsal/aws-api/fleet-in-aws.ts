import { type Thing } from "../../../../../sandbox/aws-api/account";
import { type JsonObject } from "../../../../../sandbox/plugins/grpc/json";
import { expectedClusters, type ExpectedCluster } from "../../../../../sandbox/rehearsal/aws-api/expected";
import { type StackConfig } from "../../../../../sandbox/rehearsal/rehearsed-stack";

const AMI = "ami-0123456789abcdef0";

/** One cluster of each class on AWS. */
export const CONFIG: StackConfig = {
  "aws:region": "us-west-2",
  "cluster-fleet:environment": "production",
  "cluster-fleet:management": { kind: "stack", stack: "organization/cluster-fleet/management" },
  "cluster-fleet:network": { pools: { "us-west-2": { range: "10.32.0.0/12" } } },
  "cluster-fleet:classes": { "aws-kubeadm": { images: { "v1.35.2": { "us-west-2": { amd64: AMI } } } } },
  "cluster-fleet:clusters": {
    one: {
      class: "aws-kubeadm",
      region: "us-west-2",
      network: { slot: 1 },
      controlPlane: { replicas: 3 },
      workers: { default: { replicas: 3, instanceType: "m7i.large" } },
    },
    two: {
      class: "aws-eks",
      region: "us-west-2",
      network: { slot: 2 },
      workers: { default: { replicas: 3, instanceType: "m7g.large", capacity: "spot" } },
    },
  },
};

/** What the stack with the management cluster puts out. */
export const MANAGEMENT = {
  name: "fleet",
  natAddresses: ["203.0.113.10", "203.0.113.11", "203.0.113.12"],
  range: "10.0.0.0/16",
  roleArns: { clusterApiControllers: "arn:aws:iam::111122223333:role/controllers.fleet.cluster-fleet" },
};

export function expected(name: "one" | "two", config = CONFIG): ExpectedCluster {
  const found = expectedClusters(config, MANAGEMENT).find(({ plan }) => plan.name === name);
  if (found === undefined) throw new Error(`the plan has no ${name}`);
  return found;
}

/** A network over three zones, as CAPA makes it and as the API describes it. */
export function network({ plan, ranges }: ExpectedCluster): Thing[] {
  const vpc = `vpc-${plan.name}`;
  const inVpc = (kind: string, id: string, facts: JsonObject = {}) =>
    thing(plan.name, kind, id, { ...facts, VpcId: vpc });
  const zones = ranges.subnets.flatMap(({ zone, nodes, public: open }, index) => [
    inVpc("subnet", `nodes-${zone}`, { CidrBlock: nodes, AvailabilityZone: zone }),
    inVpc("subnet", `public-${zone}`, { CidrBlock: open, AvailabilityZone: zone }),
    inVpc("route table", `rtb-nodes-${zone}`, table(`nodes-${zone}`, { NatGatewayId: `nat-${zone}` })),
    inVpc("route table", `rtb-public-${zone}`, table(`public-${zone}`, { GatewayId: "igw" })),
    inVpc("NAT gateway", `nat-${zone}`, { SubnetId: `public-${zone}` }),
    thing(plan.name, "address", `eipalloc-${zone}`, { PublicIp: `198.51.100.${index}` }),
    untagged("network interface", `eni-nat-${zone}`, { VpcId: vpc }),
  ]);
  return [inVpc("VPC", vpc, { CidrBlock: ranges.vpc }), thing(plan.name, "internet gateway", "igw", {}), ...zones];
}

function table(subnet: string, way: JsonObject): JsonObject {
  return { Associations: [{ SubnetId: subnet }], Routes: [{ DestinationCidrBlock: "0.0.0.0/0", ...way }] };
}

/** A machine with its disk and network interface. */
export function machine(cluster: string, zone: string, facts: JsonObject): Thing[] {
  const id = `i-${zone}`;
  const place = { VpcId: `vpc-${cluster}`, SubnetId: `nodes-${zone}` };
  const hardened = {
    MetadataOptions: { HttpTokens: "required", HttpPutResponseHopLimit: 1 },
    Placement: { AvailabilityZone: zone },
  };
  const attachments = [{ InstanceId: id }];
  return [
    thing(cluster, "instance", id, { InstanceId: id, ...place, ...hardened, ...facts }),
    thing(cluster, "volume", `vol-${zone}`, { Size: 80, VolumeType: "gp3", Encrypted: true, Attachments: attachments }),
    untagged("network interface", `eni-${zone}`, place),
  ];
}

/** With CAPA's tag. */
export function thing(cluster: string, kind: string, id: string, facts: JsonObject): Thing {
  const tags = { [`sigs.k8s.io/cluster-api-provider-aws/cluster/${cluster}`]: "owned" };
  return { ...untagged(kind, id, facts), tags };
}

export function untagged(kind: string, id: string, facts: JsonObject): Thing {
  return { region: "us-west-2", kind, id, tags: {}, facts };
}

/** The same things, one of them with other facts. */
export function changed(things: readonly Thing[], id: string, facts: JsonObject): Thing[] {
  if (!things.some((each) => each.id === id)) throw new Error(`there is no ${id}`);
  return things.map((each) => (each.id === id ? { ...each, facts: { ...each.facts, ...facts } } : each));
}
