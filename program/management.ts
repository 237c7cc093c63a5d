import * as pulumi from "@pulumi/pulumi";

import { type FleetConfig, type ManagementConfig } from "../fleet/config/config";
import { capaNames, roleArn } from "../fleet/aws/capa-iam/place";
import { type EksManagementConfig } from "../fleet/config/schema/management";
import { type ManagementOutput, managementOutput, offeredEnd, offeredSide } from "../fleet/management/output";
import { type ManagementEnd } from "../fleet/network/reach-problems";
import { accountOf, type AwsSide } from "../fleet/topology/aws-side";
import { type RunningManagement } from "../fleet/management/upgrade-problems";
import { type KubeconfigSource } from "../live/management-client";
import { type EarlierOutputs, type StackOutputs } from "./earlier-outputs";
import { askAccount, askEks } from "./eks";

/** The management cluster as a run finds it. */
export interface FoundManagement {
  /** How to look at it; absent only before it is built. */
  readonly source?: KubeconfigSource;
  /** This stack builds it and no run of it has finished yet. */
  readonly unfinished?: true;
  /** What runs on it; empty but for a cluster that this stack builds. */
  readonly running?: RunningManagement;
  /** How the fleet's objects get there; a stack that builds it adds the kubeconfig. */
  readonly access: { managementName: string; kubeconfig?: string; kubeconfigPath?: string; kubeconfigContext?: string };
  /** What clusters on AWS have to know of it. */
  readonly side: AwsSide;
  /** Where private ways to them begin. */
  readonly end: ManagementEnd;
  /** What the stack puts out about it. */
  readonly output: ManagementOutput & { readonly kind: string };
}

/**
 * Finds the management cluster that a stack's configuration names.
 * @param earlier What this stack's last run put out.
 * @throws RunError where another stack does not offer one to this environment, or AWS does not know the one that the
 *   last run built.
 */
export async function findManagement(
  { management, environment }: FleetConfig,
  earlier: EarlierOutputs,
  outputs: StackOutputs,
): Promise<FoundManagement> {
  switch (management.kind) {
    case "kubeconfig":
      return named(management);
    case "stack":
      return offered(management.stack, environment, outputs);
    case "eks":
      return builtHere(management, earlier);
  }
}

function named(management: Extract<ManagementConfig, { kind: "kubeconfig" }>): FoundManagement {
  const { name, path, context, aws } = management;
  const side = { accounts: {}, ...aws, managementName: name };
  const account = accountOf(side);
  return {
    source: management,
    access: { managementName: name, kubeconfigPath: path, kubeconfigContext: context },
    side,
    end: account === undefined ? {} : { account },
    output: { kind: management.kind, name, path, context },
  };
}

/** What a stack of kind `eks` offers; read from its outputs, which hold no credential. */
async function offered(stack: string, environment: string, outputs: StackOutputs): Promise<FoundManagement> {
  const found = managementOutput.safeParse(await outputs(stack)("management"));
  if (!found.success || found.data.kubeconfig === undefined) {
    throw new pulumi.RunError(
      `management.stack: stack ${stack} has no output "management" with a kubeconfig. ` +
        "Run pulumi up on it first (its management.kind is eks), or correct its name.",
    );
  }
  refuseStrangers(stack, environment, found.data);
  const { name, kubeconfig } = found.data;
  return {
    source: { contents: kubeconfig },
    access: { managementName: name, kubeconfig },
    side: offeredSide(found.data),
    end: offeredEnd(found.data),
    output: { kind: "stack", name, kubeconfig },
  };
}

function refuseStrangers(stack: string, environment: string, { environments = [] }: ManagementOutput): void {
  if (environments.includes(environment)) return;
  throw new pulumi.RunError(
    `environment: stack ${stack} has no place for ${environment} on its management cluster ` +
      `(it has ${environments.join(", ") || "none"}). Add ${environment} to management.environments there and run ` +
      "pulumi up on it, or correct the name.",
  );
}

/**
 * The cluster that this stack builds. AWS is asked, not the state: a state may be older than what it describes. Only
 * where AWS knows no such cluster and no run of this stack ever finished is it taken to be yet to come.
 */
async function builtHere(config: EksManagementConfig, earlier: EarlierOutputs): Promise<FoundManagement> {
  const { name, region } = config;
  const [live, finished] = await Promise.all([askEks(name, region), earlier("management")]);
  const side = await ownSide(config);
  const end = { region, account: accountOf(side) };
  const common = { access: { managementName: name }, side, end, output: { kind: "eks", name } };
  if (live !== undefined) {
    const unfinished = finished === undefined ? { unfinished: true as const } : {};
    const running = { kubernetes: live.kubernetes, ...rancherOf(finished) };
    return { ...common, ...unfinished, running, source: { contents: live.kubeconfig } };
  }
  if (finished !== undefined) {
    throw new pulumi.RunError(
      `management.name: AWS knows no EKS cluster ${name} in ${region}, but the last run of this stack built one. ` +
        "Nothing was changed. Check the account and the region of the AWS credentials; if the cluster is really gone, " +
        "restore it, or remove this stack's state (pulumi stack rm) before it is built anew.",
    );
  }
  return { ...common, unfinished: true };
}

/** As it will be: its roles have the names that this very run gives them. */
async function ownSide({ name, network, clusterApi }: EksManagementConfig): Promise<AwsSide> {
  const place = { ...(await askAccount()), managementName: name, path: clusterApi.iam.path };
  return {
    managementName: name,
    controllersRole: roleArn(place, capaNames(name).controllers),
    accounts: Object.fromEntries(Object.entries(clusterApi.accounts).map(([account, { role }]) => [account, role])),
    range: network.range,
  };
}

function rancherOf(finished: unknown): RunningManagement {
  const { rancher } = managementOutput.safeParse(finished).data ?? {};
  return rancher === undefined ? {} : { rancher: rancher.version, rancherHostname: rancher.hostname };
}
