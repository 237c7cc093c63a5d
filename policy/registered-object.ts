import {
  type ReportViolation,
  type ResourceValidation,
  type ResourceValidationArgs,
  UnknownValueError,
} from "@pulumi/policy";
import type { Json } from "../fleet/content-hash";

/** What a read answers for a value that only the update will know. */
export const UNKNOWN = Symbol("known only after the update");

/** API group, version and kind of a registered Kubernetes object. */
export interface ObjectType {
  /** E.g. `cluster.x-k8s.io/v1beta2`. */
  readonly apiVersion: string;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** A Kubernetes object as the engine registers it: what the program declares, not what lives. */
export interface RegisteredObject extends ObjectType {
  /** The object in messages, e.g. `Cluster fleet-production/prod-us-west-2`. */
  readonly title: string;
  /** Logical name of the Pulumi resource; always known. */
  readonly resourceName: string;
  /** The value at a path of field names as plain data; `undefined` where nothing (or null) is stated. */
  read(...path: string[]): Json | undefined | typeof UNKNOWN;
  /** Whether anything is stated at a path of field names, however deep it goes on. */
  states(...path: string[]): boolean | typeof UNKNOWN;
}

/** Judges one object and reports every violation. */
export type Check = (object: RegisteredObject, report: ReportViolation, args: ResourceValidationArgs) => void;

/**
 * A validation of the objects of some types, for stacks in any language: types are told by the type token
 * `kubernetes:<apiVersion>:<Kind>`, not by an SDK class. A check that met an unknown value reports what it can, then
 * the first unknown is thrown: CrossGuard shows it as an advisory "can't run ... during preview". In the update the
 * value is known and the same check enforces.
 */
export function validateObjects(judges: (type: ObjectType) => boolean, check: Check): ResourceValidation {
  return (args, report) => {
    const type = objectType(args.type);
    if (type === undefined || !judges(type)) {
      return args.notApplicable(`The policy does not judge resources of type ${args.type}`);
    }
    const unknowns: Error[] = [];
    check(registeredObject(type, args, unknowns), report, args);
    if (unknowns[0] !== undefined) {
      throw unknowns[0];
    }
  };
}

/** A Cluster API `Cluster`, in any version. */
export function isCluster({ group, kind }: ObjectType): boolean {
  return group === "cluster.x-k8s.io" && kind === "Cluster";
}

/** A value as messages show it: JSON, or `nothing`. */
export function shown(value: Json | undefined): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}

/** Reads a type token; `undefined` for what is no Kubernetes object of an API group. */
function objectType(token: string): ObjectType | undefined {
  const [, apiVersion, group, version, kind] = /^kubernetes:(([^/:]+)\/([^/:]+)):([^/:]+)$/.exec(token) ?? [];
  return apiVersion && group && version && kind ? { apiVersion, group, version, kind } : undefined;
}

function registeredObject(type: ObjectType, args: ResourceValidationArgs, unknowns: Error[]): RegisteredObject {
  const { props } = args;
  return {
    ...type,
    title: `${type.kind} ${qualifiedName(args)}`,
    resourceName: args.name,
    read: (...path) => unlessUnknown(() => plain(valueAt(props, path)), unknowns),
    states: (...path) => unlessUnknown(() => (valueAt(props, path) ?? undefined) !== undefined, unknowns),
  };
}

/** `namespace/name`, as far as it is known: no check fails on a name. The resource's own name stands in for the object's. */
function qualifiedName({ props, name: resourceName }: ResourceValidationArgs): string {
  const [namespace, name] = ["namespace", "name"].map((field) =>
    unlessUnknown(() => plain(valueAt(props, ["metadata", field])), []),
  );
  return [namespace, typeof name === "string" ? name : resourceName]
    .filter((part) => typeof part === "string")
    .join("/");
}

/** Runs a read; where it touches an unknown value, keeps the error in `unknowns` and answers {@link UNKNOWN}. */
function unlessUnknown<T>(read: () => T, unknowns: Error[]): T | typeof UNKNOWN {
  try {
    return read();
  } catch (error) {
    // @pulumi/policy exports the class without declaring it, so to the compiler it is `any`.
    if (!(error instanceof Error) || !(error instanceof UnknownValueError)) {
      throw error;
    }
    unknowns.push(error);
    return UNKNOWN;
  }
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((parent, field) => (isRecord(parent) ? parent[field] : undefined), value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** The properties come as proxies that throw at unknown values; a copy through JSON reads every one of them. */
function plain(value: unknown): Json | undefined {
  return value === undefined || value === null ? undefined : (JSON.parse(JSON.stringify(value)) as Json);
}
