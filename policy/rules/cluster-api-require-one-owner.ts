import type { ReportViolation, ResourceValidationPolicy } from "@pulumi/policy";
import { ClusterApiInstaller } from "../../fleet/cluster-api/installer";
import { ownerProblems } from "../../fleet/management/cluster-api-owner";
import { PLATFORM_TYPE, readPart } from "../management-platform";
import { type ObjectType, type RegisteredObject, validateObjects } from "../registered-object";
import { type RegisteredResource, validateResources } from "../registered-resource";
import { type Read, shown, UNKNOWN } from "../values";

const INSTALLERS: readonly string[] = Object.values(ClusterApiInstaller);
const INSTALLER = "management.clusterApi.installer";

/** Rancher's namespaces, those of its Turtles among them. */
const RANCHERS = /^cattle-/;

const judgePlatform = validateResources([PLATFORM_TYPE], disallowSecondInstaller);
const judgeObject = validateObjects(isProvider, disallowSecondCore);

/**
 * Cluster API on a management cluster has one owner.
 *
 * Why: Rancher from 2.13 on installs Cluster API's core by its Turtles and takes no other. A second installer writes the
 * same kinds and webhooks in turns with the first, and every cluster of the fleet stands still meanwhile; nothing tells
 * the one of the other.
 *
 * It judges the platform, which says who installs and whether Rancher is there, and of single objects what they alone
 * give away: a core among Turtles' providers, which is Rancher's, and an operator's core in a namespace of Rancher's. An
 * operator's core elsewhere may be the only one.
 *
 * Source: rancher/turtles issues 377 and 450, rancher/rancher issue 52871.
 *
 * Remedy: `turtles` with Rancher, `operator` without; no core provider of yours beside Rancher.
 */
export const clusterApiRequireOneOwner: ResourceValidationPolicy = {
  name: "cluster-api-require-one-owner",
  description: "Cluster API on a management cluster has one owner.",
  enforcementLevel: "mandatory",
  severity: "critical",
  remediationSteps: "Let Rancher's Turtles install Cluster API where Rancher is, and its operator where it is not.",
  validateResource: (args, report) =>
    args.type === PLATFORM_TYPE ? judgePlatform(args, report) : judgeObject(args, report),
};

/** A platform that names no installer has no Cluster API yet. */
function disallowSecondInstaller(platform: RegisteredResource, report: ReportViolation): void {
  const installer = readPart(platform, "installer");
  const rancher = readPart(platform, "rancher");
  if (installer === undefined || installer === UNKNOWN) {
    return;
  }
  if (!isInstaller(installer)) {
    report(`${INSTALLER}: installs no Cluster API (got ${shown(installer)}). Write ${INSTALLERS.join(" or ")}.`);
  } else if (rancher !== UNKNOWN) {
    for (const { what, remedy } of ownerProblems({ rancher: rancher !== undefined, installer })) {
      report(`${INSTALLER}: ${what} (got ${shown(installer)}). ${remedy}.`);
    }
  }
}

function disallowSecondCore(provider: RegisteredObject, report: ReportViolation): void {
  if (provider.kind === "CoreProvider") {
    const namespace = provider.read("metadata", "namespace");
    if (typeof namespace === "string" && RANCHERS.test(namespace)) {
      report(
        `metadata.namespace: ${provider.title} would be a second core of Cluster API where Rancher has its own ` +
          `(got ${shown(namespace)}). Remove it.`,
      );
    }
  } else if (provider.read("spec", "type") === "core") {
    report(
      `spec.type: ${provider.title} would be a second core of Cluster API, for Rancher has made one itself ` +
        '(got "core"). Remove it.',
    );
  }
}

/** What Turtles' and the operator's objects for providers are called; the operator has a kind for the core alone. */
function isProvider({ group, kind }: ObjectType): boolean {
  return (
    (group === "turtles-capi.cattle.io" && kind === "CAPIProvider") ||
    (group === "operator.cluster.x-k8s.io" && kind === "CoreProvider")
  );
}

function isInstaller(value: Read): value is ClusterApiInstaller {
  return typeof value === "string" && INSTALLERS.includes(value);
}
