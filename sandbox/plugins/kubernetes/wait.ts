import { setTimeout as delay } from "node:timers/promises";
import { type JsonObject, stringAt } from "../grpc/json";
import { type Api, ApiError } from "./client";
import { ANNOTATIONS, annotation, apiVersionOf, idOf, kindOf } from "./objects";
import { type Expectation, parseWaitFor, unmet } from "./wait-for";

/** Time allowed to a wait unless the resource or an annotation says otherwise, in seconds. */
const DEFAULT_TIMEOUT = 600;

/** Pauses between two looks at an object, in milliseconds: short at first, then growing. */
const FIRST_PAUSE = 200;
const LONGEST_PAUSE = 2000;

/** Shows the user what is waited for. */
export type Progress = (message: string) => void;

export interface Waiting {
  /** Path of the object. */
  path: string;
  /** Seconds. */
  timeout: number;
  /** Ends the wait early. */
  signal: AbortSignal;
  progress: Progress;
}

/** An object that exists did not become what it should in time; holds what was seen last. */
export class AwaitError extends Error {
  constructor(
    message: string,
    readonly live: JsonObject,
  ) {
    super(message);
  }
}

/** Seconds that a wait may take: the resource's `customTimeouts`, else the annotation, else 10 minutes. */
export function timeoutSeconds(customTimeout: number | undefined, inputs: JsonObject): number {
  if (customTimeout) return customTimeout;
  const text = annotation(inputs, ANNOTATIONS.timeout);
  const seconds = Number(text);
  return text !== "" && Number.isFinite(seconds) && seconds > 0 ? seconds : DEFAULT_TIMEOUT;
}

/** What is to be waited for after an object was created or changed. */
export function expectationsOf(inputs: JsonObject): Expectation[] {
  if (annotation(inputs, ANNOTATIONS.skipAwait) === "true") return [];
  const waitFor = annotation(inputs, ANNOTATIONS.waitFor);
  if (waitFor) return parseWaitFor(waitFor);
  const builtIn = BUILT_IN.find(({ kind, group }) => kind === kindOf(inputs) && apiVersionOf(inputs).startsWith(group));
  return builtIn === undefined ? [] : parseWaitFor(builtIn.waitFor);
}

/** What is waited for unasked. */
const BUILT_IN = [
  { kind: "CustomResourceDefinition", group: "apiextensions.k8s.io/", waitFor: "condition=Established" },
  { kind: "Job", group: "batch/", waitFor: "condition=Complete" },
];

/**
 * Waits until the object meets all expectations, and returns it as it then is.
 * @throws {@link AwaitError} when the time is over, the wait is cancelled or the object has gone
 */
export async function waitUntil(
  api: Api,
  object: JsonObject,
  expectations: Expectation[],
  { path, timeout, signal, progress }: Waiting,
): Promise<JsonObject> {
  const end = Date.now() + timeout * 1000;
  let live = object;
  for (const pause of pauses()) {
    const missing = expectations.map((expectation) => unmet(expectation, live)).filter((text) => text !== undefined);
    if (missing.length === 0) return live;
    progress(`Waiting: ${missing.join("; ")}`);
    if (signal.aborted) throw new AwaitError(`the wait was cancelled: ${missing.join("; ")}`, live);
    if (Date.now() >= end) {
      throw new AwaitError(`not as it should be after ${String(timeout)} seconds: ${missing.join("; ")}`, live);
    }
    await sleep(pause, signal);
    live = await existing(api, path, live);
  }
  return live;
}

/**
 * Waits until the object is gone: deleted, or replaced by another one of the same name.
 * @throws when the time is over or the wait is cancelled, with the finalizers that still hold the object
 */
export async function waitUntilGone(
  api: Api,
  object: JsonObject,
  { path, timeout, signal, progress }: Waiting,
): Promise<void> {
  const end = Date.now() + timeout * 1000;
  for (const pause of pauses()) {
    const live = await find(api, path);
    if (!live || stringAt(live, "metadata", "uid") !== stringAt(object, "metadata", "uid")) return;
    const holders = finalizers(live);
    const state = `${kindOf(live)} ${idOf(live)} is still there${holders ? `, held by finalizers: ${holders}` : ""}`;
    progress(`Waiting for deletion: ${state}`);
    if (signal.aborted) throw new Error(`the wait for deletion was cancelled: ${state}`);
    if (Date.now() >= end) throw new Error(`not gone after ${String(timeout)} seconds: ${state}`);
    await sleep(pause, signal);
  }
}

/** The object at a path, or `undefined` if there is none. */
export async function find(api: Api, path: string): Promise<JsonObject | undefined> {
  try {
    return await api.request("GET", path);
  } catch (error) {
    if (error instanceof ApiError && error.code === 404) return undefined;
    throw error;
  }
}

async function existing(api: Api, path: string, last: JsonObject): Promise<JsonObject> {
  const live = await find(api, path);
  if (!live) throw new AwaitError("the object was deleted while it was waited for", last);
  return live;
}

function* pauses(): Generator<number> {
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE)) yield pause;
}

async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => undefined);
}

function finalizers(object: JsonObject): string {
  const metadata = object["metadata"];
  const list = typeof metadata === "object" && metadata !== null && !Array.isArray(metadata) && metadata["finalizers"];
  return Array.isArray(list) ? list.join(", ") : "";
}
