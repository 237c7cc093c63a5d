import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { SandboxProblem } from "../problem";

/** Where the stand-ins' executables are. */
export const STAND_IN_FOLDER = path.join(__dirname, "bin");

/** The plugins that the project needs, as their executables are named. */
const PLUGINS = ["pulumi-language-nodejs", "pulumi-resource-kubernetes", "pulumi-resource-random"] as const;

/** AWS is never reached from the sandbox: its stand-in is in use even where the official plugin is installed. */
const SIMULATED = "pulumi-resource-aws";

type Plugin = (typeof PLUGINS)[number] | typeof SIMULATED;

/** Which plugins are in use, and how the engine is told so. */
export interface Choice {
  /** Stand-ins to put into the engine's plugin cache: `<name in the cache>/<executable>` to the file. */
  cache: Record<string, string>;
  /** Folder to put before PATH; empty but where the stand-ins are wished for by name and must win over everything. */
  pathPrefix: string;
  /** What is in use, for the user: one line for each group. */
  lines: string[];
}

export interface Surroundings {
  /** `SANDBOX_PLUGINS` (`official` or `stand-in`; absent: official where found), `PATH`, `PULUMI_HOME`. */
  env: NodeJS.ProcessEnv;
  /** The pulumi executable: official installs have the language host beside it. */
  pulumi: string;
  /** The user's home folder. */
  home?: string;
}

/**
 * Decides for each plugin whether the official one or the stand-in is in use. Official ones are preferred where they
 * are: on PATH, beside `pulumi`, or in the plugin cache of PULUMI_HOME or the home folder.
 * @throws SandboxProblem if SANDBOX_PLUGINS has another value, or asks for official plugins that are not there
 */
export function choosePlugins(surroundings: Surroundings): Choice {
  const wish = surroundings.env["SANDBOX_PLUGINS"] ?? "";
  if (!["", "official", "stand-in"].includes(wish)) {
    throw new SandboxProblem(`SANDBOX_PLUGINS="${wish}" must be "official" or "stand-in", or not be set.`, 2);
  }
  const official: Plugin[] = wish === "stand-in" ? [] : PLUGINS.filter((plugin) => isInstalled(plugin, surroundings));
  const missing: Plugin[] = PLUGINS.filter((plugin) => !official.includes(plugin));
  if (wish === "official" && missing.length > 0) {
    throw new SandboxProblem(
      `SANDBOX_PLUGINS=official, but these official plugins are not installed: ${missing.join(", ")}. Install them ` +
        `(pulumi plugin install), or leave SANDBOX_PLUGINS out to use this repository's stand-ins.`,
    );
  }
  return {
    cache: Object.fromEntries(
      [...missing, SIMULATED as Plugin].map((plugin) => [
        path.join(cacheName(plugin), plugin),
        path.join(STAND_IN_FOLDER, plugin),
      ]),
    ),
    pathPrefix: wish === "stand-in" ? STAND_IN_FOLDER : "",
    lines: [describe(official, missing)],
  };
}

function isInstalled(plugin: Plugin, { env, pulumi, home = os.homedir() }: Surroundings): boolean {
  const folders = (env["PATH"] ?? "").split(path.delimiter).filter((folder) => folder !== "");
  const homes = env["PULUMI_HOME"] ? [env["PULUMI_HOME"]] : [];
  return [
    ...folders,
    path.dirname(pulumi),
    ...[...homes, path.join(home, ".pulumi")].map((folder) => path.join(folder, "plugins", cacheName(plugin))),
  ].some((folder) => isOfficial(path.join(folder, plugin)));
}

/** The engine takes from its cache the very version that the npm package asks for. */
function cacheName(plugin: Plugin): string {
  const name = plugin.replace(/^pulumi-/, "");
  const sdk = name.replace(/^resource-/, "").replace(/^language-nodejs$/, "pulumi");
  const manifest = fs.readFileSync(require.resolve(`@pulumi/${sdk}/package.json`), "utf8");
  const { version } = JSON.parse(manifest) as { version: string };
  return `${name}-v${version}`;
}

function describe(official: Plugin[], standIns: Plugin[]): string {
  const names = (plugins: Plugin[]) =>
    plugins.map((plugin) => plugin.replace(/^pulumi-(language|resource)-/, "")).join(", ");
  if (standIns.length === 0) return `Pulumi plugins: official (${names(official)})`;
  const own = `this repository's stand-ins (${names(standIns)}; see sandbox/plugins/README.md)`;
  return official.length === 0 ? `Pulumi plugins: ${own}` : `Pulumi plugins: official (${names(official)}), ${own}`;
}

// A link to a stand-in is a stand-in.
function isOfficial(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    const real = fs.realpathSync(file);
    return fs.statSync(real).isFile() && path.dirname(real) !== fs.realpathSync(STAND_IN_FOLDER);
  } catch {
    return false;
  }
}
