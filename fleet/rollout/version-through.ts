import { type ClusterConfig, type FleetConfig } from "../config/config";
import { calendar, compareVersions, distributionOf, minorOf, newestPatch } from "../versions";

/**
 * The version of a minor that a cluster has on its way to its target: the target itself where it is of that minor; else
 * the newest patch for which the configuration names images in the cluster's region, or the newest that is known.
 */
export function versionThrough(minor: string, cluster: ClusterConfig, { classes, versions }: FleetConfig): string {
  const { class: family = "", version, region } = cluster;
  if (version !== undefined && minorOf(version) === minor) return version;
  const images = family === "aws-eks" || family === "aws-kubeadm" ? classes[family].images : {};
  const withImages = Object.entries(images).flatMap(([each, regions]) =>
    minorOf(each) === minor && region in (regions ?? {}) ? [each] : [],
  );
  const dates = calendar(versions);
  return (
    withImages.sort(compareVersions).at(-1) ??
    newestPatch(dates, distributionOf(family), minor) ??
    newestPatch(dates, "kubernetes", minor) ??
    `v${minor}.0`
  );
}
