import { type Json, type JsonObject, stringAt } from "../grpc/json";
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
  "aws:index/getRegion:getRegion": (args, { region }) => {
    const name = stringAt(args, "name") || region;
    return { id: name, name, region: name, description: name, endpoint: `ec2.${name}.amazonaws.com` };
  },
  "aws:eks/getCluster:getCluster": (args, { account, region, eks }) => {
    const name = stringAt(args, "name");
    const held = account.find("aws:eks/cluster:Cluster", name);
    if (held === undefined) {
      throw new Error(
        `reading EKS Cluster (${name}): operation error EKS: DescribeCluster, https response error StatusCode: 404, ` +
          `ResourceNotFoundException: No cluster found for name: ${name}.`,
      );
    }
    return describedCluster(held.properties, region, eks);
  },
  // The versions are made up: the minor of the add-on is that of the cluster, so that an upgrade shows.
  "aws:eks/getAddonVersion:getAddonVersion": (args, { region }) => ({
    id: stringAt(args, "addonName"),
    addonName: stringAt(args, "addonName"),
    kubernetesVersion: stringAt(args, "kubernetesVersion"),
    mostRecent: args["mostRecent"] ?? false,
    region,
    version: `v${stringAt(args, "kubernetesVersion")}.0-eksbuild.1`,
  }),
};

/** A cluster as the question shows it: what may be left out is in lists there. */
function describedCluster(properties: JsonObject, region: string, eks: EksEndpoint): JsonObject {
  const asList = (value: Json | undefined): Json => (value === undefined ? [] : [value]);
  return {
    ...Object.fromEntries(AS_IS.map((name) => [name, properties[name] ?? ""])),
    id: stringAt(properties, "name"),
    clusterId: "",
    region,
    endpoint: eks.endpoint,
    certificateAuthorities: [{ data: eks.ca }],
    deletionProtection: properties["deletionProtection"] ?? false,
    enabledClusterLogTypes: properties["enabledClusterLogTypes"] ?? [],
    tags: properties["tagsAll"] ?? {},
    ...Object.fromEntries(IN_LISTS.map(({ input, output }) => [output, asList(properties[input])])),
  };
}

const AS_IS = [
  "arn",
  "createdAt",
  "identities",
  "name",
  "platformVersion",
  "roleArn",
  "status",
  "version",
  "vpcConfig",
];

const IN_LISTS = [
  { input: "accessConfig", output: "accessConfigs" },
  { input: "computeConfig", output: "computeConfigs" },
  { input: "controlPlaneScalingConfig", output: "controlPlaneScalingConfigs" },
  { input: "kubeApiServerConfig", output: "kubeApiServerConfigs" },
  { input: "kubeControllerManagerConfig", output: "kubeControllerManagerConfigs" },
  { input: "kubeSchedulerConfig", output: "kubeSchedulerConfigs" },
  { input: "kubernetesNetworkConfig", output: "kubernetesNetworkConfigs" },
  { input: "outpostConfig", output: "outpostConfigs" },
  { input: "remoteNetworkConfig", output: "remoteNetworkConfigs" },
  { input: "storageConfig", output: "storageConfigs" },
  { input: "upgradePolicy", output: "upgradePolicies" },
  { input: "zonalShiftConfig", output: "zonalShiftConfigs" },
];
