import * as semver from "semver";

import { type AddOnsConfig } from "../config/schema/baseline";
import { minorsBetween } from "../versions";
import {
  type AddOnName,
  catalogueAddOn,
  catalogueImage,
  type ChartAddOnName,
  type ImageName,
  IMAGES,
  type KubernetesRange,
} from "./catalogue";

/** An add-on that is a chart, as this stack installs it. */
export interface ChosenAddOn {
  readonly name: ChartAddOnName;
  readonly chart: string;
  /** `https://` or `oci://`. */
  readonly repo: string;
  readonly version: string;
  readonly kubernetes: KubernetesRange;
  /** The user's, over ours. */
  readonly values?: Readonly<Record<string, unknown>> | undefined;
  /** Of an agent: where it sends to. */
  readonly sendTo?: string | undefined;
}

/** What the stack file may say of any chart; only agents send. */
type Correction = NonNullable<AddOnsConfig["monitoring-agent"]>;

/** The add-on of the catalogue with the stack file's corrections. */
export function chosenAddOn(name: ChartAddOnName, config: AddOnsConfig): ChosenAddOn {
  const known = catalogueAddOn(name);
  const { chart, repo, version, kubernetes, values, sendTo }: Correction = config[name] ?? {};
  return {
    name,
    chart: chart ?? known.chart,
    repo: repo ?? known.repo,
    version: version ?? known.version,
    kubernetes: kubernetes ?? known.kubernetes,
    ...(values === undefined ? {} : { values }),
    ...(sendTo === undefined ? {} : { sendTo }),
  };
}

/** An image with a tag for each minor of Kubernetes. */
export interface ChosenImage {
  readonly repository: string;
  readonly tags: Readonly<Record<string, string>>;
}

export function chosenImage(name: ImageName, config: AddOnsConfig): ChosenImage {
  const { repository, tags } = catalogueImage(name);
  const correction = config[name] ?? {};
  return { repository: correction.image ?? repository, tags: { ...tags, ...correction.tags } };
}

/** Whether a correction names a chart of another minor than the catalogue's, and not which Kubernetes it takes. */
export function lacksRange(name: ChartAddOnName, config: AddOnsConfig): boolean {
  const { version, kubernetes } = config[name] ?? {};
  return version !== undefined && kubernetes === undefined && lineOf(version) !== lineOf(catalogueAddOn(name).version);
}

/** Whether an add-on runs on a minor of Kubernetes, `1.35`. */
export function takes(name: AddOnName, minor: string, config: AddOnsConfig): boolean {
  if (isImage(name) && chosenImage(name, config).tags[minor] === undefined) return false;
  if (name === "cluster-autoscaler") return true;
  const { from, to } = chosenAddOn(name, config).kubernetes;
  return minorsBetween(from, minor) >= 0 && (to === undefined || minorsBetween(minor, to) >= 0);
}

/** What an add-on is called in messages: `cilium 1.19.8`. */
export function titleOf(name: AddOnName, config: AddOnsConfig): string {
  return name === "cluster-autoscaler" ? name : `${name} ${chosenAddOn(name, config).version}`;
}

/** Which Kubernetes an add-on takes, for messages: `1.32 to 1.36`, `1.31 and later`, `1.35, 1.36`. */
export function rangeText(name: AddOnName, config: AddOnsConfig): string {
  if (isImage(name)) {
    const minors = Object.keys(chosenImage(name, config).tags).filter((minor) => takes(name, minor, config));
    return minors.sort((a, b) => minorsBetween(b, a)).join(", ");
  }
  const { from, to } = chosenAddOn(name, config).kubernetes;
  return to === undefined ? `${from} and later` : `${from} to ${to}`;
}

/** Major and minor of a chart's version. */
function lineOf(version: string): string {
  const { major, minor } = semver.coerce(version) ?? { major: version, minor: "" };
  return `${major}.${minor}`;
}

function isImage(name: AddOnName): name is ImageName & AddOnName {
  return (IMAGES as readonly string[]).includes(name);
}
