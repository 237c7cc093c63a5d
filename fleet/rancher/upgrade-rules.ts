import { compatibilityData } from "../versions/compatibility-data";
import { compareVersions, minorOf, minorsBetween } from "../versions/version";
import { type PartProblem } from "../management/problem";

/** Rancher and the cluster below it, as they are and as they are declared. Versions with or without v. */
export interface RancherChange {
  /** What runs; absent before the first installation. */
  readonly current?: string;
  /** What is declared. */
  readonly target: string;
  /** Kubernetes of the management cluster as it runs; absent before it is built. */
  readonly managementKubernetes?: string;
  /** Kubernetes as it is declared; absent where it stays. In one run it moves before Rancher does. */
  readonly targetKubernetes?: string;
  /** Turtles as it runs; absent where there is none. */
  readonly installedTurtles?: string;
  /** Host name that Rancher runs under; absent before the first installation. */
  readonly currentHostname?: string;
  /** Host name as declared; absent: not judged. */
  readonly hostname?: string;
}

type Row = (typeof compatibilityData.rancher)[number];

/**
 * What forbids a change, all of it; empty for one that is allowed. To be asked before anything is touched: Rancher's chart
 * finds out half of this only after the run has begun, and a Rancher that went up does not come down again.
 *
 * Source: Rancher 2.15, "Upgrades" (one minor at a time, no pre-releases, no way back but a backup) and the compatibility
 * data of this package.
 */
export function rancherUpgradeProblems(change: RancherChange): PartProblem[] {
  const release = releaseProblems(change);
  return [
    ...(release.length > 0 ? release : [...stepProblems(change), ...kubernetesProblems(change)]),
    ...turtlesProblems(change),
    ...hostnameProblems(change),
  ];
}

/** Whether the declared release is one that can be used at all. */
function releaseProblems({ target }: RancherChange): PartProblem[] {
  const { since, because } = compatibilityData.refusedRancher;
  const minor = minorOf(target);
  if (compareVersions(minor, since) >= 0) {
    return [version(`is ${since} or newer: ${because}`, target, `Use ${usable()}`)];
  }
  if (rowOf(target)?.turtles === undefined) {
    return [version("is a release that does not bring Cluster API by itself", target, `Use ${usable()}`)];
  }
  if (target.includes("-")) {
    return [version("is a pre-release, from and to which Rancher supports no upgrade", target, `Use ${usable()}`)];
  }
  return [];
}

function stepProblems({ current, target }: RancherChange): PartProblem[] {
  if (current === undefined) {
    return [];
  }
  if (compareVersions(target, current) < 0) {
    const remedy = `Keep ${current}, or restore the backup that was made before the upgrade`;
    return [version(`is older than what runs, ${current}; Rancher does not go back`, target, remedy)];
  }
  const skipped = minorsBetween(current, target) - 1;
  if (skipped <= 0) {
    return [];
  }
  const [major, minor] = minorOf(current).split(".").map(Number);
  const next = `${major}.${(minor ?? 0) + 1}`;
  const what = `skips ${skipped} minor${skipped > 1 ? "s" : ""} after what runs, ${current}`;
  return [version(what, target, `Go to the newest patch of ${next} first, in a run of its own`)];
}

function kubernetesProblems(change: RancherChange): PartProblem[] {
  const { current, target, managementKubernetes } = change;
  const kubernetes = change.targetKubernetes ?? managementKubernetes;
  if (kubernetes === undefined) {
    return [];
  }
  // A cluster that is too new already is no reason to refuse the Rancher that takes it.
  const moves = managementKubernetes === undefined || minorOf(managementKubernetes) !== minorOf(kubernetes);
  if (current !== undefined && moves && isTooNew(kubernetes, rowOf(current))) {
    return [tooNewForCurrent(current, target, kubernetes)];
  }
  const row = rowOf(target);
  if (row === undefined) {
    return [];
  }
  const [oldest, newest] = row.kubernetes;
  const runsOn = `what Rancher ${row.minor} runs on, ${oldest} to ${newest}`;
  if (isTooNew(kubernetes, row)) {
    const what = `is newer than ${runsOn} (its chart asks for ${row.chartKubeVersion})`;
    return [{ path: ["version"], what, got: kubernetes, remedy: `Use ${newest} or older, or a newer Rancher` }];
  }
  if (compareVersions(minorOf(kubernetes), oldest) < 0) {
    const remedy = `Take EKS to ${oldest} first, in runs of its own, one minor at a time`;
    return [{ path: ["version"], what: `is older than ${runsOn}`, got: kubernetes, remedy }];
  }
  return [];
}

/** The run would take EKS up while the present Rancher still runs on it. */
function tooNewForCurrent(current: string, target: string, kubernetes: string): PartProblem {
  const row = rowOf(current);
  const taker = compatibilityData.rancher.find((each) => !isTooNew(kubernetes, each));
  const what = `is newer than what the Rancher that runs, ${current}, takes, up to ${row?.kubernetes[1]}; EKS moves before Rancher`;
  const remedy =
    !isTooNew(kubernetes, rowOf(target)) && minorOf(target) !== minorOf(current)
      ? `Leave EKS as it is in this run, take Rancher to ${target}, then EKS`
      : `Leave EKS as it is; take Rancher to ${taker?.minor ?? "a minor that takes it"} first`;
  return { path: ["version"], what, got: kubernetes, remedy };
}

function turtlesProblems({ current, target, installedTurtles }: RancherChange): PartProblem[] {
  if (current === undefined || installedTurtles === undefined || minorOf(current) === minorOf(target)) {
    return [];
  }
  const brought = rowOf(current)?.turtles;
  if (brought === undefined) {
    const what = `goes to a Rancher that brings Turtles, beside the Turtles ${installedTurtles} that somebody installed`;
    const remedy = "Uninstall that one first as Rancher's manual says (Turtles, migration)";
    return [version(what, target, remedy)];
  }
  if (minorOf(brought) === minorOf(installedTurtles)) {
    return [];
  }
  const what = `begins an upgrade before the last one is over: Rancher ${current} brings Turtles ${brought}, and ${installedTurtles} runs`;
  return [version(what, target, `Keep ${current} until the App rancher-turtles is at ${brought}`)];
}

function hostnameProblems({ currentHostname, hostname }: RancherChange): PartProblem[] {
  return currentHostname === undefined || hostname === undefined || hostname === currentHostname
    ? []
    : [
        {
          path: ["rancher", "hostname"],
          what: `is not the name that Rancher runs under, ${currentHostname}, by which every cluster's agent calls it`,
          got: hostname,
          remedy: `Keep ${currentHostname}`,
        },
      ];
}

function isTooNew(kubernetes: string, row: Row | undefined): boolean {
  return row !== undefined && compareVersions(minorOf(kubernetes), row.kubernetes[1]) > 0;
}

function rowOf(rancher: string): Row | undefined {
  return compatibilityData.rancher.find(({ minor }) => minor === minorOf(rancher));
}

function usable(): string {
  return compatibilityData.rancher
    .filter(({ turtles }) => turtles !== undefined)
    .map(({ minor }) => minor)
    .join(", ");
}

function version(what: string, got: string, remedy: string): PartProblem {
  return { path: ["rancher", "version"], what, got, remedy };
}
