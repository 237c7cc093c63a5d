import * as pulumi from "@pulumi/pulumi";

import { type ClusterApiInstaller } from "../../fleet/cluster-api/installer";
import { describePartProblems } from "../../fleet/management/problem";
import { DEFAULT_GATES } from "../../fleet/cluster-api/providers";
import { clusterApiProblems, identityProblems } from "../../fleet/cluster-api/settings-rules";
import { type ChartArgs } from "../charts";
import { type AccountIdentityArgs, type ClusterApiArgs } from "./cluster-api";
import { type MemberAccountArgs } from "./member-account";

/** Args with every default set. */
export interface ClusterApiSettings {
  readonly managementName: string;
  readonly installer: ClusterApiInstaller;
  readonly versions: {
    readonly core: string;
    readonly capa: string;
    readonly kubeadm: string;
    readonly caaph: string | undefined;
  };
  readonly gates: Readonly<Record<string, boolean>>;
  readonly flags: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly iamPath: string;
  /** Sorted by account. */
  readonly accounts: readonly AccountIdentityArgs[];
  readonly charts: Readonly<Record<string, ChartArgs>>;
  readonly needsCertManager: boolean;
  readonly rancherVersion: string | undefined;
  readonly waitImage: string | undefined;
  readonly protect: boolean;
}

/** @throws RunError where args contradict each other, with all contradictions. */
export function settingsOf(args: ClusterApiArgs): ClusterApiSettings {
  const settings: ClusterApiSettings = {
    managementName: args.managementName,
    installer: args.installer,
    versions: {
      core: args.coreVersion,
      capa: args.capaVersion,
      kubeadm: args.kubeadmVersion ?? args.coreVersion,
      caaph: args.caaphVersion,
    },
    gates: { ...DEFAULT_GATES, ...args.featureGates },
    flags: args.controllerFlags ?? {},
    iamPath: args.iamPath ?? "/",
    accounts: (args.accounts ?? []).toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1)),
    charts: args.charts,
    needsCertManager: args.needsCertManager ?? true,
    rancherVersion: args.rancherVersion,
    waitImage: args.waitImage,
    protect: args.protectProviders ?? true,
  };
  const problems = clusterApiProblems({ ...settings, charts: Object.keys(settings.charts) });
  if (problems.length > 0) {
    throw new pulumi.RunError(`Cluster API cannot be installed like this:\n${describePartProblems(problems)}`);
  }
  return settings;
}

/** The path of a member account's identities. @throws RunError where AWS would refuse a name, with all such names. */
export function memberPathOf({ managementName, roleName, iamPath = "/" }: MemberAccountArgs): string {
  const problems = identityProblems({ managementName, iamPath, ...(roleName === undefined ? {} : { roleName }) });
  if (problems.length > 0) {
    throw new pulumi.RunError(`The account cannot be prepared like this:\n${describePartProblems(problems)}`);
  }
  return iamPath;
}

/** The rules have seen that it is there. */
export function chartOf({ charts }: ClusterApiSettings, chart: string): ChartArgs {
  const found = charts[chart];
  if (found === undefined) throw new Error(`No rule has seen that the chart ${chart} is missing.`);
  return found;
}
