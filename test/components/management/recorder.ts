import { recordRegistrations, type Registration } from "../recorder";

/** What AWS says of the account and of what is made in it. */
export const ACCOUNT = "111122223333";
export const SECURITY_GROUP = "sg-0123456789abcdef0";

/** Like the recorder of all component tests, with the answers of AWS that the management cluster needs. */
export function recordAws(): Registration[] {
  return recordRegistrations((token, inputs) => {
    const name = String(inputs["name"]);
    switch (token) {
      case "aws:index/getPartition:getPartition":
        return { partition: "aws" };
      case "aws:index/getCallerIdentity:getCallerIdentity":
        return { accountId: ACCOUNT };
      case "aws:eks/getAddonVersion:getAddonVersion":
        return { version: `${String(inputs["addonName"])} of ${String(inputs["kubernetesVersion"])}` };
      case "aws:iam/role:Role":
        return { arn: `arn:aws:iam::${ACCOUNT}:role${String(inputs["path"] ?? "/")}${name}` };
      case "aws:kms/key:Key":
        return { arn: `arn:aws:kms:us-west-2:${ACCOUNT}:key/1`, keyId: "1" };
      case "aws:cloudwatch/logGroup:LogGroup":
        return { arn: `arn:aws:logs:us-west-2:${ACCOUNT}:log-group:${name}` };
      case "aws:ec2/eip:Eip":
        return { publicIp: `address of ${String((inputs["tags"] as { Name: string }).Name)}` };
      case "aws:ec2/launchTemplate:LaunchTemplate":
        return { latestVersion: 3 };
      case "aws:eks/cluster:Cluster":
        return {
          endpoint: "https://fleet.example.com",
          certificateAuthority: { data: "Q0E=" },
          identities: [{ oidcs: [{ issuer: "https://oidc.example.com/fleet" }] }],
          vpcConfig: { ...(inputs["vpcConfig"] as object), clusterSecurityGroupId: SECURITY_GROUP },
        };
      default:
        return {};
    }
  });
}
