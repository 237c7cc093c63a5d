import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";

import { Engine } from "../../sandbox/engine/engine";
import { type SandboxPaths, sandboxPaths } from "../../sandbox/layout";
import { apply } from "../../sandbox/management/api";
import { Account, type Held } from "../../sandbox/plugins/aws/account";
import { kubeconfigAccess } from "../../sandbox/rehearsal/access";
import { type MadeNetwork, makeNetworks } from "../../sandbox/rehearsal/networks";
import { RehearsedStack } from "../../sandbox/rehearsal/rehearsed-stack";
import { eventually } from "./eventually";
import { assertSays, failed, fleetConfig, inOrder, succeeded } from "./fleets";
import { type TestSandbox, withSandbox } from "./harness";
import { LiveObjects } from "./live-objects";
import { bringAddOnKinds } from "./real-cluster";

const ENVIRONMENT = "ways";
const OFFER = path.join(__dirname, "programs", "offer");
const AWS_CLUSTER = { apiVersion: "infrastructure.cluster.x-k8s.io/v1beta2", kind: "AWSCluster" };
const ROUTE = "aws:ec2/route:Route";
const PEERING = "aws:ec2/vpcPeeringConnection:VpcPeeringConnection";
const ATTACHMENT = "aws:ec2transitgateway/vpcAttachment:VpcAttachment";
const ACCEPTER = "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter";
const ZONE = "aws:route53/zoneAssociation:ZoneAssociation";

const HOME = { vpc: "vpc-home", tables: ["rtb-home0", "rtb-home1", "rtb-home2"], range: "10.0.0.0/16" };
const GATEWAYS = { "us-west-2": { id: "tgw-0123456789abcdef0" }, "us-east-1": { id: "tgw-0123456789abcdef1" } };
const OFFICE = "10.200.0.0/16";
const BY_PEERING = { kind: "peering", rancherZone: "Z0123456789ABCDEFGHIJ" };
const BY_GATEWAY = {
  kind: "transit-gateway",
  gateways: GATEWAYS,
  from: [OFFICE],
  rancherZone: BY_PEERING.rancherZone,
};

/** What is made in AWS is simulated; so is CAPA, of whose work the ids of the networks are all that is needed here. */
describe("private ways to the API servers of clusters on AWS", function () {
  this.timeout(400_000);
  inOrder();
  const sandbox = withSandbox();
  let paths: SandboxPaths;
  let account: Account;
  let stack: RehearsedStack;
  let networks: ReadonlyMap<string, MadeNetwork>;

  before("two management clusters, one of which has no network that anybody knows", async () => {
    const tools = await bringAddOnKinds(sandbox());
    paths = sandboxPaths(path.dirname(sandbox().kubeconfig));
    const access = kubeconfigAccess(paths.kubeconfig);
    // The stack of the management cluster makes it for each environment.
    const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: ENVIRONMENT } };
    await apply(access, "/api/v1/namespaces", namespace);
    account = new Account(paths.aws);
    account.put({ type: "aws:ec2/vpc:Vpc", id: HOME.vpc, properties: { cidrBlock: HOME.range } });
    for (const id of HOME.tables) {
      account.put({ type: "aws:ec2/routeTable:RouteTable", id, properties: { vpcId: HOME.vpc } });
    }
    account.put({
      type: ATTACHMENT,
      id: "tgw-attach-home",
      properties: { transitGatewayId: GATEWAYS["us-west-2"].id, vpcId: HOME.vpc },
    });
    const network = { vpcId: HOME.vpc, routeTableIds: HOME.tables, gatewayId: GATEWAYS["us-west-2"].id };
    await offer(sandbox(), "offers-way", network);
    const rancher = { version: "v2.15.0", hostname: "rancher.example.com", internal: true };
    // It speaks for an environment beside this one too.
    const networks = { pools: {}, clusters: { theirs: { vpc: RANGES.one } } };
    await offer(sandbox(), "offers-none", { rancher }, { environment: "beside", networks });
    stack = new RehearsedStack(
      new Engine(paths, tools.file("pulumi")),
      paths,
      ENVIRONMENT,
      undefined,
      config("offers-way", BY_PEERING),
    );
  });

  it("are refused where they begin nowhere, and public ones where Rancher's agents have none", async () => {
    const refused = async (reach: object, manager = "offers-none") => {
      stack.edit((whole) => Object.assign(whole, config(manager, reach)));
      return failed(await stack.preview());
    };
    assertSays(
      await refused(BY_PEERING),
      "management.stack: does not say which network its management cluster has, so no private way can begin there",
    );
    assertSays(
      await refused({ kind: "public-restricted" }),
      "network.reach.kind: leaves the agents of Rancher without a way to it: its load balancer has no address on the internet",
    );
    const { "us-east-1": east } = GATEWAYS;
    assertSays(
      await refused({ ...BY_GATEWAY, gateways: { "us-east-1": east } }, "offers-way"),
      "network.reach.gateways.us-west-2: is missing, so no way leads to the private API servers of one. Add the",
    );
  });

  it("are refused to a new cluster with addresses of an environment beside this one", async () => {
    const neighbours = ["organization/cluster-fleet/offers-none"];
    stack.edit((whole) => Object.assign(whole, config("offers-way", BY_PEERING, { neighbours })));
    assertSays(
      failed(await stack.preview()),
      "clusters.one.network.slot: gives ranges that others have: the VPC of one (10.33.0.0/17) overlaps the VPC of theirs " +
        "in stack organization/cluster-fleet/offers-none (10.33.0.0/17) (got 1).",
    );
  });

  it("come in the run after the one that declares the clusters, for networks are not made by the engine", async () => {
    stack.edit((whole) => Object.assign(whole, config("offers-way", BY_PEERING)));
    const first = succeeded(await stack.up());
    assertSays(first.stdout, "one: its network is not there yet, so nothing leads to its private API server.");
    assert.deepEqual(ours(), []);
    networks = await eventually("what CAPA would work on", async () => {
      const made = await makeNetworks(paths, ENVIRONMENT);
      assert.deepEqual([...made.keys()].sort(), ["one", "two"]);
      return made;
    });
    const second = succeeded(await stack.up());
    assert.doesNotMatch(second.stdout, /is not there yet/);
  });

  it("are a peering, routes both ways by every route table of nodes, and the zone of Rancher's name", async () => {
    assert.deepEqual(counted(), {
      VpcPeeringConnection: 2,
      VpcPeeringConnectionAccepter: 2,
      Route: 2 * (3 + 3),
      ZoneAssociation: 2,
    });
    for (const [cluster, range] of Object.entries(RANGES)) {
      const peering = idOf(PEERING, "peerVpcId", cluster);
      assert.deepEqual(
        routesTo(range),
        HOME.tables.map((table) => `${table} ${peering}`),
        cluster,
      );
      assert.deepEqual(leading(cluster, HOME.range), [peering, peering, peering], cluster);
    }
    succeeded(await stack.preview("--expect-no-changes"));
  });

  it("become others in one run: no route is missing in between, and nothing of the former stays", async () => {
    stack.edit((whole) => Object.assign(whole, config("offers-way", BY_GATEWAY)));
    succeeded(await stack.up());
    assert.deepEqual(counted(), { VpcAttachment: 2, Route: 3 * 2 + 2 * 3 * 2, ZoneAssociation: 2 });
    for (const cluster of Object.keys(RANGES)) {
      const gateway = GATEWAYS[cluster === "one" ? "us-west-2" : "us-east-1"].id;
      assert.deepEqual(leading(cluster, HOME.range), [gateway, gateway, gateway], cluster);
      assert.deepEqual(leading(cluster, OFFICE), [gateway, gateway, gateway], cluster);
    }
    for (const pool of Object.values(POOLS)) {
      assert.deepEqual(
        routesTo(pool.range),
        HOME.tables.map((table) => `${table} ${GATEWAYS["us-west-2"].id}`),
      );
    }
    succeeded(await stack.preview("--expect-no-changes"));
  });

  it("stay as they are while Cluster API does not tell the networks, and say so", async () => {
    const live = new LiveObjects(sandbox().kubeconfig, ENVIRONMENT);
    const [object] = await live.list(AWS_CLUSTER);
    const { network } = object?.spec as { network: { subnets: Record<string, unknown>[] } };
    const subnets = network.subnets.map(({ resourceID: _, routeTableId: __, ...rest }) => rest);
    await live.edit(AWS_CLUSTER, object?.metadata.name ?? "", { spec: { network: { subnets } } });
    const run = succeeded(await stack.preview("--expect-no-changes"));
    assertSays(run.stdout, `one: Cluster API does not tell all of its network (${networks.get("one")?.vpcId}), so`);
    await makeNetworks(paths, ENVIRONMENT);
  });

  it("and back again, in one run too", async () => {
    stack.edit((whole) => Object.assign(whole, config("offers-way", BY_PEERING)));
    succeeded(await stack.up());
    assert.deepEqual(counted(), {
      VpcPeeringConnection: 2,
      VpcPeeringConnectionAccepter: 2,
      Route: 2 * (3 + 3),
      ZoneAssociation: 2,
    });
  });

  it("go with their clusters, and nothing of them is left in the account", async () => {
    succeeded(await stack.destroy());
    assert.deepEqual(ours(), []);
  });

  /** What the stack under test has made in the account, other than what the test itself has put there. */
  function ours(): Held[] {
    const kinds = [ROUTE, PEERING, ACCEPTER, ATTACHMENT, ZONE];
    return kinds.flatMap((kind) => account.all(kind)).filter(({ id }) => id !== "tgw-attach-home");
  }

  function counted(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { type } of ours()) {
      const kind = type.slice(type.lastIndexOf(":") + 1);
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
    return counts;
  }

  function idOf(type: string, property: string, cluster: string): string | undefined {
    return account.all(type).find(({ properties }) => properties[property] === networks.get(cluster)?.vpcId)?.id;
  }

  /** Route tables at home, and where they lead for a range. */
  function routesTo(range: string): string[] {
    return account
      .all(ROUTE)
      .filter(({ properties }) => properties["destinationCidrBlock"] === range)
      .map(({ properties }) => `${String(properties["routeTableId"])} ${target(properties)}`)
      .sort();
  }

  /** Where the route tables of a cluster lead for a range. */
  function leading(cluster: string, range: string): string[] {
    const tables = networks.get(cluster)?.routeTableIds ?? [];
    return account
      .all(ROUTE)
      .filter(({ properties }) => properties["destinationCidrBlock"] === range)
      .filter(({ properties }) => tables.includes(String(properties["routeTableId"])))
      .map(({ properties }) => target(properties));
  }
});

function target(properties: Held["properties"]): string {
  return String(properties["vpcPeeringConnectionId"] ?? properties["transitGatewayId"]);
}

const POOLS = { "us-west-2": { range: "10.32.0.0/12" }, "us-east-1": { range: "10.48.0.0/12" } };
const RANGES = { one: "10.33.0.0/17", two: "10.49.0.0/17" };

/** A cluster of each class, in two regions. */
function config(manager: string, reach: object, network: object = {}): Record<string, unknown> {
  const workers = { default: { replicas: 1, instanceType: "m7i.large" } };
  const common = { version: "v1.35.2", network: { slot: 1 }, workers };
  const clusters = {
    one: { ...common, class: "aws-kubeadm", region: "us-west-2", controlPlane: { replicas: 1 } },
    two: { ...common, class: "aws-eks", region: "us-east-1" },
  };
  return fleetConfig(ENVIRONMENT, clusters, {
    "cluster-fleet:management": { kind: "stack", stack: `organization/cluster-fleet/${manager}` },
    "cluster-fleet:network": { pools: POOLS, reach, ...network },
    "cluster-fleet:classes": {
      "aws-kubeadm": { images: { "v1.35.2": { "us-west-2": { amd64: "ami-0123456789abcdef0" } } } },
    },
  });
}

/** A stack with the outputs of one that has built a management cluster, which is the sandbox. */
async function offer(sandbox: TestSandbox, name: string, more: object, others: object = {}): Promise<void> {
  const management = {
    name,
    kubeconfig: readFileSync(sandbox.kubeconfig, "utf8"),
    environments: [ENVIRONMENT],
    natAddresses: ["203.0.113.10"],
    region: "us-west-2",
    range: HOME.range,
    roleArns: { clusterApiControllers: `arn:aws:iam::111122223333:role/controllers.${name}.cluster-fleet` },
    ...more,
  };
  succeeded(await sandbox.stack(name, { "cluster-fleet:offer": { management, ...others } }, OFFER).up());
}
