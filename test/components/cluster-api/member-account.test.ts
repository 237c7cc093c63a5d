import assert from "node:assert/strict";

import { type MemberAccountArgs } from "../../../components/cluster-api/member-account";
import { memberTrust } from "../../../fleet/aws/capa-iam/accounts";
import { controllersEksPolicy } from "../../../fleet/aws/capa-iam/controllers-eks";
import { valueOf } from "../recorder";
import { inputs, kinds, type Recorded, recordOptions } from "./fixtures";
import { recordAws } from "./recorder";

const CONTROLLERS = "arn:aws:iam::111122223333:role/controllers.fleet.cluster-fleet";
const ARGS: MemberAccountArgs = {
  managementName: "fleet",
  managementControllersRoleArn: CONTROLLERS,
  accountId: "444455556666",
  partition: "aws",
};

const registrations = recordAws();

async function register(changes: Partial<MemberAccountArgs> = {}) {
  const { MemberAccount } = await import("../../../components/cluster-api/member-account");
  registrations.length = 0;
  const { options, opts } = recordOptions();
  const account = new MemberAccount("production", { ...ARGS, ...changes }, opts);
  await valueOf(account.nodesInstanceProfile);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const recorded: Recorded = { registrations: [...registrations], options };
  return { account, recorded };
}

const trustOf = (recorded: Recorded): unknown =>
  JSON.parse(String(inputs(recorded, "Role production-controllers")["assumeRolePolicy"]));

describe("MemberAccount", () => {
  it("registers exactly these resources, all of IAM", async () => {
    const { recorded } = await register();
    assert.deepEqual(kinds(recorded), [
      "InstanceProfile production-control-plane",
      "InstanceProfile production-nodes",
      "MemberAccount production",
      "Policy production-control-plane",
      "Policy production-controllers",
      "Policy production-controllers-eks",
      "Policy production-nodes",
      "Role production-control-plane",
      "Role production-controllers",
      "Role production-eks-control-plane",
      "Role production-nodes",
      "RolePolicyAttachment production-control-plane-nodes",
      "RolePolicyAttachment production-control-plane-own",
      "RolePolicyAttachment production-controllers-eks",
      "RolePolicyAttachment production-controllers-own",
      "RolePolicyAttachment production-eks-control-plane",
      "RolePolicyAttachment production-nodes-AmazonEKSWorkerNodePolicy",
      "RolePolicyAttachment production-nodes-AmazonEKS_CNI_Policy",
      "RolePolicyAttachment production-nodes-own",
    ]);
  });

  it("trusts the management cluster's controllers, with the external id where there is one", async () => {
    assert.deepEqual(trustOf((await register()).recorded), memberTrust(CONTROLLERS));
    const { recorded } = await register({ externalId: "fleet-42" });
    assert.deepEqual(trustOf(recorded), memberTrust(CONTROLLERS, "fleet-42"));
  });

  it("names machines' profiles as the management cluster's own account does, so that one class serves all", async () => {
    const { account } = await register();
    const { nodesInstanceProfile, controlPlaneInstanceProfile } = account;
    assert.deepEqual(await Promise.all([nodesInstanceProfile, controlPlaneInstanceProfile].map(valueOf)), [
      "nodes.fleet.cluster-fleet",
      "control-plane.fleet.cluster-fleet",
    ]);
  });

  it("gives rights in its own account, at its own path, in its own partition", async () => {
    const { recorded } = await register({ iamPath: "/fleet/", partition: "aws-cn" });
    assert.deepEqual(
      JSON.parse(String(inputs(recorded, "Policy production-controllers-eks")["policy"])),
      controllersEksPolicy({
        partition: "aws-cn",
        accountId: "444455556666",
        managementName: "fleet",
        path: "/fleet/",
      }),
    );
    assert.equal(
      inputs(recorded, "RolePolicyAttachment production-eks-control-plane")["policyArn"],
      "arn:aws-cn:iam::aws:policy/AmazonEKSClusterPolicy",
    );
  });

  it("names the controllers' role as told, and bounds every role", async () => {
    const permissionsBoundaryArn = "arn:aws:iam::444455556666:policy/bounds";
    const { recorded } = await register({ roleName: "fleet-controllers", permissionsBoundaryArn });
    assert.equal(inputs(recorded, "Role production-controllers")["name"], "fleet-controllers");
    for (const role of ["controllers", "control-plane", "nodes", "eks-control-plane"]) {
      assert.equal(inputs(recorded, `Role production-${role}`)["permissionsBoundary"], permissionsBoundaryArn);
    }
  });

  it("does not make what IAM would refuse, and says all of it", async () => {
    await assert.rejects(register({ iamPath: "fleet", roleName: "" }), {
      message:
        "The account cannot be prepared like this:\n" +
        '  1. clusterApi.iam.path: is not a path of IAM of at most 128 characters (got "fleet"). ' +
        "Begin and end it with /, such as /platform/.\n" +
        '  2. roleName: is not a name of an IAM role (got ""). Write at most 64 letters, digits or +=,.@-.',
    });
  });
});
