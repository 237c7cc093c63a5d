import { type PlannedNodeGroup } from "../../../fleet/topology/node-groups";
import { type Thing } from "../../aws-api/account";
import { type JsonObject, objectAt, stringAt, valueAt } from "../../plugins/grpc/json";
import { differs } from "./differs";
import { type ExpectedCluster } from "./expected";
import { isPrivate } from "./network";
import { listAt, ofKind } from "./things";

/** Managed node groups with their launch templates. EKS would make the machines; here nobody does. */
export function nodeGroupDeviations({ plan }: ExpectedCluster, things: readonly Thing[]): string[] {
  const found = ofKind("node group", things).map(({ facts }) => described(facts, things));
  return differs("managed node groups", found, (plan.nodeGroups ?? []).map(planned));
}

function planned(group: PlannedNodeGroup): string {
  const machines = group.machines as JsonObject;
  const template = objectAt(machines, "awsLaunchTemplate");
  return [
    group.name,
    stringAt(machines, "amiType"),
    stringAt(machines, "capacityType") === "spot" ? "SPOT" : "ON_DEMAND",
    `${String(valueAt(machines, "scaling", "minSize"))} to ${String(valueAt(machines, "scaling", "maxSize"))}`,
    stringAt(machines, "roleName"),
    stringAt(template, "instanceType"),
    stringAt(template, "ami", "id"),
    `${String(valueAt(template, "rootVolume", "size"))} GiB gp3, encrypted`,
    "sessions required for metadata, 1 hops; no key; private",
  ].join("; ");
}

function described(facts: JsonObject, things: readonly Thing[]): string {
  const template = objectAt(facts, "launchTemplateData");
  const [disk] = listAt(template, "BlockDeviceMappings").map((each) => objectAt(each, "Ebs"));
  const metadata = objectAt(template, "MetadataOptions");
  const subnets = facts["subnets"];
  const isHidden = Array.isArray(subnets) && subnets.every((id) => isPrivate(String(id), things));
  const key = stringAt(template, "KeyName");
  return [
    stringAt(facts, "nodegroupName"),
    stringAt(facts, "amiType"),
    stringAt(facts, "capacityType"),
    `${String(valueAt(facts, "scalingConfig", "minSize"))} to ${String(valueAt(facts, "scalingConfig", "maxSize"))}`,
    stringAt(facts, "nodeRole").split("/").pop(),
    stringAt(template, "InstanceType"),
    stringAt(template, "ImageId"),
    `${String(disk?.["VolumeSize"])} GiB ${stringAt(disk, "VolumeType")}, ${disk?.["Encrypted"] === true ? "encrypted" : "in clear"}`,
    `sessions ${stringAt(metadata, "HttpTokens")} for metadata, ${String(metadata["HttpPutResponseHopLimit"])} hops; ` +
      `${key === "" ? "no key" : `key ${key}`}; ${isHidden ? "private" : "reached from the internet"}`,
  ].join("; ");
}
