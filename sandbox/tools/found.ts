import { spawnSync } from "node:child_process";
import * as path from "node:path";
import * as semver from "semver";
import { SandboxProblem } from "../problem";
import { type BinaryName } from "./families";
import { type Tool } from "./toolbox";

/** Programs that the user brings along. */
export interface FoundTools {
  readonly tools: ReadonlyMap<BinaryName, Tool>;
  /** Lines to print: what is used and what is passed over, and why. */
  readonly notices: readonly string[];
}

/** Pulumi releases whose state and plugin protocol fit the sandbox. */
const PULUMI_RANGE = ">=3.230.0 <4";
/** The oldest management cluster that Cluster API 1.13 supports. */
const KUBERNETES_RANGE = ">=1.32.0";

/**
 * @param environment SANDBOX_PULUMI: an executable to use in place of our build. KUBEBUILDER_ASSETS: a folder with
 *   etcd and kube-apiserver; passed over with a notice if they do not run or are too old, since the variable is there
 *   for other projects too.
 * @throws SandboxProblem if SANDBOX_PULUMI names something unfit.
 */
export function findTools(environment: NodeJS.ProcessEnv): FoundTools {
  const tools = new Map<BinaryName, Tool>();
  const notices: string[] = [];
  const pulumi = environment["SANDBOX_PULUMI"];
  if (pulumi) {
    const version = versionOf(pulumi, ["version"]);
    if (version === undefined || !semver.satisfies(version, PULUMI_RANGE, { includePrerelease: true })) {
      throw new SandboxProblem(
        `SANDBOX_PULUMI names ${pulumi}, which ${version === undefined ? "does not run" : `is version ${version}`}. ` +
          `Name a pulumi ${PULUMI_RANGE}, or unset it: then one is built.`,
      );
    }
    tools.set("pulumi", { file: path.resolve(pulumi), version: `v${version}` });
    notices.push(`Using pulumi v${version} from SANDBOX_PULUMI.`);
  }
  const assets = environment["KUBEBUILDER_ASSETS"];
  if (assets) {
    const etcd = path.resolve(assets, "etcd");
    const apiServer = path.resolve(assets, "kube-apiserver");
    const etcdVersion = versionOf(etcd, ["--version"]);
    const version = versionOf(apiServer, ["--version"]);
    if (etcdVersion !== undefined && version !== undefined && semver.satisfies(version, KUBERNETES_RANGE)) {
      tools.set("etcd", { file: etcd, version: `v${etcdVersion}` });
      tools.set("kube-apiserver", { file: apiServer, version: `v${version}` });
      notices.push(`Using kube-apiserver v${version} and etcd v${etcdVersion} from KUBEBUILDER_ASSETS.`);
    } else {
      const why = version === undefined || etcdVersion === undefined ? "do not run" : `are too old (v${version})`;
      notices.push(`KUBEBUILDER_ASSETS is passed over: kube-apiserver and etcd in ${assets} ${why}.`);
    }
  }
  return { tools, notices };
}

function versionOf(file: string, args: readonly string[]): string | undefined {
  const { stdout, status } = spawnSync(file, args, { encoding: "utf8", timeout: 20_000 });
  return status === 0 ? (/\d+\.\d+\.\d+[-+.\w]*/.exec(stdout)?.[0] ?? undefined) : undefined;
}
