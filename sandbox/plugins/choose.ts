import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/** Where the stand-ins' executables are: put first on PATH, the engine takes them. */
export const STAND_IN_FOLDER = path.join(__dirname, "bin");

/** The plugins that the project needs, as their executables are named. */
const PLUGINS = ["pulumi-language-nodejs", "pulumi-resource-kubernetes", "pulumi-resource-random"] as const;

type Plugin = (typeof PLUGINS)[number];

/** Which plugins are in use, and how the engine is told so. */
export interface Choice {
  /** Folders to put before PATH, joined; empty if only official plugins are in use. */
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
  /** Where links to single stand-ins may be made, if some plugins are official and some are not. */
  linkFolder: string;
}

/**
 * Decides for each plugin whether the official one or the stand-in is in use. Official ones are preferred where they
 * are: on PATH, beside `pulumi`, or in the plugin cache of PULUMI_HOME or the home folder.
 * @throws if SANDBOX_PLUGINS has another value, or asks for official plugins that are not there
 */
export function choosePlugins(surroundings: Surroundings): Choice {
  const wish = surroundings.env["SANDBOX_PLUGINS"] ?? "";
  if (!["", "official", "stand-in"].includes(wish)) {
    throw new Error(`SANDBOX_PLUGINS="${wish}" must be "official" or "stand-in", or not be set.`);
  }
  const official = wish === "stand-in" ? [] : PLUGINS.filter((plugin) => isInstalled(plugin, surroundings));
  const missing = PLUGINS.filter((plugin) => !official.includes(plugin));
  if (wish === "official" && missing.length > 0) {
    throw new Error(
      `SANDBOX_PLUGINS=official, but these official plugins are not installed: ${missing.join(", ")}. Install them ` +
        `(pulumi plugin install), or leave SANDBOX_PLUGINS out to use this repository's stand-ins.`,
    );
  }
  return { pathPrefix: pathPrefix(missing, surroundings.linkFolder), lines: [describe(official, missing)] };
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

function pathPrefix(standIns: Plugin[], linkFolder: string): string {
  if (standIns.length === 0) return "";
  if (standIns.length === PLUGINS.length) return STAND_IN_FOLDER;
  // The folder of all stand-ins would hide the official ones: a folder with links to the missing ones does not.
  fs.rmSync(linkFolder, { recursive: true, force: true });
  fs.mkdirSync(linkFolder, { recursive: true });
  for (const plugin of standIns) fs.symlinkSync(path.join(STAND_IN_FOLDER, plugin), path.join(linkFolder, plugin));
  return linkFolder;
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
