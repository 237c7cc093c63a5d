import assert from "node:assert/strict";
import fc from "fast-check";
import { controlPlanePolicy } from "../../../fleet/aws/capa-iam/control-plane";
import { controllersPolicy } from "../../../fleet/aws/capa-iam/controllers";
import { controllersEksPolicy } from "../../../fleet/aws/capa-iam/controllers-eks";
import { nodesPolicy } from "../../../fleet/aws/capa-iam/nodes";
import { trustedPods, trustedService } from "../../../fleet/aws/policy-document";
import { iamPolicyDisallowWildcards as rule } from "../../../policy/rules/iam-policy-disallow-wildcards";
import { type Fields, judge, UNKNOWN_IN_PREVIEW } from "../helpers";
import { EKS_CLUSTER } from "./aws";

const POLICY = "aws:iam/policy:Policy";
const ROLE = "aws:iam/role:Role";
const ROLE_ARN = "arn:aws:iam::111122223333:role/fleet-nodes";

function document(...statements: readonly Fields[]): Fields {
  return { Version: "2012-10-17", Statement: statements };
}

function judgeStatement(statement: Fields, type = POLICY) {
  return judge(rule, type, { name: "fleet", policy: JSON.stringify(document({ Effect: "Allow", ...statement })) });
}

function judgeTrust(statement: Fields) {
  const assumeRolePolicy = document({ Effect: "Allow", Action: "sts:AssumeRole", ...statement });
  return judge(rule, ROLE, { name: "fleet", assumeRolePolicy: JSON.stringify(assumeRolePolicy) });
}

function wholeService(got: string, title = "IAM policy", place = "policy.Statement[0]"): string {
  return `${place}.Action: ${title} fleet allows every action of a service (got ${got}). List the actions that are needed.`;
}

function anyRole(got: string, element = "Resource"): string {
  return (
    `policy.Statement[0].${element}: IAM policy fleet may pass any role to a service (got ${got}). ` +
    "Name the roles that it may pass."
  );
}

function anybody(place = "assumeRolePolicy.Statement[0]"): string {
  return `${place}.Principal: anybody may take IAM role fleet (got "*"). Name the accounts, roles or services that may.`;
}

describe("policy iam-policy-disallow-wildcards", () => {
  const place = { partition: "aws", accountId: "111122223333", managementName: "fleet", path: "/" };
  for (const [what, policy] of Object.entries({
    controlPlane: controlPlanePolicy(place),
    controllers: controllersPolicy(place),
    controllersEks: controllersEksPolicy(place),
    nodes: nodesPolicy(place),
  })) {
    it(`accepts our own policy ${what}`, () => {
      assert.deepEqual(judge(rule, POLICY, { name: what, policy: JSON.stringify(policy) }), { violations: [] });
    });
  }

  it("accepts our own trust in a service and in pods", () => {
    const pods = trustedPods({ clusterName: "fleet", namespace: "capa-system", name: "capa" });
    for (const trust of [trustedService("ec2.amazonaws.com"), pods]) {
      assert.deepEqual(judge(rule, ROLE, { assumeRolePolicy: JSON.stringify(trust) }), { violations: [] });
    }
  });

  it("accepts wildcards within an action's name, and every resource", () => {
    const Action = ["ec2:Describe*", "s3:Get?bject", "s3:*Object"];
    assert.deepEqual(judgeStatement({ Action, Resource: "*" }), { violations: [] });
  });

  it("accepts what a statement denies", () => {
    assert.deepEqual(judgeStatement({ Effect: "Deny", Action: "*", Resource: "*" }), { violations: [] });
    assert.deepEqual(judgeStatement({ Effect: "Deny", NotAction: "iam:Get*", Resource: "*" }), { violations: [] });
  });

  for (const action of [
    "*",
    "**",
    "s3:*",
    "s3:**",
    "s3:?*",
    "*:*",
    "s*:GetObject",
    "*s3:GetObject",
    "e*c2:RunInstances",
    "s3*",
  ]) {
    it(`refuses the action ${action}`, () => {
      const resource = "arn:aws:s3:::bucket/*";
      assert.deepEqual(judgeStatement({ Action: action, Resource: resource }).violations, [
        wholeService(`"${action}"`),
      ]);
    });
  }

  it("names all whole services of a statement in one message", () => {
    const verdict = judgeStatement({ Action: ["s3:GetObject", "s3:*", "ec2:*"], Resource: "arn:aws:s3:::bucket/*" });
    assert.deepEqual(verdict.violations, [wholeService('"s3:*", "ec2:*"')]);
  });

  it("refuses all actions but a list", () => {
    assert.deepEqual(judgeStatement({ NotAction: ["iam:*", "sts:*"], Resource: "*" }).violations, [
      'policy.Statement[0].NotAction: IAM policy fleet allows every action but those listed (got "iam:*", "sts:*"). ' +
        "List the actions that are needed.",
    ]);
  });

  for (const action of ["iam:PassRole", "IAM:passrole", "iam:Pass*", "iam:P?ssRole"]) {
    it(`refuses ${action} for every role`, () => {
      assert.deepEqual(judgeStatement({ Action: action, Resource: "*" }).violations, [anyRole('"*"')]);
    });
  }

  for (const resource of [
    "arn:aws:iam::111122223333:role/*",
    "arn:aws-cn:iam::111122223333:role*",
    "arn:aws:iam::*:role/*",
    "arn:*:iam::*:*",
    "arn:*",
    "**",
  ]) {
    it(`refuses iam:PassRole for ${resource}`, () => {
      const verdict = judgeStatement({ Action: "iam:PassRole", Resource: [ROLE_ARN, resource] });
      assert.deepEqual(verdict.violations, [anyRole(`"${resource}"`)]);
    });
  }

  it("refuses iam:PassRole for all roles but a list", () => {
    const verdict = judgeStatement({ Action: "iam:PassRole", NotResource: ROLE_ARN });
    assert.deepEqual(verdict.violations, [anyRole(`"${ROLE_ARN}"`, "NotResource")]);
  });

  it("accepts iam:PassRole for named roles and for those with a prefix, a suffix or a path", () => {
    const roles = ["fleet-nodes", "fleet-*", "*.fleet.cluster-fleet", "team/*", ".*", "+*"];
    const Resource = roles.map((role) => `arn:aws:iam::111122223333:role/${role}`);
    assert.deepEqual(judgeStatement({ Action: "iam:PassRole", Resource }), { violations: [] });
  });

  for (const Principal of ["*", { AWS: "*" }, { AWS: "**" }, { AWS: [ROLE_ARN, "*"] }, { Federated: "*" }]) {
    it(`refuses trust in ${JSON.stringify(Principal)}, whatever its conditions`, () => {
      const Condition = { StringEquals: { "aws:PrincipalOrgID": "o-0123456789" } };
      assert.deepEqual(judgeTrust({ Principal, Condition }).violations, [anybody()]);
    });
  }

  it("does not take a principal with a wildcard in its name for anybody", () => {
    for (const Principal of [{ Service: "*.amazonaws.com" }, { AWS: `${ROLE_ARN}*` }]) {
      assert.deepEqual(judgeTrust({ Principal }), { violations: [] });
    }
  });

  it("refuses trust in all but a list", () => {
    assert.deepEqual(judgeTrust({ NotPrincipal: { AWS: ROLE_ARN } }).violations, [
      "assumeRolePolicy.Statement[0].NotPrincipal: everybody but those listed may take IAM role fleet " +
        `(got "${ROLE_ARN}"). Name the accounts, roles or services that may.`,
    ]);
  });

  for (const [type, title] of [
    ["aws:iam/rolePolicy:RolePolicy", "IAM role policy"],
    ["aws:iam/userPolicy:UserPolicy", "IAM user policy"],
    ["aws:iam/groupPolicy:GroupPolicy", "IAM group policy"],
  ] as const) {
    it(`judges an ${title} too`, () => {
      const verdict = judgeStatement({ Action: "s3:*", Resource: "*" }, type);
      assert.deepEqual(verdict.violations, [wholeService('"s3:*"', title)]);
    });
  }

  it("judges the policies within a role", () => {
    const inlinePolicies = [
      { name: "good", policy: JSON.stringify(document()) },
      { name: "bad", policy: JSON.stringify(document({ Effect: "Allow", Action: "s3:*", Resource: "*" })) },
    ];
    const role = {
      name: "fleet",
      assumeRolePolicy: JSON.stringify(trustedService("ec2.amazonaws.com")),
      inlinePolicies,
    };
    assert.deepEqual(judge(rule, ROLE, role).violations, [
      wholeService('"s3:*"', "IAM role", "inlinePolicies[1].policy.Statement[0]"),
    ]);
  });

  it("judges a document that is an object, and one with a single statement", () => {
    const statement = { Effect: "Allow", Action: "s3:*", Resource: "*" };
    assert.deepEqual(judge(rule, POLICY, { name: "fleet", policy: document({}, statement) }).violations, [
      wholeService('"s3:*"', "IAM policy", "policy.Statement[1]"),
    ]);
    for (const policy of [{ Statement: statement }, JSON.stringify({ Statement: statement })]) {
      assert.deepEqual(judge(rule, POLICY, { name: "fleet", policy }).violations, [
        wholeService('"s3:*"', "IAM policy", "policy.Statement"),
      ]);
    }
    assert.deepEqual(
      judge(rule, ROLE, { name: "fleet", assumeRolePolicy: { Statement: { Effect: "Allow", Principal: "*" } } })
        .violations,
      [anybody("assumeRolePolicy.Statement")],
    );
  });

  for (const policy of ["{", "[", '"*"', "null", ""]) {
    it(`refuses the text ${JSON.stringify(policy)}, which nobody can judge`, () => {
      assert.deepEqual(judge(rule, POLICY, { name: "fleet", policy }).violations, [
        "policy: the policy document of IAM policy fleet cannot be judged (got a text that is not JSON). " +
          "Write it as a JSON object.",
      ]);
    });
  }

  it("refuses no action without a wildcard, and finds a whole service among any others", () => {
    const action = fc
      .stringMatching(/^[a-z0-9-]{1,12}:[A-Za-z]{1,20}$/)
      .filter((name) => !/^iam:passrole$/i.test(name));
    fc.assert(
      fc.property(fc.array(action, { minLength: 1 }), fc.nat(), (actions, nat) => {
        assert.deepEqual(judgeStatement({ Action: actions, Resource: "*" }), { violations: [] });
        const Action = actions.toSpliced(nat % actions.length, 0, "sqs:*");
        assert.deepEqual(judgeStatement({ Action, Resource: "*" }).violations, [wholeService('"sqs:*"')]);
      }),
    );
  });

  it("does not judge other resources", () => {
    assert.deepEqual(judge(rule, EKS_CLUSTER, {}), { violations: [], notApplicable: true });
  });

  it("is advisory in the preview where only the update will know a document", () => {
    assert.deepEqual(judge(rule, POLICY, { name: "fleet", policy: UNKNOWN_IN_PREVIEW }), {
      violations: [],
      advisory: "string value at .policy can't be known during preview",
    });
    assert.deepEqual(judge(rule, ROLE, { name: "fleet", assumeRolePolicy: UNKNOWN_IN_PREVIEW }), {
      violations: [],
      advisory: "string value at .assumeRolePolicy can't be known during preview",
    });
  });

  it("refuses a whole service in the preview although other parts are known only after the update", () => {
    const policy = document(
      { Effect: "Allow", Action: "s3:*", Resource: UNKNOWN_IN_PREVIEW },
      { Effect: UNKNOWN_IN_PREVIEW, Action: "ec2:*" },
    );
    assert.deepEqual(judge(rule, POLICY, { name: "fleet", policy }), {
      violations: [wholeService('"s3:*"')],
      advisory: "string value at .policy.Statement.1.Effect can't be known during preview",
    });
  });
});
