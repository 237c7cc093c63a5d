import { SimulatedAccount } from "../../aws-api/account";
import { imagesOf } from "../../aws-api/images";
import { AwsApi } from "../../aws-api/server";
import { type ManagementProcesses } from "../../management/cluster";
import { SandboxProblem } from "../../problem";
import { kubeconfigAccess } from "../access";
import { isQuiet, succeeded } from "../checks";
import { Cluster } from "../controller/cluster";
import { committedConfig, RehearsedStack, type StackConfig } from "../rehearsed-stack";
import { type Stage } from "../rehearsals";
import { expectedClusters, type ExpectedCluster, readConfig } from "./expected";
import { madeAsPlanned } from "./made";
import { withMorePools } from "./pools";
import { untilMade } from "./progress";

/** What it needs beside the stage of every rehearsal. */
export interface AwsApiStage extends Stage {
  readonly management: ManagementProcesses;
  /** Python of the environment for the simulated API, see `sandbox/aws-api/environment.ts`. */
  readonly python: string;
}

const NAME = "production";

/**
 * Production's clusters, made by CAPA in a simulated account, compared with the plan, extended, and taken away. No machine
 * boots and no EKS answers there, so the clusters wait for their APIs to the end.
 */
export async function productionOnAwsApi(stage: AwsApiStage): Promise<void> {
  const { engine, paths, management, python } = stage;
  const owner = new RehearsedStack(engine, paths, "management");
  succeeded("The management cluster", await owner.up());
  const committed = committedConfig(NAME);
  const extended = withMorePools(committed, readConfig(committed));
  const api = await AwsApi.start(python, paths, management.place.address, imagesOf(readConfig(extended)));
  try {
    await comesAndGoes(stage, { committed, extended }, api, (await owner.outputs())["management"]);
  } finally {
    await api.stop();
  }
}

/** The stack file as it is, and with more pools. */
interface Values {
  readonly committed: StackConfig;
  readonly extended: StackConfig;
}

async function comesAndGoes(stage: AwsApiStage, values: Values, api: AwsApi, management: unknown): Promise<void> {
  const { engine, paths, say } = stage;
  const clusters = expectedClusters(values.committed, management);
  const account = await accountOf(stage, api, clusters);
  const regions = [...new Set(clusters.map(({ plan }) => plan.region))];
  await isEmpty(account, regions, "before anything is made");

  const stack = new RehearsedStack(engine, paths, NAME, NAME);
  succeeded(NAME, await stack.up());
  await showMade(stage, clusters, account, regions);
  say("CAPA took no action that is not in the policies of the role which the management cluster's stack gives it");
  await isQuiet(stack);

  stack.edit((edited) => Object.assign(edited, values.extended));
  succeeded("More pools", await stack.up());
  const more = expectedClusters(values.extended, management).filter(({ plan }) => plan.family === "aws-eks");
  await showMade(stage, more, account, regions);

  const names = clusters.map(({ plan }) => plan.name);
  stack.edit((edited) => Object.assign(edited, { "cluster-fleet:decommission": names }));
  succeeded("The first run of the decommission", await stack.up());
  await showMade({ ...stage, say: () => undefined }, more, account, regions);
  succeeded("The second run of the decommission", await stack.up());
  await isEmpty(account, regions, "after the clusters have gone");
  await isQuiet(stack);
  say("decommissioned in two runs: nothing is left of them, with CAPA's tag or without");
}

/** An account with the identities that the management cluster's stack made; CAPA acts there with its own of these. */
async function accountOf({ paths, management, python }: AwsApiStage, api: AwsApi, [first]: readonly ExpectedCluster[]) {
  const role = first?.side.controllersRole;
  if (role === undefined) throw new SandboxProblem("The management cluster offers no role to CAPA.");
  const account = new SimulatedAccount(python, api.url, role.split(":")[4] ?? "");
  await account.fill(paths.aws);
  await management.reconcileAws(await account.session(role));
  return account;
}

async function showMade(
  { paths, say }: AwsApiStage,
  clusters: readonly ExpectedCluster[],
  account: SimulatedAccount,
  regions: readonly string[],
): Promise<void> {
  const cluster = new Cluster(kubeconfigAccess(paths.kubeconfig), "");
  for (const expected of clusters) await untilMade(expected, cluster, NAME);
  const things = await account.things(regions);
  for (const expected of clusters) {
    say(`${expected.plan.name} (${expected.plan.family}) as planned: ${madeAsPlanned(expected, things)}`);
  }
}

async function isEmpty(account: SimulatedAccount, regions: readonly string[], when: string): Promise<void> {
  const things = await account.things(regions);
  if (things.length === 0) return;
  const lines = things.map(({ kind, id, region, tags }) => `  ${kind} ${id} in ${region} ${JSON.stringify(tags)}`);
  throw new SandboxProblem(`The account is not empty ${when}:\n${lines.join("\n")}`);
}
