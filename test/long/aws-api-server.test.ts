import * as assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { SimulatedAccount } from "../../sandbox/aws-api/account";
import { findOrMakePython } from "../../sandbox/aws-api/environment";
import { type Image } from "../../sandbox/aws-api/images";
import { AwsApi } from "../../sandbox/aws-api/server";
import { sandboxPaths, toolsFolder } from "../../sandbox/layout";
import { type AwsAccess } from "../../sandbox/management/processes";
import { createReport } from "../../sandbox/report";

const ACCOUNT = "111122223333";
const IMAGE: Image = { id: "ami-0123456789abcdef0", region: "us-west-2", architecture: "x86_64" };
const NOBODY: Pick<AwsAccess, "accessKeyId" | "sessionToken"> = { accessKeyId: "nobody", sessionToken: "" };

describe("the simulated AWS API", function () {
  this.timeout(120_000);
  const root = mkdtempSync(path.join(os.tmpdir(), "cf-aws-api-"));
  let api: AwsApi;
  let account: SimulatedAccount;

  before(async () => {
    const python = await findOrMakePython(toolsFolder(), createReport(process.stderr));
    api = await AwsApi.start(python, sandboxPaths(root), "127.0.0.1", [IMAGE]);
    account = new SimulatedAccount(python, api.url, ACCOUNT);
  });

  after(async () => {
    await api.stop();
    rmSync(root, { recursive: true, force: true });
  });

  it("has nothing at first, whatever every account has from the beginning", async () => {
    assert.deepEqual(await account.things(["us-west-2", "us-east-1"]), []);
  });

  it("gives a role's session the actions in the role's policies and no other", async () => {
    const role = "arn:aws:iam::111122223333:role/looks";
    await account.fill(identities({ Effect: "Allow", Action: ["ec2:Describe*"], Resource: ["*"] }));
    const session = await account.session(role);
    assert.match(await ec2("DescribeVpcs", {}, session), /<DescribeVpcsResponse/);
    assert.match(
      await ec2("CreateVpc", { CidrBlock: "10.0.0.0/16" }, session),
      /assumed-role\/looks\/capa is not authorized to perform: ec2:CreateVpc/,
    );
    assert.deepEqual(await account.things(["us-west-2"]), []);
  });

  it("has an image in its own region alone", async () => {
    const image = { "ImageId.1": IMAGE.id };
    assert.match(await ec2("DescribeImages", image), /<architecture>x86_64</);
    assert.match(await ec2("DescribeImages", image, NOBODY, "us-east-1"), /InvalidAMIID\.NotFound/);
  });

  it("refuses a machine with a key, an image, a type or a profile that is not there", async () => {
    const machine = { ImageId: IMAGE.id, InstanceType: "m7i.large", MinCount: "1", MaxCount: "1" };
    for (const [change, refusal] of [
      [{ KeyName: "default" }, /InvalidKeyPair\.NotFound/],
      [{ ImageId: "ami-00000000000000000" }, /InvalidAMIID\.NotFound/],
      [{ InstanceType: "m7i.largish" }, /InvalidInstanceType/],
      [{ "IamInstanceProfile.Name": "nobody" }, /NoSuchEntity/],
    ] as const) {
      assert.match(await ec2("RunInstances", { ...machine, ...change }), refusal);
    }
  });

  it("takes a rule for a protocol without ports, and still no rule for TCP without", async () => {
    const groups = await ec2("DescribeSecurityGroups", {});
    const group = /<groupId>(sg-\w+)</.exec(groups)?.[1] ?? "";
    const rule = (protocol: string) => ({
      GroupId: group,
      "IpPermissions.1.IpProtocol": protocol,
      "IpPermissions.1.IpRanges.1.CidrIp": "10.0.0.0/8",
    });
    assert.match(await ec2("AuthorizeSecurityGroupIngress", rule("4")), /<return>true</);
    assert.doesNotMatch(await ec2("AuthorizeSecurityGroupIngress", rule("tcp")), /<return>true</);
  });

  it("has no target groups of a load balancer that has none, and refuses a name that nobody has", async () => {
    const subnet = /<subnetId>(subnet-\w+)</.exec(await ec2("DescribeSubnets", {}))?.[1] ?? "";
    const made = await balancing("CreateLoadBalancer", {
      Name: "one",
      Type: "network",
      "Subnets.member.1": subnet,
    });
    assert.match(made, /<DNSName>127\.0\.0\.1</);
    const arn = /<LoadBalancerArn>(.+?)</.exec(made)?.[1] ?? "";
    assert.match(await balancing("DescribeTargetGroups", { LoadBalancerArn: arn }), /<DescribeTargetGroupsResult>/);
    assert.match(await balancing("DescribeTargetGroups", { "Names.member.1": "nobody" }), /TargetGroupNotFound/);
    await balancing("DeleteLoadBalancer", { LoadBalancerArn: arn });
  });

  it("refuses a node group with an image of EKS' own and one in its launch template, as EKS does", async () => {
    const subnets = [...(await ec2("DescribeSubnets", {})).matchAll(/<subnetId>(subnet-\w+)</g)].map(([, id]) => id);
    const roleArn = `arn:aws:iam::${ACCOUNT}:role/looks`;
    await eks("POST", "", { name: "two", roleArn, resourcesVpcConfig: { subnetIds: subnets } });
    const name = { LaunchTemplateName: "own" };
    await ec2("CreateLaunchTemplate", { ...name, "LaunchTemplateData.ImageId": IMAGE.id });
    const group = { nodegroupName: "kept", nodeRole: roleArn, subnets, launchTemplate: { name: "own" } };
    assert.match(
      await eks("POST", "/two/node-groups", { ...group, amiType: "AL2023_x86_64_STANDARD" }),
      /You cannot specify an AMI Type other than CUSTOM/,
    );
    assert.match(await eks("POST", "/two/node-groups", group), /"amiType": "CUSTOM"/);
    await eks("DELETE", "/two/node-groups/kept");
    await eks("DELETE", "/two");
    await ec2("DeleteLaunchTemplate", name);
    assert.deepEqual(await account.things(["us-west-2"]), []);
  });

  it("ends when it is told", async () => {
    await api.stop();
    await assert.rejects(ec2("DescribeVpcs", {}));
  });

  function ec2(action: string, values: Record<string, string>, who = NOBODY, region = "us-west-2"): Promise<string> {
    return ask("ec2", { Action: action, Version: "2016-11-15", ...values }, who, region);
  }

  function balancing(action: string, values: Record<string, string>): Promise<string> {
    return ask("elasticloadbalancing", { Action: action, Version: "2015-12-01", ...values }, NOBODY, "us-west-2");
  }

  async function eks(method: string, at: string, values?: object): Promise<string> {
    const body = values === undefined ? null : JSON.stringify(values);
    const headers = headersOf("eks", NOBODY, "us-west-2");
    return (await fetch(`${api.url}/clusters${at}`, { method, headers, body })).text();
  }

  /** A request as any AWS client makes it, save that nobody checks its signature. */
  async function ask(
    service: string,
    values: Record<string, string>,
    who: typeof NOBODY,
    region: string,
  ): Promise<string> {
    const body = new URLSearchParams(values);
    return (await fetch(api.url, { method: "POST", headers: headersOf(service, who, region), body })).text();
  }

  function headersOf(service: string, { accessKeyId, sessionToken }: typeof NOBODY, region: string) {
    const scope = `${accessKeyId}/20261125/${region}/${service}/aws4_request`;
    const headers: Record<string, string> = {
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
      ...(sessionToken === "" ? { "x-moto-account-id": ACCOUNT } : { "x-amz-security-token": sessionToken }),
    };
    return headers;
  }

  /** A role with a right, as the stand-in for the AWS provider keeps them. */
  function identities(statement: object): string {
    const policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    const file = path.join(root, "aws.json");
    const held = [
      { type: "aws:iam/role:Role", properties: { name: "looks", path: "/", assumeRolePolicy: policy } },
      { type: "aws:iam/rolePolicy:RolePolicy", properties: { role: "looks", name: "own", policy } },
    ];
    writeFileSync(file, JSON.stringify({ held }));
    return file;
  }
});
