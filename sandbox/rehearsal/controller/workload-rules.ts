import { type JsonObject, stringAt, valueAt } from "../../plugins/grpc/json";
import { generationOf, holding, isTrue } from "./conditions";
import { type ReadyRule } from "./rules";
import { lackOfWaits } from "./waits";

const NOBODY_RUNS = "kubelet and Kubernetes' workload controllers";

/** Nodes that the rehearsed cluster is taken to have: one in each zone. */
const NODES = 3;

/** What runs in pods, and what has an address outside. */
export const WORKLOAD_RULES: readonly ReadyRule[] = [
  {
    apiVersion: "apps/v1",
    kind: "Deployment",
    plural: "deployments",
    insteadOf: NOBODY_RUNS,
    gets: "all replicas ready, Available",
    status: deploymentStatus,
  },
  {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    plural: "statefulsets",
    insteadOf: NOBODY_RUNS,
    gets: "all replicas ready",
    status: statefulSetStatus,
  },
  {
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    plural: "daemonsets",
    insteadOf: NOBODY_RUNS,
    gets: "ready on three nodes",
    status: daemonSetStatus,
  },
  {
    apiVersion: "v1",
    kind: "Service",
    plural: "services",
    insteadOf: "AWS Load Balancer Controller",
    gets: "the name of a load balancer, where it asks for one",
    status: serviceStatus,
  },
];

export const JOB_RULE: ReadyRule = {
  apiVersion: "batch/v1",
  kind: "Job",
  plural: "jobs",
  insteadOf: NOBODY_RUNS,
  gets: "Complete; one of `kubectl wait` only once that holds, asked with the Job's own rights",
  status: jobStatus,
  lacks: lackOfWaits,
};

function deploymentStatus(object: JsonObject, now: string): JsonObject {
  const replicas = replicasOf(object);
  return {
    observedGeneration: generationOf(object),
    replicas,
    updatedReplicas: replicas,
    readyReplicas: replicas,
    availableReplicas: replicas,
    conditions: [
      holding(object, now, "Available", "MinimumReplicasAvailable"),
      holding(object, now, "Progressing", "NewReplicaSetAvailable"),
    ],
  };
}

function statefulSetStatus(object: JsonObject): JsonObject {
  const replicas = replicasOf(object);
  const revision = `${stringAt(object, "metadata", "name")}-${generationOf(object)}`;
  return {
    observedGeneration: generationOf(object),
    replicas,
    currentReplicas: replicas,
    updatedReplicas: replicas,
    readyReplicas: replicas,
    availableReplicas: replicas,
    currentRevision: revision,
    updateRevision: revision,
  };
}

function replicasOf(object: JsonObject): number {
  return Number(valueAt(object, "spec", "replicas") ?? 1);
}

function daemonSetStatus(object: JsonObject): JsonObject {
  return {
    observedGeneration: generationOf(object),
    desiredNumberScheduled: NODES,
    currentNumberScheduled: NODES,
    updatedNumberScheduled: NODES,
    numberReady: NODES,
    numberAvailable: NODES,
    numberMisscheduled: 0,
  };
}

/** The name is of the form that the AWS Load Balancer Controller gives: `k8s-<namespace>-<name>-<digits>`. */
function serviceStatus(object: JsonObject): JsonObject | undefined {
  if (stringAt(object, "spec", "type") !== "LoadBalancer") return undefined;
  const [namespace, name] = ["namespace", "name"].map((key) => stringAt(object, "metadata", key).slice(0, 8));
  return {
    loadBalancer: { ingress: [{ hostname: `k8s-${namespace}-${name}-0123456789.elb.us-west-2.amazonaws.com` }] },
  };
}

function jobStatus(object: JsonObject, now: string): JsonObject | undefined {
  const isOver = ["Complete", "Failed"].some((type) => isTrue(object, type));
  if (isOver || valueAt(object, "spec", "suspend") === true) return undefined;
  return {
    startTime: stringAt(object, "status", "startTime") || now,
    completionTime: now,
    succeeded: Number(valueAt(object, "spec", "completions") ?? 1),
    conditions: [
      holding(object, now, "SuccessCriteriaMet", "CompletionsReached"),
      holding(object, now, "Complete", "CompletionsReached"),
    ],
  };
}
