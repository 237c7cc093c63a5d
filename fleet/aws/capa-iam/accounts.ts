import { policy, type PolicyDocument, type TrustDocument } from "../policy-document";

/** Pod Identity tags a session, and the tags go along into the next role: they too have to be allowed, on both sides. */
const TAKE_ROLE = ["sts:AssumeRole", "sts:TagSession"];

/**
 * Lets the controllers take their roles in other accounts.
 * @param roleArns At least one.
 */
export function memberAccountsPolicy(roleArns: readonly string[]): PolicyDocument {
  return policy({ Sid: "MemberAccounts", Effect: "Allow", Action: TAKE_ROLE, Resource: roleArns });
}

/**
 * Whom a role in another account trusts: the management cluster's controllers. It names their account and then the role
 * by a condition: a role named as the principal has to be there first, and is forgotten when it is made anew.
 *
 * Source: IAM user guide, "AWS JSON policy elements: Principal", role principals; "aws:PrincipalArn".
 * @param controllersRoleArn Role of the controllers; its account is the trusted one.
 * @param externalId What they have to say as well; absent: nothing.
 */
export function memberTrust(controllersRoleArn: string, externalId?: string): TrustDocument {
  const [arn, partition, , , accountId] = controllersRoleArn.split(":");
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "ManagementCluster",
        Effect: "Allow",
        Principal: { AWS: `${arn}:${partition}:iam::${accountId}:root` },
        Action: TAKE_ROLE,
        Condition: {
          ArnEquals: { "aws:PrincipalArn": controllersRoleArn },
          ...(externalId === undefined ? {} : { StringEquals: { "sts:ExternalId": externalId } }),
        },
      },
    ],
  };
}
