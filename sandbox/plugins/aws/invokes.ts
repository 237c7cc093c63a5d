import { type JsonObject, stringAt } from "../grpc/json";
import { type Account, ACCOUNT } from "./account";
import { type EksEndpoint } from "./eks-endpoint";
import { PARTITION } from "./make";

export interface Asked {
  readonly account: Account;
  readonly region: string;
  readonly eks: EksEndpoint;
}

/** Answers a question of the program to AWS. @throws Error as AWS would, or for a question that is not known. */
export function answer(token: string, args: JsonObject, asked: Asked): JsonObject {
  const ask = ANSWERS[token];
  if (ask === undefined) throw new Error(`The stand-in for the AWS provider cannot answer ${token}.`);
  return ask(args, asked);
}

const ANSWERS: Readonly<Record<string, (args: JsonObject, asked: Asked) => JsonObject>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({
    id: ACCOUNT,
    accountId: ACCOUNT,
    arn: `arn:${PARTITION}:sts::${ACCOUNT}:assumed-role/rehearsal/cluster-fleet`,
    userId: "AROAREHEARSAL:cluster-fleet",
  }),
  "aws:index/getPartition:getPartition": () => ({
    id: PARTITION,
    partition: PARTITION,
    dnsSuffix: "amazonaws.com",
    reverseDnsPrefix: "com.amazonaws",
  }),
  "aws:eks/getCluster:getCluster": (args, { account, region, eks }) => {
    const name = stringAt(args, "name");
    const held = account.find("aws:eks/cluster:Cluster", name);
    if (held === undefined) {
      throw new Error(
        `reading EKS Cluster (${name}): operation error EKS: DescribeCluster, https response error StatusCode: 404, ` +
          `ResourceNotFoundException: No cluster found for name: ${name}.`,
      );
    }
    return {
      ...held.properties,
      id: name,
      region,
      endpoint: eks.endpoint,
      certificateAuthorities: [{ data: eks.ca }],
    };
  },
  // The versions are made up: the minor of the add-on is that of the cluster, so that an upgrade shows.
  "aws:eks/getAddonVersion:getAddonVersion": (args) => ({
    id: stringAt(args, "addonName"),
    addonName: stringAt(args, "addonName"),
    kubernetesVersion: stringAt(args, "kubernetesVersion"),
    version: `v${stringAt(args, "kubernetesVersion")}.0-eksbuild.1`,
  }),
};
