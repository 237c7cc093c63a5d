import { setTimeout as delay } from "node:timers/promises";
import { type JsonObject, stringAt } from "../grpc/json";
import { type Api, ApiError, type RequestOptions } from "./client";
import { type Kinds, objectPath, type Resource } from "./discovery";
import { ANNOTATIONS, annotation, apiVersionOf, kindOf, metadataOf, nameOf, namespaceOf } from "./objects";
import { adoptedFields, dropIgnored } from "./managed-fields";

/** Pauses before a creation is tried again when its kind or namespace is not there yet, in milliseconds. */
const RETRIES = [500, 1000, 2000, 4000, 8000];

const ALREADY_EXISTS_ADVICE = `

The resource already exists in the cluster. This can happen when:

  - A Pulumi resource was renamed: an alias keeps its identity; deleteBeforeReplace makes room for a replacement.
  - Somebody else made the object: take it into Pulumi with \`pulumi import\`, or own single fields with a Patch resource.
  - It is meant to be taken over: set upsertExistingObjects on the provider.`;

/** Everything that a write needs to know. */
export interface Write {
  api: Api;
  kinds: Kinds;
  fieldManager: string;
  preview: boolean;
  /** `enablePatchForce` of the provider. */
  force: boolean;
  onWarning: (text: string) => void;
  signal: AbortSignal;
}

/** The API server does not know the kind, or the namespace is not there: in a preview both may come with the update. */
export class NotYet extends Error {}

/**
 * Creates the object: by server-side apply if it may exist already (`upsert`), otherwise by a POST.
 * @throws {@link NotYet} in a preview; {@link ApiError} when the API server refuses
 */
export async function create(inputs: JsonObject, upsert: boolean, write: Write): Promise<JsonObject> {
  for (const pause of write.preview ? [] : RETRIES) {
    try {
      return await createOnce(inputs, upsert, write);
    } catch (error) {
      if (!isNotYet(error) || write.signal.aborted) throw error;
      await delay(pause, undefined, { signal: write.signal }).catch(() => undefined);
    }
  }
  return createOnce(inputs, upsert, write);
}

/**
 * Changes the object by server-side apply; a CustomResourceDefinition is put in place of the old one.
 * @param ignoreChanges property paths that the program leaves to others
 */
export async function update(inputs: JsonObject, ignoreChanges: string[], write: Write): Promise<JsonObject> {
  const resource = await resourceOf(inputs, write.kinds);
  const path = objectPath(resource, namespaceOf(inputs), nameOf(inputs));
  const live = await write.api.request("GET", path);
  if (kindOf(inputs) === "CustomResourceDefinition") {
    const metadata = { ...metadataOf(inputs), resourceVersion: stringAt(live, "metadata", "resourceVersion") };
    return write.api.request("PUT", path, options({ ...inputs, metadata }, write));
  }
  const body = dropIgnored(inputs, live, ignoreChanges, write.fieldManager);
  if (!write.preview) await adoptFields(path, live, write);
  return apply(path, body, mayForce(inputs, write), write);
}

async function createOnce(inputs: JsonObject, upsert: boolean, write: Write): Promise<JsonObject> {
  const resource = await resourceOf(inputs, write.kinds);
  const namespace = namespaceOf(inputs);
  const name = nameOf(inputs);
  try {
    if (upsert && name) {
      // Nothing is written in a preview, so a conflict is left to the update: the object may be gone by then.
      return await apply(
        objectPath(resource, namespace, name),
        inputs,
        write.preview || mayForce(inputs, write),
        write,
      );
    }
    return await write.api.request("POST", objectPath(resource, namespace), options(inputs, write));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (write.preview && isNamespaceMissing(error)) throw new NotYet(error.message);
    if (write.preview && isReplacement(error)) return previewReplacement(inputs, resource, write);
    if (error.reason === "AlreadyExists") {
      throw new ApiError(error.message + ALREADY_EXISTS_ADVICE, error.code, error.reason, error.about);
    }
    throw error;
  }
}

async function apply(path: string, body: JsonObject, force: boolean, write: Write): Promise<JsonObject> {
  const request = options(body, write);
  try {
    return await write.api.request("PATCH", path, {
      ...request,
      query: { ...request.query, force: String(force) },
      contentType: "application/apply-patch+yaml",
    });
  } catch (error) {
    if (!(error instanceof ApiError) || error.reason !== "Conflict") throw error;
    const advice =
      `Server-side apply: another field manager owns these fields (${error.message}). Leave them out, or take them ` +
      `over with the annotation ${ANNOTATIONS.force}: "true" or the provider's enablePatchForce.`;
    throw new ApiError(advice, error.code, error.reason, error.about);
  }
}

// In a preview the object that is to be replaced still stands in the way: a free name shows what the new one will be.
async function previewReplacement(inputs: JsonObject, resource: Resource, write: Write): Promise<JsonObject> {
  const name = nameOf(inputs);
  const other = { ...inputs, metadata: { ...metadataOf(inputs), name: `${name.slice(0, 240)}-preview` } };
  const path = objectPath(resource, namespaceOf(inputs), nameOf(other));
  const shown = await apply(path, other, true, write);
  return { ...shown, metadata: { ...metadataOf(shown), name } };
}

// Fields that a POST gave to our manager as an ordinary update would otherwise stay for ever when we leave them out.
async function adoptFields(path: string, live: JsonObject, write: Write): Promise<void> {
  const managedFields = adoptedFields(live, write.fieldManager);
  if (!managedFields) return;
  const resourceVersion = stringAt(live, "metadata", "resourceVersion");
  await write.api.request("PATCH", path, {
    body: [
      { op: "replace", path: "/metadata/managedFields", value: managedFields },
      { op: "replace", path: "/metadata/resourceVersion", value: resourceVersion },
    ],
    contentType: "application/json-patch+json",
  });
}

function options(body: JsonObject, write: Write): RequestOptions {
  const query = {
    fieldManager: write.fieldManager,
    fieldValidation: "Warn",
    ...(write.preview ? { dryRun: "All" } : {}),
  };
  return { body, query, onWarning: write.onWarning };
}

/**
 * Finds the object's resource.
 * @throws {@link NotYet} if the API server does not know the kind
 */
export async function resourceOf(object: JsonObject, kinds: Kinds): Promise<Resource> {
  const resource = await kinds.find(apiVersionOf(object), kindOf(object));
  if (resource) return resource;
  throw new NotYet(`the API server has no kind ${kindOf(object)} in ${apiVersionOf(object)}`);
}

function mayForce(inputs: JsonObject, write: Write): boolean {
  const own = annotation(inputs, ANNOTATIONS.force);
  return own === "" ? write.force : own === "true";
}

function isNotYet(error: unknown): boolean {
  return error instanceof NotYet || (error instanceof ApiError && error.code === 404);
}

function isNamespaceMissing(error: ApiError): boolean {
  return error.code === 404 && error.about === "namespaces";
}

function isReplacement(error: ApiError): boolean {
  const immutable = error.code === 422 && error.message.includes("field is immutable");
  return immutable || error.reason === "AlreadyExists";
}
