import { ClusterApiInstaller } from "./installer";
import { type PartProblem } from "../management/problem";
import { DEFAULT_GATES, PROVIDERS } from "./providers";

/** Names from which AWS names are made. */
export interface IdentitySettings {
  readonly managementName: string;
  readonly iamPath: string;
  /** Of the role that the controllers take, where it is not ours to name. */
  readonly roleName?: string;
}

/** Another account as declared. */
export interface AccountSettings {
  readonly accountId: string;
  readonly roleArn: string;
  readonly namespaces: readonly string[];
}

/** What the rules ask of Cluster API as declared. */
export interface ClusterApiRuleSettings extends IdentitySettings {
  readonly installer: ClusterApiInstaller;
  readonly gates: Readonly<Record<string, boolean>>;
  /** By provider. */
  readonly flags: Readonly<Record<string, unknown>>;
  readonly accounts: readonly AccountSettings[];
  /** Names of those given. */
  readonly charts: readonly string[];
  readonly needsCertManager: boolean;
  readonly rancherVersion: string | undefined;
  readonly waitImage: string | undefined;
}

/** 32 leave `eks-controlplane.<name>.cluster-fleet` room in the 64 of a role's name. */
const MANAGEMENT_NAME = /^[a-z]([a-z0-9-]{0,30}[a-z0-9])?$/;
/** IAM allows 512, but each of ours stands twice in a policy of at most 6,144. */
const IAM_PATH = /^\/(?:[\w+=,.@-]+\/)*$/;
const IAM_PATH_LENGTH = 128;
const ROLE_NAME = /^[\w+=,.@-]{1,64}$/;

/** What is wrong with settings in themselves; see `ownerProblems` for who else has Cluster API. */
export function clusterApiProblems(settings: ClusterApiRuleSettings): PartProblem[] {
  return [
    ...identityProblems(settings),
    ...installerProblems(settings),
    ...gateProblems(settings),
    ...flagProblems(settings),
    ...accountProblems(settings),
  ];
}

/** What IAM would refuse. */
export function identityProblems({ managementName, iamPath, roleName }: IdentitySettings): PartProblem[] {
  const problems: PartProblem[] = [];
  if (!MANAGEMENT_NAME.test(managementName)) {
    const what = "is not a DNS label of at most 32 characters, of which AWS names are made";
    problems.push({ path: ["name"], what, got: managementName, remedy: "Write a name such as fleet" });
  }
  if (!IAM_PATH.test(iamPath) || iamPath.length > IAM_PATH_LENGTH) {
    const what = `is not a path of IAM of at most ${IAM_PATH_LENGTH} characters`;
    const remedy = "Begin and end it with /, such as /platform/";
    problems.push({ path: ["clusterApi", "iam", "path"], what, got: iamPath, remedy });
  }
  if (roleName !== undefined && !ROLE_NAME.test(roleName)) {
    const what = "is not a name of an IAM role";
    problems.push({ path: ["roleName"], what, got: roleName, remedy: "Write at most 64 letters, digits or +=,.@-" });
  }
  return problems;
}

function installerProblems(settings: ClusterApiRuleSettings): PartProblem[] {
  switch (settings.installer) {
    case ClusterApiInstaller.Operator:
      return chartProblems(settings);
    case ClusterApiInstaller.Turtles:
      return turtlesProblems(settings);
    case ClusterApiInstaller.None:
      return [];
  }
}

function chartProblems({ charts, needsCertManager }: ClusterApiRuleSettings): PartProblem[] {
  return ["cluster-api-operator", ...(needsCertManager ? ["cert-manager"] : [])]
    .filter((chart) => !charts.includes(chart))
    .map((chart) => ({
      path: ["charts"],
      what: `lacks the chart ${chart}`,
      got: [...charts].sort().join(", ") || "none",
      remedy: "Add it under that name",
    }));
}

function turtlesProblems({ rancherVersion, waitImage }: ClusterApiRuleSettings): PartProblem[] {
  const problems: PartProblem[] = [];
  if (rancherVersion === undefined) {
    const what = "is missing, and it is Rancher that installs Turtles";
    problems.push({ path: ["rancherVersion"], what, remedy: "Give the version of Rancher" });
  }
  if (waitImage === undefined) {
    const what = "is missing, and something has to wait for Turtles";
    problems.push({ path: ["waitImage"], what, remedy: "Give an image with kubectl 1.31 or later" });
  }
  return problems;
}

function gateProblems({ gates }: ClusterApiRuleSettings): PartProblem[] {
  const known = Object.keys(DEFAULT_GATES);
  return Object.keys(gates)
    .filter((gate) => !known.includes(gate))
    .sort()
    .map((gate) => ({
      path: ["clusterApi", "featureGates", gate],
      what: "is no feature gate that we set: a controller that does not know it does not start",
      remedy: `Write one of ${known.join(", ")}`,
    }));
}

function flagProblems({ flags }: ClusterApiRuleSettings): PartProblem[] {
  const known = Object.keys(PROVIDERS);
  return Object.keys(flags)
    .filter((role) => !known.includes(role))
    .sort()
    .map((role) => ({
      path: ["clusterApi", "controllerFlags", role],
      what: "is no provider that we install",
      remedy: `Write one of ${known.join(", ")}`,
    }));
}

function accountProblems({ accounts }: ClusterApiRuleSettings): PartProblem[] {
  return accounts.flatMap(({ accountId, roleArn, namespaces }, index) => {
    const path = ["clusterApi", "accounts", accountId];
    const problems: PartProblem[] = [];
    if (accounts.findIndex((other) => other.accountId === accountId) !== index) {
      problems.push({ path, what: "stands there twice", remedy: "Make one of both: an account has one role" });
    }
    if (roleArn.split(":")[4] !== accountId) {
      const what = "is not the ARN of a role in that account";
      problems.push({ path: [...path, "role"], what, got: roleArn, remedy: "Write the roleArn of its MemberAccount" });
    }
    if (namespaces.length === 0) {
      const what = "names none, so no cluster could be made in that account";
      problems.push({ path: [...path, "namespaces"], what, remedy: "Name the namespaces of the environments" });
    }
    return problems;
  });
}
