import type { Json } from "../fleet/content-hash";
import { compatibleSet, type CompatibilityProblem } from "../fleet/versions";
import type { RegisteredResource } from "./registered-resource";
import { type Read, UNKNOWN } from "./values";

/** Type token of the component that states what a management cluster on AWS is made of. */
export const PLATFORM_TYPE = "cluster-fleet:index:ManagementPlatform";

type Release = "rancher" | "clusterApi" | "capa" | "managementKubernetes";

/** Where a platform states what the rules ask of it; the first that is there counts. */
const INPUTS: Readonly<Record<Release | "installer", readonly string[][]>> = {
  installer: [["clusterApiInstaller"]],
  rancher: [["rancherVersion"]],
  clusterApi: [["clusterApiVersion"]],
  capa: [["capaVersion"]],
  // Beside the others, or among what the cluster is to be.
  managementKubernetes: [["kubernetesVersion"], ["cluster", "kubernetesVersion"]],
};

/** Where the stack file states the releases. */
const PLACES: Readonly<Record<Release, string>> = {
  rancher: "management.rancher.version",
  clusterApi: "management.clusterApi",
  capa: "management.clusterApi.capa",
  managementKubernetes: "management.version",
};

const VERSION = /^v?\d+\.\d+(\.\d+)?([-+].+)?$/;

/** What a platform states of one of its parts. */
export function readPart(platform: RegisteredResource, part: keyof typeof INPUTS): Read {
  return INPUTS[part].map((input) => platform.read(...input)).find((read) => read !== undefined);
}

/** What a platform states as versions and what are none, by places in the stack file. */
export function malformedVersions(platform: RegisteredResource): { place: string; version: Json }[] {
  return stated(platform)
    .filter(({ version }) => !isVersion(version))
    .map(({ release, version }) => ({ place: PLACES[release], version }));
}

/**
 * What does not go together of the releases that a platform states, by places in the stack file. Nothing where no release
 * of Cluster API is stated or known: everything else is judged by it.
 */
export function platformProblems(platform: RegisteredResource): CompatibilityProblem[] {
  const set: Partial<Record<Release, string>> = Object.fromEntries(
    stated(platform).flatMap(({ release, version }) => (isVersion(version) ? [[release, version]] : [])),
  );
  const { clusterApi } = set;
  if (clusterApi === undefined) {
    return [];
  }
  return compatibleSet({ ...set, clusterApi, workloadKubernetes: [] }).map((problem) => ({
    ...problem,
    path: PLACES[problem.path as Release],
  }));
}

/** As a violation reads. */
export function described({ path, what, got, remedy }: CompatibilityProblem): string {
  return `${path}: ${what} (got ${got}). ${remedy}.`;
}

/** What is stated as versions and known, whatever it may be. */
function stated(platform: RegisteredResource): { release: Release; version: Json }[] {
  return (Object.keys(PLACES) as Release[]).flatMap((release) => {
    const version = readPart(platform, release);
    return version === undefined || version === UNKNOWN ? [] : [{ release, version }];
  });
}

function isVersion(version: Json): version is string {
  return typeof version === "string" && VERSION.test(version);
}
