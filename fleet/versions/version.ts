import { remembered } from "../remembered";

/** `v1.35.2`, `1.35`, `v1.35.2+rke2r1`, `v1.35.2-eks-3abbec1`, `v1.36.0-rc.1` */
const VERSION = /^v?(\d+)\.(\d+)(?:\.(\d+))?(?:-((?!eks-)[0-9A-Za-z.-]+))?(?:[+-](.+))?$/;

interface ParsedVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** `rc.1`; empty for a release. */
  readonly prerelease: string;
  /** What a distribution appends, `rke2r1` or `eks-3abbec1`; empty for an upstream release. */
  readonly build: string;
}

/** One allowed or refused move of a cluster from a version to another. */
export type Step =
  | { readonly allowed: true; readonly kind: "none" | "patch" | "minor" }
  | { readonly allowed: false; readonly reason: string };

/** The minor of a version: `v1.35.2` -> `1.35`. */
export function minorOf(version: string): string {
  const { major, minor } = parse(version);
  return `${major}.${minor}`;
}

/** Order of two versions, as for `sort`; a later build of one release (`+rke2r2` after `+rke2r1`) is newer. */
export function compareVersions(a: string, b: string): number {
  const left = parse(a);
  const right = parse(b);
  return (
    left.major - right.major ||
    left.minor - right.minor ||
    left.patch - right.patch ||
    comparePrereleases(left.prerelease, right.prerelease) ||
    natural.compare(left.build, right.build)
  );
}

/** How many minors `to` is after `from`; negative where it is before. Both may be minors alone. */
export function minorsBetween(from: string, to: string): number {
  return parse(to).minor - parse(from).minor;
}

/** Whether a cluster may go from one version to the other in one step: one minor at a time, never back. */
export function stepBetween(from: string, to: string): Step {
  const order = compareVersions(from, to);
  if (order === 0) {
    return { allowed: true, kind: "none" };
  }
  if (order > 0) {
    return { allowed: false, reason: `${from} to ${to} is a downgrade, which Cluster API refuses` };
  }
  if (parse(from).major !== parse(to).major) {
    return { allowed: false, reason: `${from} to ${to} changes the major version, for which no path is known` };
  }
  const minors = minorsBetween(from, to);
  if (minors > 1) {
    const { major, minor } = parse(from);
    return {
      allowed: false,
      reason: `${from} to ${to} skips ${minors - 1} minor${minors > 2 ? "s" : ""}; the next step is ${major}.${minor + 1}`,
    };
  }
  return { allowed: true, kind: minors === 1 ? "minor" : "patch" };
}

const parse = remembered((version: string): ParsedVersion => {
  const found = VERSION.exec(version);
  if (found === null) {
    throw new Error(`${JSON.stringify(version)} is not a Kubernetes version. Write it in full, such as v1.35.2.`);
  }
  const [, major, minor, patch = "0", prerelease = "", build = ""] = found;
  return { major: Number(major), minor: Number(minor), patch: Number(patch), prerelease, build };
});

/** A release comes after its candidates. */
function comparePrereleases(a: string, b: string): number {
  return a === "" || b === "" ? Number(a === "") - Number(b === "") : natural.compare(a, b);
}

const natural = new Intl.Collator("en", { numeric: true });
