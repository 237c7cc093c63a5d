import { type JsonObject, stringAt } from "../../grpc/json";
import { type Api, ApiError } from "../client";
import { type Release } from "./inputs";
import { type ReleaseStatus } from "./state";

/** Label of the ConfigMaps that stand for releases which were not installed: `kubectl get configmaps -A -l <label>`. */
export const RECORDED_LABEL = "cluster-fleet.io/recorded-release";

/** The line that tells a user of a release which was not installed. */
export function recordedNotice({ name, namespace, chart, version, repo }: Release, hasHelm: boolean): string {
  const from = repo === "" ? "" : ` from ${repo}`;
  const why = hasHelm
    ? `This machine has no such chart: put it into a folder that CLUSTER_FLEET_CHARTS names, as ${chart.split("/").pop() ?? ""}-${version}.`
    : "CLUSTER_FLEET_HELM names no helm.";
  return `recorded, not installed: chart ${chart} ${version}${from} as release ${namespace}/${name}. ${why}`;
}

/** Leaves a trace of the release in its namespace, which must exist as it must for helm. It holds no values. */
export async function record(api: Api, release: Release): Promise<ReleaseStatus> {
  const { name, namespace, chart, version, repo } = release;
  if (release.createNamespace) await createNamespace(api, namespace);
  await api.request("PATCH", recordPath(release), {
    query: { fieldManager: "cluster-fleet-helm", force: "true" },
    contentType: "application/apply-patch+yaml",
    body: {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: recordName(name), namespace, labels: { [RECORDED_LABEL]: "true" } },
      data: { release: name, chart, version, repo },
    },
  });
  return recordedStatus(release);
}

/** What was recorded of a release; `undefined` if nothing was. */
export async function recorded(api: Api, place: Pick<Release, "name" | "namespace">): Promise<JsonObject | undefined> {
  try {
    return await api.request("GET", recordPath(place));
  } catch (error) {
    if (error instanceof ApiError && error.code === 404) return undefined;
    throw error;
  }
}

/** Takes the trace away, if there is one. */
export async function forget(api: Api, place: Pick<Release, "name" | "namespace">): Promise<void> {
  try {
    await api.request("DELETE", recordPath(place));
  } catch (error) {
    if (!(error instanceof ApiError && error.code === 404)) throw error;
  }
}

function recordedStatus({
  name,
  namespace,
  chart,
  version,
}: Omit<ReleaseStatus, "status" | "revision" | "appVersion">): ReleaseStatus {
  return { name, namespace, chart, version, appVersion: "", revision: 0, status: "recorded" };
}

/** The status that a trace tells of. */
export function statusOfRecord(trace: JsonObject): ReleaseStatus {
  const field = (key: string) => stringAt(trace, "data", key);
  const namespace = stringAt(trace, "metadata", "namespace");
  return recordedStatus({ name: field("release"), namespace, chart: field("chart"), version: field("version") });
}

async function createNamespace(api: Api, name: string): Promise<void> {
  try {
    await api.request("POST", "/api/v1/namespaces", {
      body: { apiVersion: "v1", kind: "Namespace", metadata: { name } },
    });
  } catch (error) {
    if (!(error instanceof ApiError && error.code === 409)) throw error;
  }
}

function recordPath({ name, namespace }: Pick<Release, "name" | "namespace">): string {
  return `/api/v1/namespaces/${namespace}/configmaps/${recordName(name)}`;
}

function recordName(name: string): string {
  return `recorded-release.${name}`;
}
