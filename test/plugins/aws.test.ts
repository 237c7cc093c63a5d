import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import { AwsProvider } from "../../sandbox/plugins/aws/provider";
import { type JsonObject, objectAt, stringAt } from "../../sandbox/plugins/grpc/json";
import { secret, UNKNOWN } from "../../sandbox/plugins/grpc/struct";
import { about, create, TestAccount } from "./aws-account";

const VPC = "aws:ec2/vpc:Vpc";
const NAT = "aws:ec2/natGateway:NatGateway";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const ROUTE = "aws:ec2/route:Route";
const ALIAS = "aws:kms/alias:Alias";
const KEY = "aws:kms/key:Key";
const ROLE = "aws:iam/role:Role";
const CLUSTER = "aws:eks/cluster:Cluster";
const NODES = "aws:eks/nodeGroup:NodeGroup";
const BUCKET = "aws:s3/bucket:Bucket";

const FLEET: JsonObject = { name: "fleet", roleArn: "arn:aws:iam::111122223333:role/r", vpcConfig: { subnetIds: [] } };
const SIMULATED =
  "INFO AWS is simulated: order and shape of the resources are checked, nothing is made in any account.";

describe("the AWS stand-in", () => {
  let account: TestAccount;
  let provider: AwsProvider;

  beforeEach(async () => {
    account = new TestAccount();
    provider = await account.provider();
  });

  afterEach(() => account.remove());

  function check(type: string, news: JsonObject, olds: JsonObject = {}) {
    return provider.check({ ...about(type), olds, news, randomSeed: "c2VlZA==" });
  }

  function diff(type: string, oldInputs: JsonObject, news: JsonObject, olds: JsonObject = oldInputs) {
    return provider.diff({ ...about(type), id: "id", olds, oldInputs, news });
  }

  async function update(type: string, id: string, olds: JsonObject, news: JsonObject, preview = false) {
    return (await provider.update({ ...about(type), id, olds, oldInputs: olds, news, preview })).properties;
  }

  function read(type: string, id: string, properties: JsonObject = {}, inputs: JsonObject = {}) {
    return provider.read({ ...about(type), id, properties, inputs });
  }

  describe("starting", () => {
    it("says that AWS is simulated", () => {
      assert.deepEqual(account.logged, [SIMULATED]);
    });

    it("refuses without a file for the account, and names the variable", async () => {
      const unset = new AwsProvider(() => undefined, {});
      const request = { ...about("pulumi:providers:aws"), args: {} };
      await assert.rejects(async () => unset.configure(request), {
        message:
          "The stand-in for the AWS provider simulates an account in a file, and CLUSTER_FLEET_AWS_STATE names none. It " +
          "is for rehearsals (npm run rehearse) alone: for AWS itself install the official provider (pulumi plugin install).",
      });
    });

    it("takes the settings of the official provider as they are", async () => {
      const news = { region: "us-west-2", profile: "p", skipCredentialsValidation: "true", endpoints: "[]" };
      const request = { ...about("pulumi:providers:aws"), olds: {}, news };
      assert.deepEqual(await provider.checkConfig(request), { inputs: news });
    });
  });

  describe("checking", () => {
    it("names what is missing", async () => {
      assert.deepEqual((await check(ROUTE, {})).failures, [
        { property: "routeTableId", reason: "Missing required argument: routeTableId" },
      ]);
    });

    it("names a misspelt input and the one that is near it", async () => {
      assert.deepEqual((await check(VPC, { cidrBlok: "10.0.0.0/16", zzz: 1 })).failures, [
        { property: "cidrBlok", reason: 'there is no input "cidrBlok": did you mean "cidrBlock"?' },
        { property: "zzz", reason: 'there is no input "zzz"' },
      ]);
    });

    it("gives a thing without a name one, the same in a preview and in the update", async () => {
      const first = await check(ROLE, { assumeRolePolicy: "{}" });
      assert.match(stringAt(first.inputs, "name"), /^name-[0-9a-f]{7}$/);
      assert.deepEqual(first.inputs["__defaults"], ["name"]);
      assert.deepEqual(await check(ROLE, { assumeRolePolicy: "{}" }), first);
    });

    it("keeps an automatic name, and lets go of a given one", async () => {
      const automatic = { assumeRolePolicy: "{}", name: "old", __defaults: ["name"] };
      assert.equal((await check(ROLE, { assumeRolePolicy: "{}" }, automatic)).inputs["name"], "old");
      const given = { assumeRolePolicy: "{}", name: "old" };
      assert.match(
        stringAt((await check(ROLE, { assumeRolePolicy: "{}" }, given)).inputs, "name"),
        /^name-[0-9a-f]{7}$/,
      );
    });

    it("begins an alias as KMS wants it, and leaves a name and a prefix alone", async () => {
      assert.match(stringAt((await check(ALIAS, { targetKeyId: "k" })).inputs, "name"), /^alias\/name-[0-9a-f]{7}$/);
      const named = { assumeRolePolicy: "{}", name: "mine" };
      assert.deepEqual(await check(ROLE, named), { inputs: named });
      const prefixed = { assumeRolePolicy: "{}", namePrefix: "mine-" };
      assert.deepEqual(await check(ROLE, prefixed), { inputs: prefixed });
    });
  });

  describe("creating", () => {
    it("makes ids, ARNs, defaults, the region and the tags of both", async () => {
      provider = await account.provider({ defaultTags: JSON.stringify({ tags: { Team: "fleet", Name: "none" } }) });
      const { id, properties } = await create(provider, ROLE, {
        name: "r",
        assumeRolePolicy: "{}",
        path: "/p/",
        tags: { Name: "r" },
      });
      assert.equal(id, "r");
      const { uniqueId, ...rest } = properties;
      assert.match(uniqueId as string, /^AROA[0-9a-f]{17}$/);
      assert.deepEqual(rest, {
        arn: "arn:aws:iam::111122223333:role/p/r",
        assumeRolePolicy: "{}",
        forceDetachPolicies: false,
        maxSessionDuration: 3600,
        name: "r",
        path: "/p/",
        tags: { Name: "r" },
        tagsAll: { Team: "fleet", Name: "r" },
      });
    });

    it("follows a thing's own region", async () => {
      const { properties } = await create(provider, CLUSTER, { ...FLEET, region: "eu-west-1" });
      assert.equal(properties["arn"], "arn:aws:eks:eu-west-1:111122223333:cluster/fleet");
      assert.equal(properties["region"], "eu-west-1");
      assert.equal((await create(provider, VPC, {})).properties["region"], "us-west-2");
    });

    it("knows no tags of things that AWS does not tag", async () => {
      const { properties } = await create(provider, ROUTE, {
        routeTableId: "rtb-1",
        destinationCidrBlock: "0.0.0.0/0",
      });
      assert.equal(properties["tagsAll"], undefined);
    });

    it("makes a name of a prefix", async () => {
      const inputs = { namePrefix: "r-", assumeRolePolicy: "{}" };
      assert.equal((await create(provider, ROLE, inputs, true)).properties["name"], UNKNOWN);
      const { id, properties } = await create(provider, ROLE, inputs);
      assert.match(id, /^r-[0-9a-f]{17}$/);
      assert.equal(properties["name"], id);
      assert.equal((await update(ROLE, id, properties, { ...inputs, description: "d" }))["name"], id);
    });

    it("makes outputs inside of inputs, that refresh and import do not take for inputs", async () => {
      const { id: vpcId } = await create(provider, VPC, { cidrBlock: "10.0.0.0/16" });
      const subnet = await create(provider, "aws:ec2/subnet:Subnet", { vpcId, cidrBlock: "10.0.0.0/24" });
      const vpcConfig = { subnetIds: [subnet.id] };
      const unknown = { subnetIds: [subnet.id], clusterSecurityGroupId: UNKNOWN, vpcId: UNKNOWN };
      const inputs = { ...FLEET, vpcConfig };
      assert.deepEqual((await create(provider, CLUSTER, inputs, true)).properties["vpcConfig"], unknown);
      const { id, properties } = await create(provider, CLUSTER, inputs);
      const made = objectAt(properties, "vpcConfig");
      assert.match(stringAt(made, "clusterSecurityGroupId"), /^sg-[0-9a-f]{17}$/);
      assert.deepEqual({ ...made, clusterSecurityGroupId: "" }, { ...vpcConfig, vpcId, clusterSecurityGroupId: "" });
      assert.deepEqual((await update(CLUSTER, id, properties, { ...inputs, version: "1.35" }))["vpcConfig"], made);
      assert.deepEqual((await read(CLUSTER, id, properties, inputs)).inputs, inputs);
      assert.deepEqual((await read(CLUSTER, id)).inputs?.["vpcConfig"], vpcConfig);
    });

    it("makes two things that do not share an id", async () => {
      assert.notEqual((await create(provider, VPC, {})).id, (await create(provider, VPC, {})).id);
    });

    it("keeps secrets marked", async () => {
      const { properties } = await create(provider, TEMPLATE, { name: "t", userData: secret("x") });
      assert.deepEqual(properties["userData"], secret("x"));
    });

    it("shows in a preview what is known, and leaves no trace", async () => {
      const { id, properties } = await create(provider, NAT, { subnetId: UNKNOWN, tags: { Name: "n" } }, true);
      assert.equal(id, "");
      assert.deepEqual(properties, {
        connectivityType: "public",
        networkInterfaceId: UNKNOWN,
        publicIp: UNKNOWN,
        region: "us-west-2",
        subnetId: UNKNOWN,
        tags: { Name: "n" },
        tagsAll: { Name: "n" },
      });
      assert.equal((await create(provider, VPC, { tags: UNKNOWN }, true)).properties["tagsAll"], UNKNOWN);
      assert.deepEqual(account.contents(), []);
    });

    it("does not show the address of a cluster before it is there", async () => {
      const { properties } = await create(provider, CLUSTER, FLEET, true);
      assert.deepEqual(
        ["arn", "endpoint", "certificateAuthority", "identities"].map((name) => properties[name]),
        [UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN],
      );
    });
  });

  describe("telling differences", () => {
    it("finds none in the same inputs", async () => {
      assert.deepEqual(await diff(ROUTE, { routeTableId: "r" }, { routeTableId: "r" }), { changes: "DIFF_NONE" });
    });

    it("changes in place what AWS can change", async () => {
      assert.deepEqual(await diff(VPC, { enableDnsSupport: true }, { enableDnsSupport: false }, { tagsAll: {} }), {
        changes: "DIFF_SOME",
        diffs: ["enableDnsSupport"],
        replaces: [],
        deleteBeforeReplace: false,
      });
    });

    it("replaces where AWS cannot, after the new one is there", async () => {
      const response = await diff(VPC, { cidrBlock: "10.0.0.0/16" }, { cidrBlock: "10.1.0.0/16" }, { tagsAll: {} });
      assert.deepEqual([response.replaces, response.deleteBeforeReplace], [["cidrBlock"], false]);
    });

    it("replaces before the new one is there, where both would have one name", async () => {
      const response = await diff(CLUSTER, FLEET, { ...FLEET, roleArn: "arn:aws:iam::111122223333:role/s" });
      assert.deepEqual([response.replaces, response.deleteBeforeReplace], [["roleArn"], true]);
      const renamed = await diff(CLUSTER, FLEET, { ...FLEET, name: "other" });
      assert.deepEqual([renamed.replaces, renamed.deleteBeforeReplace], [["name"], false]);
    });

    it("looks into an input of which only a part replaces", async () => {
      const olds = { launchTemplate: { id: "lt-1", version: "1" } };
      const version = await diff(NODES, olds, { launchTemplate: { id: "lt-1", version: "2" } });
      assert.deepEqual(version.replaces, []);
      const template = await diff(NODES, olds, { launchTemplate: { id: "lt-2", version: "1" } });
      assert.deepEqual(template.replaces, ["launchTemplate"]);
    });

    it("replaces what moves to another region", async () => {
      assert.deepEqual((await diff(VPC, { region: "us-west-2" }, { region: "us-east-1" })).replaces, ["region"]);
    });

    it("sees that the tags of the provider have changed", async () => {
      const { properties } = await create(provider, VPC, {});
      provider = await account.provider({ defaultTags: JSON.stringify({ tags: { Team: "fleet" } }) });
      const response = await diff(VPC, {}, {}, properties);
      assert.deepEqual([response.diffs, response.replaces], [["tagsAll"], []]);
      const updated = await update(VPC, "vpc", properties, {});
      assert.deepEqual(updated["tagsAll"], { Team: "fleet" });
    });
  });

  describe("updating", () => {
    it("keeps what AWS computed, and takes the new inputs alone", async () => {
      const { id, properties } = await create(provider, CLUSTER, { ...FLEET, deletionProtection: true });
      const { deletionProtection, ...expected } = properties;
      assert.equal(deletionProtection, true);
      assert.deepEqual(await update(CLUSTER, id, properties, { ...FLEET, version: "1.35" }), {
        ...expected,
        version: "1.35",
      });
    });

    it("adds a version of a launch template, that a preview does not know", async () => {
      const inputs = { name: "t", instanceType: "m7i.large" };
      const { id, properties } = await create(provider, TEMPLATE, inputs);
      const larger = { ...inputs, instanceType: "m7i.xlarge" };
      const versionsOf = (outputs: JsonObject) => [outputs["latestVersion"], outputs["defaultVersion"]];
      assert.deepEqual(versionsOf(properties), [1, 1]);
      assert.deepEqual(versionsOf(await update(TEMPLATE, id, properties, larger, true)), [UNKNOWN, 1]);
      const second = await update(TEMPLATE, id, properties, larger);
      assert.deepEqual(versionsOf(second), [2, 1]);
      const tagged = await update(TEMPLATE, id, second, { ...larger, tags: { a: "b" } });
      assert.deepEqual(versionsOf(tagged), [2, 1]);
      const third = { ...inputs, updateDefaultVersion: true };
      assert.deepEqual(versionsOf(await update(TEMPLATE, id, tagged, third)), [3, 3]);
    });
  });

  describe("reading", () => {
    it("finds what an earlier process made, though that was killed", async () => {
      const { id, properties } = await create(provider, VPC, { cidrBlock: "10.0.0.0/16" });
      provider = await account.provider();
      assert.deepEqual(await read(VPC, id, properties, { cidrBlock: "10.0.0.0/16" }), {
        id,
        properties,
        inputs: { cidrBlock: "10.0.0.0/16" },
      });
    });

    it("leaves no half-written file beside the account", async () => {
      await create(provider, VPC, {});
      assert.deepEqual(fs.readdirSync(account.folder), ["aws.json"]);
    });

    it("says that a thing is gone", async () => {
      const { id, properties } = await create(provider, VPC, {});
      await provider.delete({ ...about(VPC), id, properties, oldInputs: {} });
      assert.deepEqual(await read(VPC, id, properties), {});
    });

    it("sees what others changed in the program's fields, and not what they added", async () => {
      const inputs = { name: "r", assumeRolePolicy: secret("{}"), tags: { a: "1" } };
      const { id, properties } = await create(provider, ROLE, inputs);
      const live = { ...inputs, assumeRolePolicy: "{ }", tags: { a: "2", b: "3" }, description: "by hand" };
      await update(ROLE, id, properties, live);
      assert.deepEqual((await read(ROLE, id, properties, inputs)).inputs, {
        name: "r",
        assumeRolePolicy: secret("{ }"),
        tags: { a: "2" },
      });
    });

    it("adds nothing to the inputs of a program that gives none", async () => {
      const { id, properties } = await create(provider, VPC, {});
      assert.deepEqual((await read(VPC, id, properties, {})).inputs, {});
    });

    it("imports a thing by its id, with the inputs that make it", async () => {
      const { id } = await create(provider, KEY, { description: "d" });
      const { properties, inputs } = await read(KEY, id);
      assert.equal(properties?.["keyId"], id);
      assert.deepEqual(inputs, {
        bypassPolicyLockoutSafetyCheck: false,
        customerMasterKeySpec: "SYMMETRIC_DEFAULT",
        description: "d",
        enableKeyRotation: false,
        isEnabled: true,
        keyUsage: "ENCRYPT_DECRYPT",
        region: "us-west-2",
      });
      const imported = await diff(KEY, inputs ?? {}, inputs ?? {}, properties);
      assert.deepEqual(imported, { changes: "DIFF_NONE" });
    });
  });

  describe("a type that it does not know", () => {
    it("echoes the inputs, with one notice for all", async () => {
      await check(BUCKET, { bucket: "a" });
      await check(BUCKET, { bucket: "b" });
      assert.deepEqual(account.logged.slice(1), [
        "WARNING The stand-in for the AWS provider does not know aws:s3/bucket:Bucket: its inputs are echoed.",
      ]);
      const { id, properties } = await create(provider, BUCKET, { bucket: "a" });
      assert.match(id, /^[0-9a-f]{17}$/);
      assert.deepEqual(properties, { bucket: "a", tagsAll: {} });
    });
  });
});
