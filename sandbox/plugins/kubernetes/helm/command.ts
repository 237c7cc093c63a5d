import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { type JsonObject } from "../../grpc/json";
import { Unreachable } from "../client";
import { loadKubeconfig } from "../kubeconfig";
import { type Settings } from "../settings";

/** helm ended with an error; the message is its own. */
export class HelmError extends Error {}

export interface HelmOptions {
  /** Given to helm on its standard input, where `-f -` reads them: they touch neither disk nor process list. */
  readonly values?: JsonObject;
  /** Texts that are masked in helm's error. */
  readonly secrets?: readonly string[];
}

/** Runs helm. @returns Its standard output. */
export type RunHelm = (args: readonly string[], options?: HelmOptions) => Promise<string>;

/**
 * helm with access to the cluster of the settings, and without the user's repositories, plugins and caches.
 * @param file The executable.
 * @param ended Ends a helm that runs, in helm's own way: a release under way is marked as failed.
 */
export function helmCommand(file: string, settings: Settings, ended: AbortSignal): RunHelm {
  return async (args, { values, secrets = [] } = {}) => {
    const home = mkdtempSync(path.join(os.tmpdir(), "cluster-fleet-helm-"));
    try {
      const kubeconfig = path.join(home, "kubeconfig");
      writeFileSync(kubeconfig, await kubeconfigFor(settings), { mode: 0o600 });
      const env = {
        ...process.env,
        KUBECONFIG: kubeconfig,
        HELM_CACHE_HOME: path.join(home, "cache"),
        HELM_CONFIG_HOME: path.join(home, "config"),
        HELM_DATA_HOME: path.join(home, "data"),
      };
      return await run(file, args, env, values, ended);
    } catch (error) {
      throw error instanceof HelmError ? inHelmsWords(error, secrets) : error;
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  };
}

/** The settings as one file: helm has no flag for the cluster alone. */
async function kubeconfigFor(settings: Settings): Promise<string> {
  try {
    return (await loadKubeconfig(settings)).exportConfig();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Unreachable(`configured Kubernetes cluster is unreachable: ${reason}`);
  }
}

function run(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  values: JsonObject | undefined,
  ended: AbortSignal,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const helm = spawn(file, args, { env });
    const stop = () => helm.kill("SIGTERM");
    ended.addEventListener("abort", stop, { once: true });
    let stdout = "";
    let stderr = "";
    helm.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    helm.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    helm.on("error", (error) => reject(new HelmError(`${file} cannot be run: ${error.message}`)));
    helm.on("close", (code) => {
      ended.removeEventListener("abort", stop);
      if (code === 0) resolve(stdout);
      else reject(new HelmError(stderr));
    });
    // A helm that fails early does not read its input.
    helm.stdin.on("error", () => undefined).end(values === undefined ? "" : JSON.stringify(values));
  });
}

function inHelmsWords({ message }: HelmError, secrets: readonly string[]): Error {
  const words = message
    .split("\n")
    .filter((line) => line !== "" && !/^(WARNING:|Use --debug flag|[IWE]\d{4} )/.test(line))
    .join("\n")
    .replace(/^Error: /, "");
  const encoded = secrets.flatMap((text) => [text, Buffer.from(text).toString("base64")]);
  const masked = encoded.reduce((text, secret) => text.replaceAll(secret, "[secret]"), words);
  return /cluster unreachable/.test(masked) ? new Unreachable(masked) : new HelmError(masked);
}
