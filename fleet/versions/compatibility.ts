import { compatibilityData, type MinorRange } from "./compatibility-data";
import { compareVersions, minorOf } from "./version";

const { defaults } = compatibilityData;

/** Releases that are to run together, with or without v. */
export interface VersionSet {
  readonly rancher?: string;
  /** Core Cluster API. */
  readonly clusterApi: string;
  /** Cluster API's provider for AWS. */
  readonly capa?: string;
  readonly managementKubernetes?: string;
  readonly workloadKubernetes: readonly string[];
  /** Version of each add-on on the workload clusters, by the name in the data: `{ karpenter: "1.14.0" }`. */
  readonly addOns?: Readonly<Record<string, string>>;
}

/** Two releases that do not go together. Shown as `path: what (got X). remedy.` */
export interface CompatibilityProblem {
  /** The member of the set that is wrong, e.g. `managementKubernetes`. */
  readonly path: string;
  readonly what: string;
  readonly got: string;
  readonly remedy: string;
  /** `incompatible` breaks something; `unproven` may work, but no source says so. */
  readonly level: "incompatible" | "unproven";
}

/** The Cluster API, AWS provider and Helm provider that this version of cluster-fleet installs. */
export const CLUSTER_API = defaults.clusterApi;
export const CAPA = defaults.capa;
export const CAAPH = defaults.caaph;

/** The image whose kubectl waits for what Rancher installs. */
export const KUBECTL_IMAGE = defaults.kubectlImage;

/** The core Cluster API that a minor of Rancher installs itself, without v; undefined where it installs none. */
export function clusterApiOfRancher(rancher: string): string | undefined {
  return byMinor(compatibilityData.rancher, rancher)?.clusterApi;
}

/** Oldest and newest minor of Kubernetes that clusters made by a Cluster API release may have. */
export function workloadRange(clusterApi: string = CLUSTER_API): MinorRange | undefined {
  return clusterApiRow(clusterApi)?.workload;
}

/** Whether Cluster API (by default the one that we install) makes clusters of this version; `undefined`: not known. */
export function makesWorkload(version: string, clusterApi: string = CLUSTER_API): boolean | undefined {
  const range = workloadRange(clusterApi);
  return range && isWithin(version, range);
}

/** Everything in a set of releases that does not go together. Empty for a set that does. */
export function compatibleSet(set: VersionSet): CompatibilityProblem[] {
  return [...clusterApiProblems(set), ...capaProblems(set), ...rancherProblems(set), ...addOnProblems(set)];
}

function clusterApiProblems({ clusterApi, managementKubernetes, workloadKubernetes }: VersionSet) {
  const known = clusterApiRow(clusterApi);
  if (known === undefined) {
    return [unknown("clusterApi", clusterApi, "Cluster API", `${firstKnown().join(", ")} or a later patch of theirs`)];
  }
  const maker = `Cluster API ${clusterApi}`;
  return [
    ...outside("managementKubernetes", managementKubernetes, known.management, `what ${maker} runs on`),
    ...distinct(workloadKubernetes).flatMap((version) =>
      outside("workloadKubernetes", version, known.workload, `what ${maker} makes`),
    ),
  ];
}

function capaProblems({ capa, clusterApi }: VersionSet) {
  if (capa === undefined) {
    return [];
  }
  const known = byMinor(compatibilityData.capa, capa);
  return known === undefined
    ? [unknown("capa", capa, "the AWS provider", compatibilityData.capa.map(({ minor }) => minor).join(", "))]
    : outside("clusterApi", clusterApi, known.clusterApi, `what the AWS provider ${capa} works with`);
}

function rancherProblems({ rancher, clusterApi, capa, managementKubernetes }: VersionSet): CompatibilityProblem[] {
  if (rancher === undefined) {
    return [];
  }
  const { since, because } = compatibilityData.refusedRancher;
  const usable = compatibilityData.rancher.map(({ minor }) => minor).join(", ");
  if (compareVersions(minorOf(rancher), since) >= 0) {
    return [incompatible("rancher", `is ${since} or newer: ${because}`, rancher, `Use ${usable}`)];
  }
  const known = byMinor(compatibilityData.rancher, rancher);
  if (known === undefined) {
    return [unknown("rancher", rancher, "Rancher", usable)];
  }
  const host = `what Rancher ${known.minor} runs on (its chart asks for ${known.chartKubeVersion})`;
  const problems = outside("managementKubernetes", managementKubernetes, known.kubernetes, host);
  if (known.clusterApi !== undefined && minorOf(known.clusterApi) !== minorOf(clusterApi)) {
    const what = `is not of the minor that Rancher ${known.minor} installs itself, ${known.clusterApi}`;
    problems.push(incompatible("clusterApi", what, clusterApi, `Use ${known.clusterApi}`));
  }
  if (known.certifiedCapa !== undefined && capa !== undefined && minorOf(known.certifiedCapa) !== minorOf(capa)) {
    const what = `is not the AWS provider that Rancher ${known.minor} is certified with, ${known.certifiedCapa}`;
    const remedy = `Use ${known.certifiedCapa}, or test this one`;
    problems.push({ path: "capa", what, got: capa, remedy, level: "unproven" });
  }
  return problems;
}

/** An add-on that has no row is not judged: nothing is known against it. */
function addOnProblems({ addOns = {}, workloadKubernetes }: VersionSet) {
  return Object.entries(addOns).flatMap(([name, version]) => {
    const known = byMinor(
      compatibilityData.addOns.filter((row) => row.name === name),
      version,
    );
    return distinct(workloadKubernetes).flatMap((kubernetes) =>
      outside("workloadKubernetes", kubernetes, known?.kubernetes, `what ${name} ${version} supports`),
    );
  });
}

function clusterApiRow(version: string) {
  return compatibilityData.clusterApi
    .filter(({ since }) => minorOf(since) === minorOf(version) && compareVersions(since, version) <= 0)
    .at(-1);
}

/** Of each minor the oldest release that the data speaks of. */
function firstKnown(): string[] {
  const releases = compatibilityData.clusterApi.map(({ since }) => since);
  return releases.filter(
    (release, index) => releases.findIndex((each) => minorOf(each) === minorOf(release)) === index,
  );
}

function byMinor<Row extends { readonly minor: string }>(rows: readonly Row[], version: string): Row | undefined {
  return rows.find(({ minor }) => minor === minorOf(version));
}

/** Says nothing where either side is not known. */
function outside(path: string, version: string | undefined, range: MinorRange | undefined, of: string) {
  if (version === undefined || range === undefined || isWithin(version, range)) {
    return [];
  }
  const [oldest, newest] = range;
  return [incompatible(path, `is outside ${of}, ${oldest} to ${newest}`, version, `Use ${oldest} to ${newest}`)];
}

function isWithin(version: string, [oldest, newest]: MinorRange): boolean {
  const minor = minorOf(version);
  return compareVersions(oldest, minor) <= 0 && compareVersions(minor, newest) <= 0;
}

function unknown(path: string, got: string, name: string, known: string): CompatibilityProblem {
  const what = `is a release of ${name} of which the compatibility data says nothing`;
  return { path, what, got, remedy: `Use ${known}, or update cluster-fleet`, level: "unproven" };
}

function incompatible(path: string, what: string, got: string, remedy: string): CompatibilityProblem {
  return { path, what, got, remedy, level: "incompatible" };
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}
