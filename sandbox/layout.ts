import * as os from "node:os";
import * as path from "node:path";

/** The clone that this code runs from. */
export const REPOSITORY = path.dirname(__dirname);

/** The sandbox folder that the committed stack files point to, relative to the clone. */
export const COMMITTED_ROOT = ".sandbox";

/** Files and folders of one sandbox, all absolute. Nothing of a sandbox lies outside `root`, save the tool cache. */
export interface SandboxPaths {
  readonly root: string;
  /** Administrator access to the management API server. Mode 0600. */
  readonly kubeconfig: string;
  /** What runs and where, see `management/record.ts`. */
  readonly record: string;
  /** Held by the one command that changes this sandbox. */
  readonly lock: string;
  readonly logs: string;
  readonly pki: string;
  readonly etcd: string;
  /** Pulumi's file backend. */
  readonly state: string;
  readonly pulumiHome: string;
  /** How `npm run fleet` reaches this sandbox, see `engine/environment-file.ts`. */
  readonly environment: string;
  /** What the simulated AWS account of a rehearsal has. */
  readonly aws: string;
  /** Stack configuration that names this sandbox's kubeconfig, where the committed one does not. */
  readonly config: string;
}

/** Whether a sandbox wrote this entry of its root: `down` removes these and nothing else. */
export function isSandboxEntry(name: string): boolean {
  return /^(kubeconfig|logs|pki|etcd|state|pulumi-home|config|(sandbox|environment)\.json(\.new)?|aws\.json(\.\d+\.new)?|lock(\..+)?)$/.test(
    name,
  );
}

/**
 * @param root Default: the folder named by CLUSTER_FLEET_SANDBOX_DIR, else `.sandbox` in the clone.
 */
export function sandboxPaths(root = defaultSandboxRoot()): SandboxPaths {
  const absolute = path.resolve(REPOSITORY, root);
  const at = (name: string) => path.join(absolute, name);
  return {
    root: absolute,
    kubeconfig: at("kubeconfig"),
    record: at("sandbox.json"),
    lock: at("lock"),
    logs: at("logs"),
    pki: at("pki"),
    etcd: at("etcd"),
    state: at("state"),
    pulumiHome: at("pulumi-home"),
    environment: at("environment.json"),
    aws: at("aws.json"),
    config: at("config"),
  };
}

function defaultSandboxRoot(): string {
  return process.env["CLUSTER_FLEET_SANDBOX_DIR"] || COMMITTED_ROOT;
}

/** Where built tools are kept between sandboxes and clones. */
export function toolsFolder(environment: NodeJS.ProcessEnv = process.env): string {
  if (environment["CLUSTER_FLEET_TOOLS_DIR"]) return path.resolve(environment["CLUSTER_FLEET_TOOLS_DIR"]);
  const cache = environment["XDG_CACHE_HOME"] || path.join(os.homedir(), ".cache");
  return path.join(cache, "cluster-fleet", "tools");
}
