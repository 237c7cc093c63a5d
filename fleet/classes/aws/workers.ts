import { type JsonObject } from "../../content-hash";
import { type ClassObject, templateRef } from "../class-revision";
import { WORKER_CLASSES, type WorkerClass } from "./worker-classes";

/** What machines of every class on AWS keep to. */
export interface MachineRules {
  readonly drainTimeoutMinutes: number;
  readonly nodeStartupMinutes: number;
  readonly unhealthyAfterSeconds: number;
}

/** Templates of worker machines, by how they are paid for. */
export interface WorkerTemplates {
  readonly onDemand: ClassObject;
  readonly spot: ClassObject;
  readonly bootstrap: ClassObject;
}

/** Most machines of a pool, at once, that the health check replaces: more at once is not the machines' fault. */
const MOST_UNHEALTHY = "40%";
const REPLACED_AT_ONCE = "20%";

/** The machine deployments that a cluster of the class may have. */
export function workerClasses(templates: WorkerTemplates, rules: MachineRules): JsonObject[] {
  return WORKER_CLASSES.map((workerClass) => ({
    class: workerClass.name,
    metadata: { annotations: capacityHints(workerClass) },
    bootstrap: templateRef(templates.bootstrap),
    infrastructure: templateRef(workerClass.capacity === "spot" ? templates.spot : templates.onDemand),
    healthCheck: {
      checks: checks(rules),
      remediation: {
        triggerIf: { unhealthyLessThanOrEqualTo: MOST_UNHEALTHY },
        maxInFlight: REPLACED_AT_ONCE,
      },
    },
    deletion: deletion(rules),
    rollout: { strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } },
  }));
}

/** Of a control plane: one machine at a time, for etcd has to keep its quorum. */
export function controlPlaneRules(rules: MachineRules): JsonObject {
  return {
    healthCheck: { checks: checks(rules), remediation: { triggerIf: { unhealthyLessThanOrEqualTo: "33%" } } },
    deletion: deletion(rules),
  };
}

function checks({ nodeStartupMinutes, unhealthyAfterSeconds }: MachineRules) {
  return {
    nodeStartupTimeoutSeconds: nodeStartupMinutes * 60,
    unhealthyNodeConditions: ["Unknown", "False"].map((status) => ({
      type: "Ready",
      status,
      timeoutSeconds: unhealthyAfterSeconds,
    })),
  };
}

/** Without time-outs one strict disruption budget, or one volume, holds an upgrade for ever. */
function deletion({ drainTimeoutMinutes }: MachineRules) {
  return {
    nodeDrainTimeoutSeconds: drainTimeoutMinutes * 60,
    nodeVolumeDetachTimeoutSeconds: 300,
    nodeDeletionTimeoutSeconds: 60,
  };
}

/** What the cluster autoscaler has to know of a node before a pool has one. */
function capacityHints({ architecture }: WorkerClass): Record<string, string> {
  return { "capacity.cluster-autoscaler.kubernetes.io/labels": `kubernetes.io/arch=${architecture}` };
}
