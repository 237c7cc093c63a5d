import { type JsonObject } from "../../content-hash";
import { INFRASTRUCTURE } from "./api";
import { fromVariable, patch, type Replacement } from "./patches";
import { WORKER_CLASSES } from "./worker-classes";

/** Machine deployments of every worker class. */
export const WORKERS = { machineDeploymentClass: { names: WORKER_CLASSES.map(({ name }) => name) } };

/** Puts the variables of a pool into its machines. */
export function workerMachinePatch(): JsonObject {
  return patch("worker-machines", { ...MACHINES, matchResources: WORKERS }, machine("worker"));
}

/** Puts the variables of a control plane into its machines. */
export function controlPlaneMachinePatch(): JsonObject {
  return patch(
    "control-plane-machines",
    { ...MACHINES, matchResources: { controlPlane: true } },
    machine("controlPlane"),
  );
}

const MACHINES = { apiVersion: INFRASTRUCTURE, kind: "AWSMachineTemplate" };

function machine(variable: string): Replacement[] {
  return [
    ["/ami", fromVariable(`${variable}.image`)],
    ["/instanceType", fromVariable(`${variable}.instanceType`)],
    ["/iamInstanceProfile", fromVariable(`${variable}.instanceProfile`)],
    ["/rootVolume/size", fromVariable(`${variable}.volumeGiB`)],
  ];
}
