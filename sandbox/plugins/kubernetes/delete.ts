import { type JsonObject, stringAt } from "../grpc/json";
import { type Api, ApiError } from "./client";
import { objectPath, type Resource } from "./discovery";
import { ANNOTATIONS, annotation } from "./objects";
import { type Waiting, waitUntilGone } from "./wait";

const POLICIES: Record<string, string> = { background: "Background", foreground: "Foreground", orphan: "Orphan" };

/**
 * Deletes an object and waits until it is gone; one that is gone already is fine.
 * @throws if the API server refuses, or the object is still there when the time is over
 */
export async function deleteObject(
  api: Api,
  resource: Resource,
  { namespace, name }: { namespace: string; name: string },
  inputs: JsonObject,
  waiting: Omit<Waiting, "path">,
): Promise<void> {
  const path = objectPath(resource, namespace, name);
  const body = { apiVersion: "v1", kind: "DeleteOptions", propagationPolicy: propagationPolicy(inputs) };
  let answer: JsonObject;
  try {
    answer = await api.request("DELETE", path, { body });
  } catch (error) {
    if (error instanceof ApiError && error.code === 404) return;
    throw error;
  }
  if (annotation(inputs, ANNOTATIONS.skipAwait) === "true") return;
  await waitUntilGone(api, deleted(answer), { ...waiting, path });
}

/** @throws for a policy that Kubernetes does not know */
function propagationPolicy(inputs: JsonObject): string {
  const text = annotation(inputs, ANNOTATIONS.deletionPropagation) || "foreground";
  const policy = POLICIES[text.toLowerCase()];
  if (policy) return policy;
  throw new Error(`${ANNOTATIONS.deletionPropagation}: "${text}" must be background, foreground or orphan`);
}

// The answer is the object that is being deleted, or a status that names it.
function deleted(answer: JsonObject): JsonObject {
  if (answer["kind"] !== "Status") return answer;
  return { metadata: { uid: stringAt(answer, "details", "uid") } };
}
