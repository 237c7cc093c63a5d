import { existsSync, lstatSync, mkdirSync, readdirSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { type SandboxPaths, toolsFolder } from "../layout";
import { choosePlugins } from "../plugins/choose";
import { helmVariables } from "../tools/helm";

export interface EngineEnvironment {
  readonly variables: NodeJS.ProcessEnv;
  /** What is in use, for the user. */
  readonly lines: readonly string[];
}

/**
 * The environment in which the engine runs: the user's own, with Pulumi's settings exchanged for the sandbox's, so
 * that nothing is read from or written to the user's Pulumi account, home or passphrase.
 * @param pulumi The executable.
 * @throws Error if SANDBOX_PLUGINS asks for what is not there.
 */
export function engineEnvironment(paths: SandboxPaths, pulumi: string, user = process.env): EngineEnvironment {
  mkdirSync(paths.state, { recursive: true });
  const { cache, pathPrefix, lines } = choosePlugins({ env: user, pulumi });
  fillPluginCache(path.join(paths.pulumiHome, "plugins"), cache, user);
  const kept = Object.entries(user).filter(([name]) => !name.startsWith("PULUMI_"));
  return {
    lines,
    variables: {
      ...Object.fromEntries(kept),
      ...sandboxVariables(paths, user),
      PATH: [pathPrefix, user["PATH"]].filter(Boolean).join(path.delimiter),
    },
  };
}

/** What a shell needs to use a sandbox as if it were the user's own. Nothing of it is secret. */
export interface ShellEnvironment {
  /** Folders to put before PATH: the engine's, and the stand-ins' where they were asked for. */
  readonly path: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
}

/** @param pulumi The executable. */
export function shellEnvironment(paths: SandboxPaths, pulumi: string, user = process.env): ShellEnvironment {
  const { pathPrefix } = choosePlugins({ env: user, pulumi });
  return {
    path: [path.dirname(pulumi), pathPrefix].filter(Boolean),
    variables: { ...sandboxVariables(paths, user), KUBECONFIG: paths.kubeconfig },
  };
}

/** The variables of a sandbox's own, the same in whatever environment they are asked for. */
function sandboxVariables(paths: SandboxPaths, user: NodeJS.ProcessEnv): Record<string, string> {
  return {
    ...withoutProxyForLoopback(user),
    ...helmVariables(toolsFolder(user), user),
    PULUMI_HOME: paths.pulumiHome,
    // Without the side file beside each state file: an engine killed while it writes one could not read it again.
    PULUMI_BACKEND_URL: `file://${paths.state}?metadata=skip`,
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
}

/**
 * Links the stand-ins in use, and the official plugins in the user's own Pulumi home, into the sandbox's. From its cache
 * the engine takes a plugin without the warning that it gives for one on PATH. Links that are right already stay, as an
 * engine may be using them.
 */
function fillPluginCache(folder: string, standIns: Record<string, string>, user: NodeJS.ProcessEnv): void {
  const installed = path.join(user["PULUMI_HOME"] || path.join(os.homedir(), ".pulumi"), "plugins");
  const replaced = Object.keys(standIns).map((link) => link.split(path.sep)[0]);
  // A folder that a stand-in replaces must not be linked: the stand-in's link would be made in the user's own folder.
  const official = (existsSync(installed) && installed !== folder ? readdirSync(installed) : []).filter(
    (name) => !replaced.includes(name),
  );
  const wanted = {
    ...Object.fromEntries(official.map((name) => [name, path.join(installed, name)])),
    ...standIns,
  };
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    const needed = Object.keys(wanted).some((link) => link.split(path.sep)[0] === name);
    if (!needed) rmSync(path.join(folder, name), { recursive: true });
  }
  for (const [link, target] of Object.entries(wanted)) makeLink(path.join(folder, link), target);
}

function makeLink(link: string, target: string): void {
  if (lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink() && readlinkSync(link) === target) return;
  rmSync(link, { recursive: true, force: true });
  mkdirSync(path.dirname(link), { recursive: true });
  symlinkSync(target, link);
}

/** Engine, language host and plugins talk over loopback, and not all of them know that a proxy is no help there. */
function withoutProxyForLoopback(user: NodeJS.ProcessEnv): Record<string, string> {
  const had = (user["NO_PROXY"] ?? user["no_proxy"] ?? "").split(",");
  const value = [...new Set([...had, "localhost", "127.0.0.1", "127.0.0.0/8"])].filter(Boolean).join(",");
  return { NO_PROXY: value, no_proxy: value };
}
