import * as assert from "node:assert/strict";
import { type AwsProvider } from "../../sandbox/plugins/aws/provider";
import { type JsonObject } from "../../sandbox/plugins/grpc/json";
import { about, create, TestAccount } from "./aws-account";

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const TABLE = "aws:ec2/routeTable:RouteTable";
const ROUTE = "aws:ec2/route:Route";
const GATEWAY_ATTACHMENT = "aws:ec2transitgateway/vpcAttachment:VpcAttachment";
const PEERING = "aws:ec2/vpcPeeringConnection:VpcPeeringConnection";
const ACCEPTANCE = "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter";
const KEY = "aws:kms/key:Key";
const ALIAS = "aws:kms/alias:Alias";
const LOGS = "aws:cloudwatch/logGroup:LogGroup";
const ROLE = "aws:iam/role:Role";
const POLICY = "aws:iam/policy:Policy";
const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const PROFILE = "aws:iam/instanceProfile:InstanceProfile";
const CLUSTER = "aws:eks/cluster:Cluster";
const NODES = "aws:eks/nodeGroup:NodeGroup";
const ADDON = "aws:eks/addon:Addon";
const ENTRY = "aws:eks/accessEntry:AccessEntry";
const ACCESS = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";
const IDENTITY = "aws:eks/podIdentityAssociation:PodIdentityAssociation";

const ROLE_ARN = "arn:aws:iam::111122223333:role/r";
const NO_KEY = "arn:aws:kms:us-west-2:111122223333:key/none";
const FLEET: JsonObject = {
  name: "fleet",
  roleArn: ROLE_ARN,
  version: "1.34",
  vpcConfig: { subnetIds: [], endpointPrivateAccess: true, endpointPublicAccess: false },
};
const NODE_GROUP: JsonObject = {
  clusterName: "fleet",
  nodeGroupName: "a",
  nodeRoleArn: ROLE_ARN,
  scalingConfig: { minSize: 1, desiredSize: 1, maxSize: 1 },
  subnetIds: [],
};

describe("the AWS stand-in refuses what AWS would refuse", () => {
  let account: TestAccount;
  let provider: AwsProvider;

  beforeEach(async () => {
    account = new TestAccount();
    provider = await account.provider();
  });

  afterEach(() => account.remove());

  async function refusesToCreate(type: string, properties: JsonObject, message: string) {
    const before = account.contents();
    await assert.rejects(async () => create(provider, type, properties), { message });
    assert.deepEqual(account.contents(), before);
  }

  async function refusesToUpdate(type: string, id: string, olds: JsonObject, change: JsonObject, message: string) {
    const request = { ...about(type), id, olds, oldInputs: olds, news: { ...olds, ...change } };
    await assert.rejects(async () => provider.update(request), { message });
  }

  async function refusesToDelete(type: string, id: string, message: string) {
    await assert.rejects(async () => remove(type, id), { message });
  }

  async function remove(type: string, id: string) {
    await provider.delete({ ...about(type), id, properties: {}, oldInputs: {} });
  }

  it("an EKS version that jumps a minor or goes down", async () => {
    await create(provider, CLUSTER, FLEET);
    const start = "updating aws:eks/cluster:Cluster (fleet): InvalidParameterException: ";
    const jump = "Cluster version can be updated one minor at a time (from 1.34 to 1.36)";
    await refusesToUpdate(CLUSTER, "fleet", FLEET, { version: "1.36" }, start + jump);
    const back = "Unsupported Kubernetes minor version update from 1.34 to 1.33";
    await refusesToUpdate(CLUSTER, "fleet", FLEET, { version: "1.33" }, start + back);
    await provider.update({
      ...about(CLUSTER),
      id: "fleet",
      olds: FLEET,
      oldInputs: FLEET,
      news: { ...FLEET, version: "1.35" },
    });
  });

  it("an EKS API server that nobody reaches", async () => {
    const vpcConfig = { subnetIds: [], endpointPublicAccess: false };
    await refusesToCreate(
      CLUSTER,
      { ...FLEET, vpcConfig },
      "creating aws:eks/cluster:Cluster (fleet): InvalidParameterException: Private and public endpoint access cannot both be disabled",
    );
  });

  it("nodes that are ahead of their cluster, made so or moved there", async () => {
    await create(provider, CLUSTER, FLEET);
    const why = "InvalidParameterException: Nodegroup Kubernetes version 1.35 must not be above the cluster's 1.34";
    await refusesToCreate(NODES, { ...NODE_GROUP, version: "1.35" }, `creating ${NODES} (fleet:a): ${why}`);
    await create(provider, NODES, { ...NODE_GROUP, version: "1.34" });
    const message = `updating ${NODES} (fleet:a): ${why}`;
    await refusesToUpdate(NODES, "fleet:a", { ...NODE_GROUP, version: "1.34" }, { version: "1.35" }, message);
  });

  it("the end of a cluster that is protected or has nodes", async () => {
    const { properties } = await create(provider, CLUSTER, { ...FLEET, deletionProtection: true });
    await refusesToDelete(
      CLUSTER,
      "fleet",
      "deleting aws:eks/cluster:Cluster (fleet): InvalidRequestException: Cluster deletion protection is enabled",
    );
    const news = { ...FLEET, deletionProtection: false };
    await provider.update({ ...about(CLUSTER), id: "fleet", olds: properties, oldInputs: FLEET, news });
    await create(provider, NODES, NODE_GROUP);
    await refusesToDelete(
      CLUSTER,
      "fleet",
      "deleting aws:eks/cluster:Cluster (fleet): ResourceInUseException: Cluster has nodegroups attached",
    );
    await remove(NODES, "fleet:a");
    await remove(CLUSTER, "fleet");
  });

  it("parts of a cluster that is not there", async () => {
    const why = "ResourceNotFoundException: No cluster found for name: fleet.";
    await refusesToCreate(NODES, NODE_GROUP, `creating ${NODES} (fleet:a): ${why}`);
    const addon = { clusterName: "fleet", addonName: "coredns" };
    await refusesToCreate(ADDON, addon, `creating ${ADDON} (fleet:coredns): ${why}`);
    const entry = { clusterName: "fleet", principalArn: ROLE_ARN };
    await refusesToCreate(ENTRY, entry, `creating ${ENTRY} (fleet:${ROLE_ARN}): ${why}`);
  });

  it("a Pod Identity association without its cluster, or a second one for a service account", async () => {
    const association = { clusterName: "fleet", namespace: "n", serviceAccount: "s", roleArn: ROLE_ARN };
    await assert.rejects(
      async () => create(provider, IDENTITY, association),
      /^Error: creating aws:eks\/podIdentityAssociation:PodIdentityAssociation \(a-[0-9a-f]{17}\): ResourceNotFoundException: No cluster found for name: fleet\.$/,
    );
    await create(provider, CLUSTER, FLEET);
    await create(provider, IDENTITY, association);
    await assert.rejects(
      async () => create(provider, IDENTITY, association),
      /: ResourceInUseException: An association already exists for the service account s in the namespace n$/,
    );
  });

  it("an access policy for a principal without an access entry", async () => {
    await create(provider, CLUSTER, FLEET);
    const access = { clusterName: "fleet", principalArn: ROLE_ARN, policyArn: "p", accessScope: { type: "cluster" } };
    await refusesToCreate(
      ACCESS,
      access,
      `creating ${ACCESS} (fleet#${ROLE_ARN}#p): ResourceNotFoundException: The specified principalArn could not be ` +
        `found: ${ROLE_ARN}`,
    );
    await create(provider, ENTRY, { clusterName: "fleet", principalArn: ROLE_ARN });
    await create(provider, ACCESS, access);
  });

  it("a subnet without a VPC, outside of it, or over another one", async () => {
    const { id: vpcId } = await create(provider, VPC, { cidrBlock: "10.0.0.0/16" });
    const refused = (properties: JsonObject, reason: string) =>
      assert.rejects(
        async () => create(provider, SUBNET, properties),
        ({ message }: Error) => {
          assert.equal(message.replace(/\(subnet-[0-9a-f]{17}\)/, "(id)"), `creating ${SUBNET} (id): ${reason}`);
          return true;
        },
      );
    const nowhere = { vpcId: "vpc-1", cidrBlock: "10.0.0.0/24" };
    await refused(nowhere, "InvalidVpcID.NotFound: The vpc ID 'vpc-1' does not exist");
    const outside = { vpcId, cidrBlock: "10.1.0.0/24" };
    await refused(outside, "InvalidSubnet.Range: The CIDR '10.1.0.0/24' is invalid.");
    await create(provider, SUBNET, { vpcId, cidrBlock: "10.0.0.0/24" });
    const over = { vpcId, cidrBlock: "10.0.0.128/25" };
    await refused(over, "InvalidSubnet.Conflict: The CIDR '10.0.0.128/25' conflicts with another subnet");
    await create(provider, SUBNET, { vpcId, cidrBlock: "10.0.1.0/24" });
  });

  it("a route to a gateway that its network is not attached to, and a second attachment", async () => {
    const { id: vpcId } = await create(provider, VPC, { cidrBlock: "10.0.0.0/16" });
    const { id: routeTableId } = await create(provider, TABLE, { vpcId });
    const route = { routeTableId, destinationCidrBlock: "10.32.0.0/12", transitGatewayId: "tgw-1" };
    await assert.rejects(
      async () => create(provider, ROUTE, route),
      /InvalidTransitGatewayID\.NotFound: The transitGateway ID 'tgw-1' does not exist\./,
    );
    const { id: subnet } = await create(provider, SUBNET, { vpcId, cidrBlock: "10.0.0.0/24" });
    const attachment = { transitGatewayId: "tgw-1", vpcId, subnetIds: [subnet] };
    await assert.rejects(
      async () => create(provider, GATEWAY_ATTACHMENT, { ...attachment, subnetIds: ["subnet-1"] }),
      /InvalidSubnetID\.NotFound: The subnet ID 'subnet-1' does not exist/,
    );
    await create(provider, GATEWAY_ATTACHMENT, attachment);
    await create(provider, ROUTE, route);
    await create(provider, ROUTE, { ...route, routeTableId: "rtb-of-somebody-else" });
    await assert.rejects(
      async () => create(provider, GATEWAY_ATTACHMENT, attachment),
      /DuplicateTransitGatewayAttachment/,
    );
  });

  it("to accept a peering that nobody asked for, and a route to it", async () => {
    const route = { routeTableId: "rtb-1", destinationCidrBlock: "10.33.0.0/17", vpcPeeringConnectionId: "pcx-1" };
    await assert.rejects(
      async () => create(provider, ROUTE, route),
      /InvalidVpcPeeringConnectionID\.NotFound: The vpcPeeringConnection ID 'pcx-1' does not exist/,
    );
    await assert.rejects(
      async () => create(provider, ACCEPTANCE, { vpcPeeringConnectionId: "pcx-1" }),
      /InvalidVpcPeeringConnectionID\.NotFound: The vpcPeeringConnection ID 'pcx-1' does not exist/,
    );
    const { id } = await create(provider, PEERING, { vpcId: "vpc-1", peerVpcId: "vpc-2" });
    await create(provider, ACCEPTANCE, { vpcPeeringConnectionId: id, autoAccept: true });
  });

  it("the end of a role that something holds, until nothing does", async () => {
    await create(provider, ROLE, { name: "r", assumeRolePolicy: "{}" });
    const attachment = await create(provider, ATTACHMENT, { role: "r", policyArn: "arn:aws:iam::aws:policy/P" });
    const inline = await create(provider, ROLE_POLICY, { role: "r", name: "p", policy: "{}" });
    const profile = await create(provider, PROFILE, { name: "i", role: "r" });
    const start = "deleting aws:iam/role:Role (r): DeleteConflict: Cannot delete entity, must ";
    await refusesToDelete(ROLE, "r", `${start}detach all policies first.`);
    await remove(ATTACHMENT, attachment.id);
    await refusesToDelete(ROLE, "r", `${start}delete policies first.`);
    await remove(ROLE_POLICY, inline.id);
    await refusesToDelete(ROLE, "r", `${start}remove roles from instance profile first.`);
    await remove(PROFILE, profile.id);
    await remove(ROLE, "r");
  });

  it("the end of a policy that is attached", async () => {
    await create(provider, ROLE, { name: "r", assumeRolePolicy: "{}" });
    const { id } = await create(provider, POLICY, { name: "p", policy: "{}" });
    await create(provider, ATTACHMENT, { role: "r", policyArn: id });
    await refusesToDelete(
      POLICY,
      "arn:aws:iam::111122223333:policy/p",
      "deleting aws:iam/policy:Policy (arn:aws:iam::111122223333:policy/p): DeleteConflict: Cannot delete a policy " +
        "attached to entities.",
    );
  });

  it("rights for a role that is not there", async () => {
    const why = "NoSuchEntity: The role with name r cannot be found.";
    await refusesToCreate(ATTACHMENT, { role: "r", policyArn: "p" }, `creating ${ATTACHMENT} (r/p): ${why}`);
    const inline = { role: "r", name: "p", policy: "{}" };
    await refusesToCreate(ROLE_POLICY, inline, `creating ${ROLE_POLICY} (r:p): ${why}`);
    await refusesToCreate(PROFILE, { name: "i", role: "r" }, `creating ${PROFILE} (i): ${why}`);
  });

  it("a key that is not there, for an alias, a log group and a cluster", async () => {
    const alias = { name: "alias/a", targetKeyId: "none" };
    await refusesToCreate(ALIAS, alias, `creating ${ALIAS} (alias/a): NotFoundException: Key 'none' does not exist`);
    const why = `NotFoundException: Key '${NO_KEY}' does not exist`;
    await refusesToCreate(LOGS, { name: "l", kmsKeyId: NO_KEY }, `creating ${LOGS} (l): ${why}`);
    const encryptionConfig = { provider: { keyArn: NO_KEY }, resources: ["secrets"] };
    await refusesToCreate(CLUSTER, { ...FLEET, encryptionConfig }, `creating ${CLUSTER} (fleet): ${why}`);
  });

  it("no key that is there, by its id, its ARN or its alias", async () => {
    const { id, properties } = await create(provider, KEY, {});
    await create(provider, ALIAS, { name: "alias/a", targetKeyId: id });
    await create(provider, LOGS, { name: "by-arn", kmsKeyId: properties["arn"] ?? "" });
    const aliasArn = "arn:aws:kms:us-west-2:111122223333:alias/a";
    const { properties: logs } = await create(provider, LOGS, { name: "by-alias", kmsKeyId: aliasArn });
    assert.equal(logs["kmsKeyId"], aliasArn);
  });

  const role = { name: "r", assumeRolePolicy: "{}" };
  const SECOND: [string, JsonObject, string][] = [
    [ROLE, role, "(r): EntityAlreadyExists: Role with name r already exists."],
    [LOGS, { name: "l" }, "(l): ResourceAlreadyExistsException: The specified log group already exists"],
    [CLUSTER, FLEET, "(fleet): ResourceInUseException: Cluster already exists with name: fleet"],
    [PROFILE, { name: "i" }, "(i): EntityAlreadyExists: Instance Profile i already exists."],
  ];
  for (const [type, properties, message] of SECOND) {
    it(`a second ${type} of the same name`, async () => {
      await create(provider, type, properties);
      await refusesToCreate(type, properties, `creating ${type} ${message}`);
    });
  }

  it("a policy of a name that is taken under another path", async () => {
    await create(provider, POLICY, { name: "p", policy: "{}" });
    await refusesToCreate(
      POLICY,
      { name: "p", path: "/other/", policy: "{}" },
      "creating aws:iam/policy:Policy (arn:aws:iam::111122223333:policy/other/p): EntityAlreadyExists: A policy " +
        "called p already exists. Duplicate names are not allowed.",
    );
  });

  it("a launch template of a name that is taken, though its id would be another", async () => {
    const type = "aws:ec2/launchTemplate:LaunchTemplate";
    await create(provider, type, { name: "t" });
    await assert.rejects(
      async () => create(provider, type, { name: "t" }),
      /: InvalidLaunchTemplateName\.AlreadyExistsException: Launch template name already in use\.$/,
    );
  });

  it("nothing in a preview, where what comes first is not there yet", async () => {
    const shown = await create(provider, NODES, { ...NODE_GROUP, version: "1.35" }, true);
    assert.equal(shown.id, "");
    await provider.update({
      ...about(CLUSTER),
      id: "fleet",
      olds: FLEET,
      oldInputs: FLEET,
      news: { ...FLEET, version: "1.36" },
      preview: true,
    });
    assert.deepEqual(account.contents(), []);
  });
});
