import { architectureOf } from "../../../fleet/aws/instance-types";
import { type PlannedWorkers } from "../../../fleet/planned";
import { type Thing } from "../../aws-api/account";
import { EC2_ARCHITECTURES } from "../../aws-api/images";
import { type JsonObject, objectAt, stringAt, valueAt } from "../../plugins/grpc/json";
import { differs } from "./differs";
import { type ExpectedCluster, variable } from "./expected";
import { isPrivate, zoneOf } from "./network";
import { listAt, ofKind } from "./things";

/** What every machine keeps to, whatever the stack file says. */
const ALWAYS = ["gp3, encrypted", "no key", "private"];

/** How far metadata reach: on workers not as far as pods. */
const HOPS = { controlPlane: 2, worker: 1 } as const;

/**
 * How many machines a cluster has here. Without its API a kubeadm cluster does not get beyond the first of its control
 * plane; workers of EKS start.
 */
export function machineCount({ plan }: Pick<ExpectedCluster, "plan">): number {
  return plan.family === "aws-kubeadm" ? 1 : plan.workers.reduce((sum, workers) => sum + replicasOf(workers), 0);
}

/** Every machine is of the type, from the image, with the rights and in the zone that the plan says, and hardened. */
export function machineDeviations(expected: ExpectedCluster, things: readonly Thing[]): string[] {
  const { plan, ranges } = expected;
  const found = ofKind("instance", things).map(({ facts }) => described(facts, things));
  if (plan.family === "aws-kubeadm") {
    // It begins in whichever zone Cluster API likes.
    const anywhere = zoneOf(objectAt(ofKind("instance", things)[0]?.facts, "Placement"));
    const zone = ranges.subnets.some((each) => each.zone === anywhere) ? anywhere : "one of the cluster's zones";
    return differs("machines", found, planned(expected, "controlPlane", plan, "on-demand", zone));
  }
  const machines = plan.workers.flatMap((workers) => {
    const capacity = workers.class.endsWith("spot") ? "spot" : "on-demand";
    const zone = workers.failureDomain ?? "";
    const machine = planned(expected, "worker", workers, capacity, zone);
    return Array<string>(replicasOf(workers)).fill(machine);
  });
  return differs("machines", found, machines);
}

function replicasOf({ replicas, min }: PlannedWorkers): number {
  return replicas ?? min ?? 0;
}

/** @param of Has the variable with the machine's settings. */
function planned(
  { images, plan }: ExpectedCluster,
  role: keyof typeof HOPS,
  of: Pick<PlannedWorkers, "variables">,
  capacity: string,
  zone: string,
): string {
  const settings = objectAt(variable(role, of));
  const type = stringAt(settings, "instanceType");
  const architecture = EC2_ARCHITECTURES[architectureOf(type)];
  const recommended = images.find(
    (image) => image.parameter !== undefined && image.region === plan.region && image.architecture === architecture,
  );
  const image = stringAt(settings, "image", "id") || (recommended?.id ?? "");
  const own = [capacity, image, stringAt(settings, "instanceProfile"), `${String(settings["volumeGiB"])} GiB`];
  const metadata = `sessions required for metadata, ${HOPS[role]} hops`;
  return [`${type} (${architecture}) in ${zone}`, ...own, metadata, ...ALWAYS].join("; ");
}

function described(facts: JsonObject, things: readonly Thing[]): string {
  const id = stringAt(facts, "InstanceId");
  const volumes = ofKind("volume", things)
    .filter((volume) => listAt(volume.facts, "Attachments").some((each) => stringAt(each, "InstanceId") === id))
    .map((volume) => volume.facts);
  const metadata = objectAt(facts, "MetadataOptions");
  const isHidden = isPrivate(stringAt(facts, "SubnetId"), things) && stringAt(facts, "PublicIpAddress") === "";
  const key = stringAt(facts, "KeyName");
  return [
    `${stringAt(facts, "InstanceType")} (${stringAt(facts, "Architecture")}) in ${zoneOf(objectAt(facts, "Placement"))}`,
    stringAt(facts, "InstanceLifecycle") || "on-demand",
    stringAt(facts, "ImageId"),
    stringAt(facts, "IamInstanceProfile", "Arn").split("/").pop(),
    volumes.map((volume) => `${String(volume["Size"])} GiB`).join(),
    `sessions ${stringAt(metadata, "HttpTokens")} for metadata, ${String(valueAt(metadata, "HttpPutResponseHopLimit"))} hops`,
    volumes
      .map((volume) => `${stringAt(volume, "VolumeType")}, ${volume["Encrypted"] === true ? "encrypted" : "in clear"}`)
      .join(),
    key === "" ? "no key" : `key ${key}`,
    isHidden ? "private" : "reached from the internet",
  ].join("; ");
}
