import { getCallerIdentityOutput, getPartitionOutput } from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { MemberAccount } from "../../components/cluster-api/member-account";

const config = new pulumi.Config();

const account = new MemberAccount("member-account", {
  managementName: config.require("managementName"),
  managementControllersRoleArn: config.require("controllersRoleArn"),
  accountId: getCallerIdentityOutput().accountId,
  partition: getPartitionOutput().partition,
  ...given("externalId"),
  ...given("iamPath"),
  ...given("permissionsBoundaryArn"),
});

/** What the management cluster's stack needs to know of this account. */
export const roleArn = account.roleArn;

/** A setting that may be missing. */
function given<Key extends string>(key: Key): { [K in Key]?: string } {
  const value = config.get(key);
  return (value === undefined ? {} : { [key]: value }) as { [K in Key]?: string };
}
