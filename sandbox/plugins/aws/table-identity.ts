import { type AwsTypes, names } from "./types";

/** IAM. */
export const IDENTITY_TYPES: AwsTypes = {
  "aws:iam/role:Role": {
    id: "${name}",
    arn: "arn:${partition}:iam::${account}:role${path|/}${name}",
    required: names("assumeRolePolicy"),
    optional: names(`description forceDetachPolicies inlinePolicies managedPolicyArns maxSessionDuration name namePrefix
      path permissionsBoundary tags`),
    replaceOn: names("name namePrefix path"),
    defaults: { forceDetachPolicies: false, maxSessionDuration: 3600, path: "/" },
    computed: { uniqueId: "AROA${hash}" },
    autoName: { input: "name" },
    unique: { by: "${id}", refusal: "EntityAlreadyExists: Role with name ${name} already exists." },
  },
  "aws:iam/policy:Policy": {
    id: "arn:${partition}:iam::${account}:policy${path|/}${name}",
    arn: "${id}",
    required: names("policy"),
    optional: names("delayAfterPolicyCreationInMs description name namePrefix path tags"),
    replaceOn: names("description name namePrefix path"),
    defaults: { path: "/" },
    computed: { policyId: "ANPA${hash}", attachmentCount: 0 },
    autoName: { input: "name" },
    unique: {
      by: "${name}",
      refusal: "EntityAlreadyExists: A policy called ${name} already exists. Duplicate names are not allowed.",
    },
  },
  "aws:iam/rolePolicy:RolePolicy": {
    id: "${role}:${name}",
    required: names("policy role"),
    optional: names("name namePrefix"),
    replaceOn: names("name namePrefix role"),
    autoName: { input: "name" },
    unique: {
      by: "${id}",
      refusal: "IAM would overwrite the policy ${name} of the role ${role}: two resources own it",
    },
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    id: "${role}/${policyArn}",
    required: names("policyArn role"),
    optional: [],
    replaceOn: names("policyArn role"),
    unique: { by: "${id}", refusal: "IAM has it already: two resources would own the attachment" },
  },
  "aws:iam/instanceProfile:InstanceProfile": {
    id: "${name}",
    arn: "arn:${partition}:iam::${account}:instance-profile${path|/}${name}",
    required: [],
    optional: names("name namePrefix path role tags"),
    replaceOn: names("name namePrefix path"),
    defaults: { path: "/" },
    computed: { uniqueId: "AIPA${hash}" },
    autoName: { input: "name" },
    unique: { by: "${id}", refusal: "EntityAlreadyExists: Instance Profile ${name} already exists." },
  },
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
    id: "arn:${partition}:iam::${account}:oidc-provider/${url}",
    arn: "${id}",
    required: names("clientIdLists url"),
    optional: names("tags thumbprintLists"),
    replaceOn: names("url"),
    unique: { by: "${id}", refusal: "EntityAlreadyExists: Provider with url ${url} already exists." },
  },
};
