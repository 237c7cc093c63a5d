import { setTimeout as sleep } from "node:timers/promises";

import { SandboxProblem } from "../../problem";
import { isObject, type JsonObject, stringAt, valueAt } from "../../plugins/grpc/json";
import { type Cluster, collectionOf } from "../controller/cluster";
import { isTrue } from "../controller/conditions";
import { type ExpectedCluster } from "./expected";
import { machineCount } from "./machines";

const PATIENCE_MS = 240_000;
const INFRASTRUCTURE = "infrastructure.cluster.x-k8s.io/v1beta2";
const CONTROL_PLANE = "controlplane.cluster.x-k8s.io/v1beta2";
const CLUSTER_NAME = "cluster.x-k8s.io/cluster-name";

/**
 * Waits until CAPA has made of a cluster what can be made without its API.
 * @throws SandboxProblem with what CAPA says is wrong, if that takes too long.
 */
export async function untilMade(expected: ExpectedCluster, management: Cluster, namespace: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const { machines, controlPlanes, networks, groups } = await objectsOf(expected.plan.name, management, namespace);
    const ready = machines.filter((machine) => valueAt(machine, "status", "ready") === true).length;
    const isThere =
      expected.plan.family === "aws-eks"
        ? controlPlanes.some((each) => isTrue(each, "EKSAddonsConfigured"))
        : networks.some((each) => valueAt(each, "status", "ready") === true);
    const readyGroups = groups.filter((group) => isTrue(group, "EKSNodegroupReady")).length;
    if (isThere && ready === machineCount(expected) && readyGroups === (expected.plan.nodeGroups?.length ?? 0)) return;
    if (Date.now() > deadline) {
      throw new SandboxProblem(
        `${expected.plan.name} has ${ready} machines of ${machineCount(expected)}, and ${readyGroups} managed node groups, ` +
          `after ${PATIENCE_MS / 1000} s:\n` +
          [...networks, ...controlPlanes, ...groups, ...machines].flatMap(complaints).join("\n"),
      );
    }
    await sleep(1_000);
  }
}

async function objectsOf(cluster: string, management: Cluster, namespace: string) {
  const of = (apiVersion: string, plural: string) =>
    management.list(collectionOf(apiVersion, plural, namespace), `&labelSelector=${CLUSTER_NAME}%3D${cluster}`);
  const [machines, networks, controlPlanes, groups] = await Promise.all([
    of(INFRASTRUCTURE, "awsmachines"),
    of(INFRASTRUCTURE, "awsclusters"),
    of(CONTROL_PLANE, "awsmanagedcontrolplanes"),
    of(INFRASTRUCTURE, "awsmanagedmachinepools"),
  ]);
  return { machines, networks, controlPlanes, groups };
}

/** What an object says does not hold, and why. */
function complaints(object: JsonObject): string[] {
  const conditions = valueAt(object, "status", "conditions");
  return (Array.isArray(conditions) ? conditions : [])
    .filter(isObject)
    .filter((condition) => stringAt(condition, "status") === "False" && stringAt(condition, "message") !== "")
    .map(
      (condition) =>
        `  ${stringAt(object, "metadata", "name")} ${stringAt(condition, "type")}: ${stringAt(condition, "message")}`,
    );
}
