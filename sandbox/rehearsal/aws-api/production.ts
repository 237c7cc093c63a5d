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
  const config = committedConfig(NAME);
  const api = await AwsApi.start(python, paths, management.place.address, imagesOf(readConfig(config)));
  try {
    await comesAndGoes(stage, config, api, (await owner.outputs())["management"]);
  } finally {
    await api.stop();
  }
}

async function comesAndGoes(stage: AwsApiStage, config: StackConfig, api: AwsApi, management: unknown): Promise<void> {
  const { engine, paths, say } = stage;
  const clusters = expectedClusters(config, management);
  const account = await accountOf(stage, api, clusters);
  const regions = [...new Set(clusters.map(({ plan }) => plan.region))];
  await isEmpty(account, regions, "before anything is made");

  const stack = new RehearsedStack(engine, paths, NAME, NAME);
  succeeded(NAME, await stack.up());
  await showMade(stage, clusters, account, regions);
  say("CAPA took no action that is not in the policies of the role which the management cluster's stack gives it");
  await isQuiet(stack);

  const extended = withSpotPool(config, clusters);
  stack.edit((edited) => Object.assign(edited, extended));
  succeeded("A pool more", await stack.up());
  const more = expectedClusters(extended, management).filter(({ plan }) => plan.family === "aws-eks");
  await showMade(stage, more, account, regions);

  stack.edit((edited) =>
    Object.assign(edited, { "cluster-fleet:decommission": clusters.map(({ plan }) => plan.name) }),
  );
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
  if (clusters.length === 1) await new Promise((r) => setTimeout(r, 40_000));
  const things = await account.things(regions);
  if (process.env["H4_DUMP"])
    (await import("node:fs")).writeFileSync("/tmp/h4/things.json", JSON.stringify(things, undefined, 1));
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

/** What the sample lacks: machines that AWS may take back, with another kind of processor, one in each zone. */
function withSpotPool(config: StackConfig, clusters: readonly ExpectedCluster[]): StackConfig {
  const changed = structuredClone(config);
  const name = clusters.find(({ plan }) => plan.family === "aws-eks")?.plan.name ?? "";
  const values = changed["cluster-fleet:clusters"] as Record<string, { workers: Record<string, unknown> }>;
  Object.assign(values[name]?.workers ?? {}, {
    burst: { replicas: 3, instanceType: "m7g.large", capacity: "spot" },
    kept: { replicas: 3, instanceType: "m7i.large", managed: true },
  });
  return changed;
}
