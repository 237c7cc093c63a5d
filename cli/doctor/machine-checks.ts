import * as semver from "semver";

import { type Check, failed, type Finding, ok, warning } from "./check";

/** What the machine has; asked for once each. */
export interface MachineProbes {
  /** `20.19.4` */
  readonly node: string;
  /** Of this project's package.json. */
  readonly wanted: Wanted;
  /** `v3.246.0`. @throws PulumiMissing, PulumiError */
  pulumi(): Promise<string>;
  /** Plugins in Pulumi's cache. */
  plugins(): Promise<readonly Plugin[]>;
  /** Whether an executable is on PATH or beside `pulumi`. */
  executable(name: string): boolean;
  /** Whether Pulumi fetches a plugin that it lacks. */
  readonly acquiresPlugins: boolean;
}

export interface Wanted {
  /** Range of Node versions. */
  readonly node: string;
  /** Version of Pulumi that this version was tested with. */
  readonly pulumi: string;
  /** Version of the `kubernetes` plugin, which the engine takes exactly. */
  readonly kubernetes: string;
}

export interface Plugin {
  readonly kind: string;
  readonly name: string;
  readonly version?: string | undefined;
}

/** From this version on Pulumi starts a policy pack as the pack of this project needs it. */
export const OLDEST_PULUMI = "3.221.0";

export function machineChecks(probes: MachineProbes): Check[] {
  return [
    { name: "node", run: () => Promise.resolve(judgeNode(probes.node, probes.wanted.node)) },
    { name: "pulumi", run: async () => judgePulumi(await probes.pulumi(), probes.wanted.pulumi) },
    { name: "plugins", needs: ["pulumi"], run: async () => judgePlugins(await probes.plugins(), probes) },
  ];
}

export function judgeNode(version: string, wanted: string): Finding {
  return semver.satisfies(version, wanted)
    ? ok(`v${version}`)
    : failed(`v${version} is not ${wanted}`, `Install Node ${wanted}.`);
}

/** @param tested The version that this version of the project was tested with. */
export function judgePulumi(text: string, tested: string): Finding {
  const version = semver.coerce(text)?.version;
  if (version === undefined) {
    return warning(`says ${JSON.stringify(text.trim())}, which is no version`, `Use Pulumi ${tested}.`);
  }
  if (semver.lt(version, OLDEST_PULUMI)) {
    return failed(`v${version} is older than ${OLDEST_PULUMI}`, `Install Pulumi ${tested}.`);
  }
  if (semver.major(version) > semver.major(tested)) {
    return warning(`v${version}; tested with v${tested}`, `If something does not work, use Pulumi ${tested}.`);
  }
  return ok(version === tested ? `v${version}` : `v${version} (tested with v${tested})`);
}

export function judgePlugins(plugins: readonly Plugin[], probes: Omit<MachineProbes, "plugins">): Finding {
  const { wanted, acquiresPlugins } = probes;
  if (!plugins.some(({ name, kind }) => name === "nodejs" && kind === "language")) {
    if (!probes.executable("pulumi-language-nodejs")) {
      return failed(
        "the language host for Node is missing (pulumi-language-nodejs)",
        "Install Pulumi whole: the language host comes beside its executable.",
      );
    }
  }
  const present = plugins.filter(({ name, kind }) => name === "kubernetes" && kind === "resource");
  const exact = present.some(({ version }) => version?.replace(/^v/, "") === wanted.kubernetes);
  if (exact) return ok(`language host, kubernetes v${wanted.kubernetes}`);
  if (probes.executable("pulumi-resource-kubernetes")) return ok("language host, kubernetes from PATH");
  const had = present.map(({ version = "?" }) => version.replace(/^v?/, "v")).join(", ");
  const what = `kubernetes v${wanted.kubernetes} is not installed${had === "" ? "" : ` (${had} is)`}`;
  const remedy = `Run: pulumi plugin install resource kubernetes ${wanted.kubernetes}`;
  return acquiresPlugins ? warning(`${what}; the next preview fetches it`, remedy) : failed(what, remedy);
}
