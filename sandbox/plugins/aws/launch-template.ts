import { equal, type JsonObject } from "../grpc/json";
import { UNKNOWN } from "../grpc/struct";
import { TYPES } from "./table";

export const LAUNCH_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

/** Inputs that are not part of a version. Source: EC2 API reference, CreateLaunchTemplateVersion. */
const OF_THE_TEMPLATE = ["defaultVersion", "name", "namePrefix", "region", "tags", "updateDefaultVersion"];

/**
 * The versions of a launch template after a change: each change of what machines are made of adds one, and it is the
 * default only where the program says so. In a preview a new version is not known yet.
 */
export function versions(type: string, before: JsonObject, after: JsonObject, preview: boolean): JsonObject {
  if (type !== LAUNCH_TEMPLATE) return {};
  const latest = Number(before["latestVersion"] ?? 1);
  const chosen = after["defaultVersion"] ?? before["defaultVersion"] ?? 1;
  if (!isNewVersion(before, after)) return { latestVersion: latest, defaultVersion: chosen };
  const next = preview ? UNKNOWN : latest + 1;
  return { latestVersion: next, defaultVersion: after["updateDefaultVersion"] === true ? next : chosen };
}

function isNewVersion(before: JsonObject, after: JsonObject): boolean {
  const inputs = TYPES[LAUNCH_TEMPLATE]?.optional ?? [];
  return inputs.some((name) => !OF_THE_TEMPLATE.includes(name) && !equal(before[name], after[name]));
}
