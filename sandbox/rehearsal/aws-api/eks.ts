import { callingRanges } from "../../../fleet/topology/aws-side";
import { minorOf } from "../../../fleet/versions";
import { type Thing } from "../../aws-api/account";
import { isObject, type Json, type JsonObject, objectAt, stringAt } from "../../plugins/grpc/json";
import { differs } from "./differs";
import { type ExpectedCluster, variable } from "./expected";
import { isPrivate } from "./network";
import { listAt, ofKind } from "./things";

const ALL_LOGS = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/** What EKS was asked to have, as EKS tells it. */
export function eksDeviations(expected: ExpectedCluster, things: readonly Thing[]): string[] {
  const { facts } = ofKind("EKS cluster", things)[0] ?? { facts: {} };
  return [
    ...settingDeviations(expected, facts),
    ...endpointDeviations(expected, objectAt(facts, "resourcesVpcConfig"), things),
    ...partDeviations(expected, facts),
  ];
}

function settingDeviations({ plan, config }: ExpectedCluster, facts: JsonObject): string[] {
  const logs = listAt(objectAt(facts, "logging"), "clusterLogging").filter(({ enabled }) => enabled === true);
  const key = variable("secretsKey", plan);
  const keys = listAt(facts, "encryptionConfig").map((each) => stringAt(each, "provider", "keyArn"));
  return [
    ...differs("version", stringAt(facts, "version"), minorOf(plan.version ?? "")),
    ...differs(
      "support",
      stringAt(facts, "upgradePolicy", "supportType").toLowerCase(),
      config.classes["aws-eks"].support,
    ),
    ...differs("how one enters", stringAt(facts, "accessConfig", "authenticationMode"), "API"),
    ...differs("role", stringAt(facts, "roleArn").split("/").pop() ?? "", texts(variable("controlPlaneRole", plan))),
    ...differs("services", stringAt(facts, "kubernetesNetworkConfig", "serviceIpv4Cidr"), plan.serviceRanges ?? []),
    ...differs(
      "logs",
      logs.flatMap(({ types }) => texts(types)),
      ALL_LOGS,
    ),
    ...differs("own key for secrets", keys, texts(key)),
  ];
}

function endpointDeviations(
  { side, apiAccess }: ExpectedCluster,
  network: JsonObject,
  things: readonly Thing[],
): string[] {
  const isPublic = apiAccess === "public";
  const endpoints = ["endpointPrivateAccess", "endpointPublicAccess"].filter((each) => network[each] === true);
  const subnets = texts(network["subnetIds"]).map((id) => (isPrivate(id, things) ? "private" : "public"));
  return [
    ...differs("endpoints", endpoints, ["endpointPrivateAccess", ...(isPublic ? ["endpointPublicAccess"] : [])]),
    ...differs(
      "who reaches the API",
      texts(network["publicAccessCidrs"]),
      isPublic ? callingRanges(side, apiAccess) : [],
    ),
    ...differs("subnets of the control plane", subnets, ["private", "private", "private"]),
  ];
}

/** Add-ons, and who may enter with which rights. */
function partDeviations({ plan }: ExpectedCluster, facts: JsonObject): string[] {
  const addOns = listAt(facts, "addOns").map((each) => addOn(each, "addonName", "addonVersion"));
  const plannedAddOns = objects(variable("addOns", plan)).map((each) => addOn(each, "name", "version"));
  const entries = listAt(facts, "accessEntries").map((each) => entry(each, "principalArn", "policies", "policyArn"));
  const plannedEntries = objects(variable("accessEntries", plan)).map((each) =>
    entry(each, "principalARN", "accessPolicies", "policyARN"),
  );
  return [...differs("add-ons", addOns, plannedAddOns), ...differs("who enters", entries, plannedEntries)];
}

function addOn(each: JsonObject, name: string, version: string): string {
  return `${stringAt(each, name)} ${stringAt(each, version)}`;
}

/** CAPA writes types in small letters, EKS in capitals. */
function entry(each: JsonObject, principal: string, policies: string, policy: string): string {
  const rights = listAt(each, policies).map((right) => `${stringAt(right, policy)} in ${scopeOf(right)}`);
  return [stringAt(each, principal), stringAt(each, "type").toLowerCase(), ...rights.sort()].join("; ");
}

function scopeOf(right: JsonObject): string {
  return stringAt(right, "accessScope", "type");
}

function objects(value: Json | undefined): JsonObject[] {
  return (Array.isArray(value) ? value : []).filter(isObject);
}

/** A text is a list of one. */
function texts(value: Json | undefined): string[] {
  return value === undefined ? [] : [value].flat().map(String);
}
