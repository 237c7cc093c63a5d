import { z } from "zod";

import { ClusterApiInstaller } from "../../cluster-api/installer";
import { says } from "../rules";
import { accountId, iamPath, iamPolicy, iamRole } from "./aws";
import { dnsLabel, release, text } from "./text";

const iam = z.strictObject({
  path: iamPath
    .default("/")
    .describe("IAM path of the roles and policies of Cluster API. A change replaces them: machines lose their role."),
  permissionsBoundary: iamPolicy
    .optional()
    .describe("ARN of the policy that bounds those roles, where your account asks for one. Default: none."),
});

const account = z.strictObject({
  role: iamRole.describe("Role there that the controllers take; the component MemberAccount makes it."),
  namespaces: z
    .array(dnsLabel)
    .min(1, says("account-unused", "lets nobody use the account", "List an environment, or remove the account"))
    .describe("Environments that may put clusters into the account."),
  externalId: text.optional().describe("What the role's trust asks for as well; no secret. Default: nothing."),
});

/** Cluster API on a management cluster that this stack builds. */
export const clusterApi = z.strictObject({
  installer: z
    .enum(ClusterApiInstaller)
    .optional()
    .describe(
      "Who installs Cluster API: Rancher (turtles), its operator, or you (none). Default: turtles with Rancher, " +
        "operator without. Fixed: a change leaves clusters without an owner.",
    ),
  capa: release
    .optional()
    .describe(
      "Version of Cluster API's AWS provider. Default: the one that this version of cluster-fleet is made for.",
    ),
  caaph: z
    .boolean()
    .default(true)
    .describe("Install Cluster API's add-on provider for Helm, which brings charts onto workload clusters."),
  iam: iam.prefault({}).describe("The identities that Cluster API has in AWS."),
  accounts: z
    .record(accountId, account.describe("An account."))
    .default({})
    .describe("Other AWS accounts that clusters are made in, by their twelve digits in quotes."),
});

export type ClusterApiConfig = z.output<typeof clusterApi>;
