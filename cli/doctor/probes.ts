import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { parse } from "yaml";
import { z } from "zod";

import { PLAIN } from "../../fleet/families";
import { judge, parseConfig } from "../../fleet/config/parse";
import { describeProblem, FleetConfigError } from "../../fleet/config/problems";
import { accessOf } from "../../live/access";
import { connect } from "../../live/management-client";
import { PROJECT_FOLDER } from "../pulumi";
import { managementSource } from "../management-source";
import { type StackContext } from "../stack-context";
import { once } from "../once";
import { locksOf } from "./locks";
import { type MachineProbes } from "./machine-checks";
import { type ManagementProbes } from "./management-checks";
import { type StackProbes } from "./stack-checks";

const manifest = z.object({
  engines: z.object({ node: z.string() }),
  dependencies: z.object({ "@pulumi/pulumi": z.string(), "@pulumi/kubernetes": z.string() }),
});

const plugins = z.array(z.object({ name: z.string(), kind: z.string(), version: z.string().optional() }));

/** @param run Runs Pulumi in `env`. */
export function machineProbes(env: NodeJS.ProcessEnv, run: StackContext["pulumi"]): MachineProbes {
  const text = readFileSync(path.join(PROJECT_FOLDER, "package.json"), "utf8");
  const { engines, dependencies } = manifest.parse(JSON.parse(text));
  return {
    node: process.versions.node,
    wanted: {
      node: engines.node,
      pulumi: dependencies["@pulumi/pulumi"],
      kubernetes: dependencies["@pulumi/kubernetes"],
    },
    pulumi: () => run(["version"]),
    plugins: async () => plugins.parse(JSON.parse(await run(["plugin", "ls", "--json"]))),
    executable: (name) => folders(env).some((folder) => isExecutable(path.join(folder, name))),
    acquiresPlugins: !["1", "true"].includes(env["PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION"] ?? ""),
  };
}

const account = z.object({ user: z.string(), url: z.string().default("(no address)") });
const exported = z.object({
  deployment: z.object({
    resources: z.array(z.unknown()).default([]),
    pending_operations: z.array(z.unknown()).default([]),
  }),
});
const stackFile = z.object({ secretsprovider: z.string().optional(), encryptionsalt: z.string().optional() });

export function stackProbes(stack: StackContext, sandboxFile: string | undefined): StackProbes {
  const { name, files } = stack;
  const whoAmI = once(async () => account.parse(JSON.parse(await stack.pulumi(["whoami", "--json"]))));
  return {
    stack: name,
    sandboxFile: stack.ofSandbox ? sandboxFile : undefined,
    whoAmI,
    async state() {
      const { deployment } = exported.parse(JSON.parse(await stack.pulumi(["stack", "export", "--stack", name])));
      return { resources: deployment.resources.length, pendingOperations: deployment.pending_operations.length };
    },
    locks: async () => locksOf((await whoAmI()).url, name),
    secretsProvider: () => secretsProvider(files.stack),
    tryEncrypt: () => tryEncrypt(stack),
    async configurationProblems() {
      const { raw, secretKeys } = await stack.config();
      try {
        return { clusters: Object.keys(parseConfig(raw, secretKeys).clusters).length, problems: [] };
      } catch (error) {
        if (!(error instanceof FleetConfigError)) throw error;
        return { clusters: 0, problems: error.problems.map(describeProblem) };
      }
    },
    file: { name: shortName(files.stack), exists: existsSync(files.stack) },
  };
}

const management = z.object({
  kind: z.string(),
  path: z.string().optional(),
  context: z.string().optional(),
  stack: z.string().optional(),
});

/** Asks for the management cluster that the configuration names, however wrong the rest of it is. */
export function managementProbes(stack: StackContext): ManagementProbes {
  const named = async () => management.safeParse((await stack.config()).raw["management"]).data;
  const connection = once(async () => {
    const { kind = "kubeconfig", ...rest } = (await named()) ?? {};
    return connect(await managementSource(stack, { kind, ...rest }));
  });
  return {
    kind: async () => (await named())?.kind,
    server: async () => (await connection()).getCurrentCluster()?.server ?? "(no cluster in the kubeconfig)",
    access: async () => accessOf(await connection()),
    async environment() {
      const { raw, secretKeys } = await stack.config();
      const { drafts } = judge(raw, secretKeys);
      return {
        namespace: String(raw["environment"] ?? ""),
        families: [...new Set(drafts.map(({ values }) => values.class ?? PLAIN))],
        privateReach: reachKind(raw["network"]) !== "public-restricted",
      };
    },
  };
}

const network = z.object({ reach: z.object({ kind: z.string() }) });

/** Whatever it is called: a word that nobody knows is the configuration check's to find. */
function reachKind(value: unknown): string {
  return network.safeParse(value).data?.reach.kind ?? "public-restricted";
}

/** Relative to the clone where it is in it. */
function shortName(file: string): string {
  const relative = path.relative(PROJECT_FOLDER, file);
  return relative.startsWith("..") ? file : relative;
}

function secretsProvider(file: string): string {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  const parsed = stackFile.safeParse(text === "" ? {} : parse(text));
  const { secretsprovider, encryptionsalt } = parsed.success ? parsed.data : {};
  if (secretsprovider !== undefined) return secretsprovider.replace(/\?.*$/, "");
  return encryptionsalt === undefined ? "the backend's default" : "passphrase";
}

/** Has the engine write a secret into a copy of the stack's file, which is then thrown away. */
async function tryEncrypt({ name, files, pulumi }: StackContext): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "cluster-fleet-doctor-"));
  try {
    const copy = path.join(folder, path.basename(files.stack));
    if (existsSync(files.stack)) cpSync(files.stack, copy);
    else writeFileSync(copy, "config: {}\n");
    await pulumi(["config", "set", "--secret", "cluster-fleet:doctor", "x", "--stack", name, "--config-file", copy]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** PATH, and the folder in which `pulumi` really is. */
function folders({ PATH = "" }: NodeJS.ProcessEnv): readonly string[] {
  const all = PATH.split(path.delimiter).filter(Boolean);
  const pulumi = all.map((folder) => path.join(folder, "pulumi")).find(isExecutable);
  return pulumi === undefined ? all : [...all, path.dirname(realpathSync(pulumi))];
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
