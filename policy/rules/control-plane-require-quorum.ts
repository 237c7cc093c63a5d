import type { ResourceValidationPolicy } from "@pulumi/policy";
import type { Json } from "../../fleet/content-hash";
import { CLASS, ENVIRONMENT } from "../../fleet/labels";
import { isCluster, type RegisteredObject, unlessWaived, validateObjects } from "../registered-object";
import { shown, UNKNOWN } from "../values";

const NAME = "control-plane-require-quorum";
const REPLICAS = ["spec", "topology", "controlPlane", "replicas"] as const;
const PATH = REPLICAS.join(".");
const PRODUCTION = "production";
const PRODUCTION_MINIMUM = 3;

/** Class families whose control plane the cloud runs and scales: it has no replicas to state. */
const CLOUD_RUN_CLASSES: readonly string[] = ["aws-eks"];

interface QuorumConfig {
  readonly cloudRunClasses?: readonly string[];
}

/**
 * A control plane keeps its majority: an odd number of nodes everywhere, three or more in production.
 *
 * Why: etcd needs a majority to write. An even number survives no more failures than the odd number below it, and one
 * node survives none. Cluster API refuses an even number only when it makes the control plane object, long after the
 * `Cluster` was accepted.
 *
 * Nothing stated means one node where kubeadm makes the control plane, so in production that is refused too, unless
 * the label `cluster-fleet.io/class` names a family whose control plane the cloud runs (config `cloudRunClasses`).
 * A cluster without a topology states its replicas elsewhere; `cluster-require-class` refuses it.
 *
 * Source: etcd's failure tolerance table; Cluster API's webhook and default for `KubeadmControlPlane.spec.replicas`.
 *
 * Remedy: 3 or 5 replicas; a waiver for a cluster that is on its way there.
 */
export const controlPlaneRequireQuorum: ResourceValidationPolicy = {
  name: NAME,
  description: "A control plane has an odd number of nodes, and three or more in production.",
  enforcementLevel: "mandatory",
  severity: "critical",
  remediationSteps: `Set ${PATH} to 3, or to 5 to survive the loss of two nodes; outside production 1 is allowed too.`,
  configSchema: {
    properties: {
      cloudRunClasses: {
        type: "array",
        items: { type: "string" },
        default: [...CLOUD_RUN_CLASSES],
        description: `Values of the label ${CLASS} whose control plane is run by the cloud and has no replicas.`,
      },
    },
  },
  validateResource: validateObjects(isCluster, (cluster, report, args) => {
    const replicas = cluster.read(...REPLICAS);
    if (replicas === UNKNOWN) {
      return;
    }
    const find = unlessWaived(cluster, NAME, report);
    if (replicas !== undefined && !isOdd(replicas)) {
      find(
        `${PATH}: ${cluster.title} needs an odd number of control plane nodes (got ${shown(replicas)}). Use 3 or 5.`,
      );
    }
    const { cloudRunClasses = CLOUD_RUN_CLASSES } = args.getConfig<QuorumConfig>();
    if (
      isBelowMinimum(cluster, replicas) &&
      isProduction(cluster) &&
      !isRunByCloud(cluster, replicas, cloudRunClasses)
    ) {
      const got = replicas === undefined ? "nothing, which means 1" : shown(replicas);
      find(
        `${PATH}: ${cluster.title} is in production and needs ${PRODUCTION_MINIMUM} control plane nodes or more ` +
          `(got ${got}). Use 3 or 5.`,
      );
    }
  }),
};

function isOdd(replicas: Json): boolean {
  return typeof replicas === "number" && replicas % 2 === 1;
}

function isBelowMinimum(cluster: RegisteredObject, replicas: Json | undefined): boolean {
  return replicas === undefined
    ? cluster.states("spec", "topology") === true
    : typeof replicas === "number" && replicas < PRODUCTION_MINIMUM;
}

function isProduction(cluster: RegisteredObject): boolean {
  return cluster.read("metadata", "labels", ENVIRONMENT) === PRODUCTION;
}

/** Whoever states replicas runs the nodes. A family that is not known yet gets the benefit of the doubt. */
function isRunByCloud(cluster: RegisteredObject, replicas: Json | undefined, classes: readonly string[]): boolean {
  const family = replicas === undefined ? cluster.read("metadata", "labels", CLASS) : undefined;
  return family === UNKNOWN || (typeof family === "string" && classes.includes(family));
}
