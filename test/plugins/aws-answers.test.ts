import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { type AwsProvider } from "../../sandbox/plugins/aws/provider";
import { type JsonObject, objectAt, stringAt } from "../../sandbox/plugins/grpc/json";
import { create, TestAccount } from "./aws-account";

const CLUSTER = "aws:eks/cluster:Cluster";
const FLEET: JsonObject = { name: "fleet", roleArn: "arn:aws:iam::111122223333:role/r", vpcConfig: { subnetIds: [] } };

describe("the AWS stand-in answers", () => {
  let account: TestAccount;
  let provider: AwsProvider;

  beforeEach(async () => {
    account = new TestAccount();
    provider = await account.provider();
  });

  afterEach(() => account.remove());

  async function invoke(token: string, args: JsonObject = {}) {
    return (await provider.invoke({ token, args })).result;
  }

  describe("a question:", () => {
    it("who and where the program is", async () => {
      assert.equal((await invoke("aws:index/getCallerIdentity:getCallerIdentity"))["accountId"], "111122223333");
      assert.equal((await invoke("aws:index/getPartition:getPartition"))["partition"], "aws");
      assert.deepEqual(await invoke("aws:index/getRegion:getRegion"), {
        description: "us-west-2",
        endpoint: "ec2.us-west-2.amazonaws.com",
        id: "us-west-2",
        name: "us-west-2",
        region: "us-west-2",
      });
    });

    it("with an add-on's version that follows the cluster's minor", async () => {
      const args = { addonName: "coredns", kubernetesVersion: "1.35" };
      assert.deepEqual(await invoke("aws:eks/getAddonVersion:getAddonVersion", args), {
        addonName: "coredns",
        id: "coredns",
        kubernetesVersion: "1.35",
        mostRecent: false,
        region: "us-west-2",
        version: "v1.35.0-eksbuild.1",
      });
    });

    it("that there is no cluster, as the official provider would", async () => {
      await assert.rejects(async () => invoke("aws:eks/getCluster:getCluster", { name: "fleet" }), {
        message:
          "reading EKS Cluster (fleet): operation error EKS: DescribeCluster, https response error StatusCode: 404, " +
          "ResourceNotFoundException: No cluster found for name: fleet.",
      });
    });

    it("with a cluster that another process made", async () => {
      await create(provider, CLUSTER, { ...FLEET, version: "1.35", upgradePolicy: { supportType: "STANDARD" } });
      provider = await account.provider();
      const cluster = await invoke("aws:eks/getCluster:getCluster", { name: "fleet" });
      assert.deepEqual(
        ["arn", "version", "status", "upgradePolicies", "accessConfigs", "deletionProtection"].map(
          (key) => cluster[key],
        ),
        [
          "arn:aws:eks:us-west-2:111122223333:cluster/fleet",
          "1.35",
          "ACTIVE",
          [{ supportType: "STANDARD" }],
          [],
          false,
        ],
      );
    });

    it("that it cannot, for another question", async () => {
      await assert.rejects(async () => invoke("aws:ec2/getAmi:getAmi"), {
        message: "The stand-in for the AWS provider cannot answer aws:ec2/getAmi:getAmi.",
      });
    });
  });

  describe("with an address of a cluster that", () => {
    it("is that of the named kubeconfig's current context", async () => {
      const file = path.join(account.folder, "kubeconfig");
      fs.writeFileSync(
        file,
        `current-context: b
contexts: [{ name: a, context: { cluster: one } }, { name: b, context: { cluster: two } }]
clusters:
  - { name: one, cluster: { server: "https://one", certificate-authority-data: MQ== } }
  - { name: two, cluster: { server: "https://two", certificate-authority-data: Mg== } }
`,
      );
      provider = await account.provider({}, { CLUSTER_FLEET_AWS_EKS_KUBECONFIG: file });
      const { properties } = await create(provider, CLUSTER, FLEET);
      assert.equal(properties["endpoint"], "https://two");
      assert.deepEqual(properties["certificateAuthority"], { data: "Mg==" });
      const asked = await invoke("aws:eks/getCluster:getCluster", { name: "fleet" });
      assert.deepEqual([asked["endpoint"], asked["certificateAuthorities"]], ["https://two", [{ data: "Mg==" }]]);
    });

    it("is made up where no kubeconfig is named", async () => {
      const { properties } = await create(provider, CLUSTER, FLEET);
      assert.match(stringAt(properties, "endpoint"), /^https:\/\/[0-9A-F]{32}\.gr7\.us-west-2\.eks\.amazonaws\.com$/);
      assert.notEqual(stringAt(objectAt(properties, "certificateAuthority"), "data"), "");
    });

    it("is an error where the kubeconfig's current context leads nowhere", async () => {
      const file = path.join(account.folder, "kubeconfig");
      fs.writeFileSync(file, "current-context: a\ncontexts: []\nclusters: []\n");
      provider = await account.provider({}, { CLUSTER_FLEET_AWS_EKS_KUBECONFIG: file });
      await assert.rejects(async () => create(provider, CLUSTER, FLEET), {
        message: `${file}, which CLUSTER_FLEET_AWS_EKS_KUBECONFIG names, has no cluster in its current context`,
      });
    });
  });
});
