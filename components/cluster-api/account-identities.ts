import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import type * as pulumi from "@pulumi/pulumi";

import { owned } from "../owned";
import { type ClusterApiSettings } from "./settings";

/** The most that AWS gives a role that was taken by way of another role. Source: IAM user guide, role chaining. */
const SESSION_SECONDS = 3600;

/** What clusters name to be made in another account. CAPA makes that of its own account, `default`, by itself. */
export function createAccountIdentities(
  name: string,
  { accounts, managementName, protect }: ClusterApiSettings,
  providers: pulumi.Resource[],
  parent: pulumi.Resource,
): CustomResource[] {
  return accounts.map(
    ({ accountId, roleArn, namespaces, externalId }) =>
      new CustomResource(
        `${name}-account-${accountId}`,
        {
          apiVersion: "infrastructure.cluster.x-k8s.io/v1beta2",
          kind: "AWSClusterRoleIdentity",
          metadata: { name: `account-${accountId}`, ...owned() },
          spec: {
            allowedNamespaces: { list: [...namespaces].sort() },
            roleARN: roleArn,
            sessionName: managementName,
            durationSeconds: SESSION_SECONDS,
            ...(externalId === undefined ? {} : { externalID: externalId }),
            sourceIdentityRef: { kind: "AWSClusterControllerIdentity", name: "default" },
          },
        },
        { parent, dependsOn: providers, protect },
      ),
  );
}
