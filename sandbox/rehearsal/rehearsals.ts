import { type Engine } from "../engine/engine";
import { type SandboxPaths } from "../layout";
import { request } from "../management/api";
import { SandboxProblem } from "../problem";
import { kubeconfigAccess } from "./access";
import { allAccepted, heldInAccount, inThisOrder, isQuiet, nothingGoes, refused, succeeded } from "./checks";
import { committedConfig, RehearsedStack } from "./rehearsed-stack";

/** Where a rehearsal takes place, and who listens. */
export interface Stage {
  readonly engine: Engine;
  readonly paths: SandboxPaths;
  /** Receives each thing that was shown. */
  readonly say: (shown: string) => void;
}

/** The stacks that can be rehearsed, and what each rehearsal shows. */
export const REHEARSALS = {
  management: { run: management, summary: "the management cluster's own stack" },
  staging: { run: (stage: Stage) => environment(stage, "staging"), summary: "an environment beside it" },
  production: { run: (stage: Stage) => environment(stage, "production"), summary: "a protected environment beside it" },
  fleets: { run: fleets, summary: "staging and production beside one management cluster" },
  together: { run: together, summary: "production and the management cluster in one stack, and the way out of that" },
} as const;

type Values = Record<string, unknown>;

/** As the committed stack file has it. */
const RANCHER = { hostname: "rancher.example.com", version: "v2.15.0" };

/** Built in two runs, for the first is interrupted; upgraded, Rancher before EKS; defended; and taken down. */
async function management(stage: Stage): Promise<void> {
  const stack = new RehearsedStack(stage.engine, stage.paths, "management");
  edit(stack, { rancher: { ...RANCHER, version: "v2.14.4" }, clusterApi: { capa: "v2.12.1" } });
  const first = await stack.up({ interruptAt: (line) => /aws:eks:Cluster .* created/.test(line) });
  if (!first.interrupted) throw new SandboxProblem(`The first up was not interrupted:\n${first.stdout}`);
  stage.say("an up is interrupted after EKS was made");
  succeeded("The next up", await stack.up());
  await isQuiet(stack);
  stage.say(
    `the next completes it, with ${heldInAccount(stage.paths)} things in the account; then nothing is left to do`,
  );
  await keepsSecrets(stage, stack);

  edit(stack, { version: "v1.36" });
  refused("EKS before Rancher", await stack.preview(), /is newer than what the Rancher that runs, v2\.14\.4, takes/);
  edit(stack, { version: "v1.35", rancher: { ...RANCHER, version: "v2.15.0" } });
  const ranchers = await stack.plannedSteps();
  nothingGoes(ranchers.filter(({ urn }) => !/wait-turtles/.test(urn)));
  inThisOrder(ranchers, /helm\.sh\/v3:Release::fleet-rancher-release/, /wait-turtles/, /CAPIProvider/);
  succeeded("The upgrade of Rancher", await stack.up());
  stage.say("Rancher goes up first, and the providers of its Cluster API after it; EKS before it is refused");

  edit(stack, { version: "v1.36" });
  const steps = await stack.plannedSteps();
  nothingGoes(steps);
  inThisOrder(
    steps,
    /eks\/cluster:/,
    /(kube-proxy|vpc-cni|pod-identity-agent)$/,
    /nodeGroup:/,
    /(coredns|ebs-csi-driver)$/,
  );
  succeeded("The upgrade of EKS", await stack.up());
  stage.say("then EKS, in order and without a replacement: control plane, what nodes need, nodes, the rest");
  edit(stack, { version: "v1.35" });
  refused("A downgrade", await stack.preview(), /is older than what runs, v1\.36/);
  edit(stack, { version: "v1.37" });
  refused("Kubernetes that Rancher does not take", await stack.preview(), /takes, up to 1\.36/);
  edit(stack, { version: "v1.36" });
  stage.say("the way back is refused, and so is a version that Rancher does not take");

  const before = heldInAccount(stage.paths);
  refused("A destroy", await stack.destroy(), /it is protected/);
  if (heldInAccount(stage.paths) !== before) throw new SandboxProblem("The refused destroy has deleted something.");
  stage.say("a destroy is refused while the cluster is protected, and nothing is gone");
  await takeDown(stage, stack);
}

/** An environment's stack with the environment's own rights, on the management cluster of another stack. */
async function environment(stage: Stage, name: "staging" | "production"): Promise<void> {
  const owner = new RehearsedStack(stage.engine, stage.paths, "management");
  const stack = new RehearsedStack(stage.engine, stage.paths, name, name);
  const early = `${name} before its management cluster`;
  refused(early, await stack.preview(), /unknown stack "organization\/cluster-fleet\/management"/);
  succeeded("A preview of the management cluster from nothing", await owner.preview());
  refused(early, await stack.preview(), /has no output "management" with a kubeconfig\. Run pulumi up on it first/);
  stage.say("is told what is missing while its management cluster is not there");

  succeeded("The management cluster", await owner.up());
  succeeded(`${name}`, await stack.up());
  await isQuiet(stack);
  stage.say("declares its clusters with the rights of its own role, and has nothing left to do");

  const stranger = new RehearsedStack(stage.engine, stage.paths, `${name}-stranger`, name, {
    ...committedConfig(name),
    "cluster-fleet:environment": "elsewhere",
  });
  refused("Another environment", await stranger.preview(), /has no place for elsewhere on its management cluster/);
  stage.say("an environment that the management cluster does not know is refused");

  if (name === "production") {
    refused("A destroy", await stack.destroy(), /it is protected/);
    stage.say("a destroy is refused: its clusters are protected");
    return;
  }
  succeeded("Its destroy", await stack.destroy());
  stage.say("is destroyed, clusters and all");
  await takeDown(stage, owner);
}

/** Both environments of the samples on one management cluster, each with its own rights and its own base. */
async function fleets(stage: Stage): Promise<void> {
  succeeded("The management cluster", await new RehearsedStack(stage.engine, stage.paths, "management").up());
  const [staging, production] = (["staging", "production"] as const).map(
    (name) => new RehearsedStack(stage.engine, stage.paths, name, name),
  ) as [RehearsedStack, RehearsedStack];
  for (const stack of [staging, production]) {
    succeeded(stack.name, await stack.up());
    await isQuiet(stack);
    await allAccepted(stage.paths, stack.name);
    stage.say(`${stack.name}: every object of its clusters is accepted by Cluster API's and CAPA's webhooks`);
  }
  succeeded("The destroy of staging", await staging.destroy());
  await isQuiet(production);
  refused("The destroy of production", await production.destroy(), /it is protected/);
  stage.say("staging goes and production does not notice; production's own destroy is refused");
}

/** One stack does both; then the management cluster moves to a stack of its own, and nothing notices. */
async function together(stage: Stage): Promise<void> {
  const { "cluster-fleet:management": eks } = committedConfig("management");
  // Without Rancher, so that the operator installs Cluster API: the other rehearsals have it from Rancher.
  const operator = { ...(eks as Values), rancher: false };
  const both = { ...committedConfig("production"), "cluster-fleet:management": operator };
  const stack = new RehearsedStack(stage.engine, stage.paths, "production", undefined, both);
  succeeded("One stack for both", await stack.up());
  await isQuiet(stack);
  stage.say("one stack builds the management cluster and declares the fleet on it; then nothing is left to do");

  const owner = new RehearsedStack(stage.engine, stage.paths, "management");
  edit(owner, { rancher: false });
  const platform = /"(urn:pulumi:production::cluster-fleet::cluster-fleet:index:ManagementPlatform::fleet)"/;
  const urn = platform.exec(await stack.exported())?.[1] ?? "";
  succeeded("Moving the management cluster", await stack.move(urn, owner));
  nothingGoes(await owner.plannedSteps());
  succeeded("The stack that has it now", await owner.up());
  // From now on the environment has its own rights there, and no more.
  const beside = new RehearsedStack(stage.engine, stage.paths, "production", "production", {
    ...both,
    "cluster-fleet:management": { kind: "stack", stack: "organization/cluster-fleet/management" },
  });
  nothingGoes(await beside.plannedSteps());
  succeeded("The stack that had it", await beside.up());
  await isQuiet(owner);
  await isQuiet(beside);
  stage.say(
    "the management cluster is handed to a stack of its own: nothing is replaced or deleted, and the fleet's stack goes on with its own rights",
  );
}

/** Rancher's first password is on the management cluster, and nowhere in clear in what the engine keeps or puts out. */
async function keepsSecrets(stage: Stage, stack: RehearsedStack): Promise<void> {
  const secret = "/api/v1/namespaces/cattle-system/secrets/bootstrap-secret";
  const { body } = await request(kubeconfigAccess(stage.paths.kubeconfig), "GET", secret);
  const { data } = JSON.parse(body) as { data: { bootstrapPassword: string } };
  const password = Buffer.from(data.bootstrapPassword, "base64").toString();
  const kept = (await stack.exported()) + JSON.stringify(await stack.outputs());
  if (password.length < 12) throw new SandboxProblem("Rancher's first password is too short to be one.");
  for (const text of [password, data.bootstrapPassword]) {
    if (kept.includes(text)) throw new SandboxProblem("Rancher's first password stands in the state or the outputs.");
  }
  stage.say("Rancher's first password stands in a Secret alone, not in the state and not in the outputs");
}

/** Protection is lifted in a run of its own, which the policies have to admit. */
async function takeDown(stage: Stage, stack: RehearsedStack): Promise<void> {
  edit(stack, { protect: false });
  refused("Lifting the protection unasked", await stack.up(), /eks-cluster-require-deletion-protection/);
  stack.configurePolicies({ "eks-cluster-require-deletion-protection": { except: ["fleet"] } });
  succeeded("Lifting the protection", await stack.up());
  succeeded("The destroy", await stack.destroy());
  const left = heldInAccount(stage.paths);
  if (left > 0) throw new SandboxProblem(`${left} things are left in the account after the destroy.`);
  stage.say("once the policies admit it and the protection is lifted, it is destroyed, and the account is empty");
}

function edit(stack: RehearsedStack, change: Values): void {
  stack.edit((config) => Object.assign(config["cluster-fleet:management"] as Values, change));
}
