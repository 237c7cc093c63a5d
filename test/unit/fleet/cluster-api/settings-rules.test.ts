import assert from "node:assert/strict";

import { ClusterApiInstaller } from "../../../../fleet/cluster-api/installer";
import { describePartProblems } from "../../../../fleet/management/problem";
import {
  clusterApiProblems,
  type ClusterApiRuleSettings,
  identityProblems,
} from "../../../../fleet/cluster-api/settings-rules";
import { lines } from "./fixtures";

const MEMBER = {
  accountId: "444455556666",
  roleArn: "arn:aws:iam::444455556666:role/controllers.fleet.cluster-fleet",
  namespaces: ["production"],
};

function settings(changes: Partial<ClusterApiRuleSettings> = {}): ClusterApiRuleSettings {
  return {
    managementName: "fleet",
    iamPath: "/",
    installer: ClusterApiInstaller.Operator,
    gates: {},
    flags: {},
    accounts: [],
    charts: ["cert-manager", "cluster-api-operator"],
    needsCertManager: true,
    rancherVersion: undefined,
    waitImage: undefined,
    ...changes,
  };
}

const problems = (changes: Partial<ClusterApiRuleSettings>) => lines(clusterApiProblems(settings(changes)));

describe("rules of Cluster API's settings", () => {
  it("let through what is complete", () => {
    assert.deepEqual(problems({}), []);
    assert.deepEqual(problems({ accounts: [MEMBER], gates: { RuntimeSDK: true }, flags: { core: {} } }), []);
    assert.deepEqual(
      problems({
        installer: ClusterApiInstaller.Turtles,
        rancherVersion: "v2.15.0",
        waitImage: "images.example.com/kubectl:v1.35.0",
        charts: [],
      }),
      [],
    );
    assert.deepEqual(problems({ installer: ClusterApiInstaller.None, charts: [] }), []);
  });

  it("ask for the operator's charts, and for cert-manager's where it is installed", () => {
    assert.deepEqual(problems({ charts: ["rancher"] }), [
      'charts: lacks the chart cluster-api-operator (got "rancher"). Add it under that name.',
      'charts: lacks the chart cert-manager (got "rancher"). Add it under that name.',
    ]);
    assert.deepEqual(problems({ charts: [], needsCertManager: false }), [
      'charts: lacks the chart cluster-api-operator (got "none"). Add it under that name.',
    ]);
  });

  it("ask for what waits for Turtles", () => {
    assert.deepEqual(problems({ installer: ClusterApiInstaller.Turtles }), [
      "rancherVersion: is missing, and it is Rancher that installs Turtles. Give the version of Rancher.",
      "waitImage: is missing, and something has to wait for Turtles. Give an image with kubectl 1.31 or later.",
    ]);
  });

  it("refuse a gate that would stop a controller", () => {
    assert.deepEqual(problems({ gates: { ClusterResourceSet: true } }), [
      "clusterApi.featureGates.ClusterResourceSet: is no feature gate that we set: a controller that does not know it " +
        "does not start. Write one of ClusterTopology, MachinePool, RuntimeSDK.",
    ]);
  });

  it("refuse flags of what is no provider", () => {
    assert.deepEqual(problems({ flags: { capa: {} } }), [
      "clusterApi.controllerFlags.capa: is no provider that we install. " +
        "Write one of core, bootstrap, controlPlane, infrastructure, addon.",
    ]);
  });

  it("refuse an account twice, a role of another account, and one that nobody may use", () => {
    const other = { ...MEMBER, roleArn: "arn:aws:iam::777788889999:role/x", namespaces: [] };
    assert.deepEqual(problems({ accounts: [MEMBER, other] }), [
      "clusterApi.accounts.444455556666: stands there twice. Make one of both: an account has one role.",
      'clusterApi.accounts.444455556666.role: is not the ARN of a role in that account (got "arn:aws:iam::777788889999:role/x"). ' +
        "Write the roleArn of its MemberAccount.",
      "clusterApi.accounts.444455556666.namespaces: names none, so no cluster could be made in that account. " +
        "Name the namespaces of the environments.",
    ]);
  });

  it("refuse names that IAM would refuse", () => {
    const long = "f".repeat(33);
    assert.deepEqual(lines(identityProblems({ managementName: long, iamPath: "platform", roleName: "a b" })), [
      `name: is not a DNS label of at most 32 characters, of which AWS names are made (got "${long}"). ` +
        "Write a name such as fleet.",
      'clusterApi.iam.path: is not a path of IAM of at most 128 characters (got "platform"). ' +
        "Begin and end it with /, such as /platform/.",
      'roleName: is not a name of an IAM role (got "a b"). Write at most 64 letters, digits or +=,.@-.',
    ]);
    assert.equal(identityProblems({ managementName: "fleet", iamPath: `/${"p".repeat(127)}/` }).length, 1);
    assert.deepEqual(identityProblems({ managementName: "f", iamPath: "/platform/cluster-api/" }), []);
  });

  it("number what they find", () => {
    const found = clusterApiProblems(settings({ charts: [] }));
    assert.equal(
      describePartProblems(found),
      '  1. charts: lacks the chart cluster-api-operator (got "none"). Add it under that name.\n' +
        '  2. charts: lacks the chart cert-manager (got "none"). Add it under that name.',
    );
  });
});
