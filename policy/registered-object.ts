import type { ReportViolation, ResourceValidation, ResourceValidationArgs } from "@pulumi/policy";
import { parseWaiverAnnotation, WAIVER_ANNOTATION_PREFIX, waiverInForce, waiverThatEnded } from "../fleet/waivers";
import { clock } from "./clock";
import { type Read, readAt, statesAt, UNKNOWN } from "./values";

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
  read(...path: string[]): Read;
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

/**
 * Reports unless the object carries a waiver of the rule that is in force, or one that only the update will know; a
 * message says so where the waiver has ended or cannot be read. Only for the rules of `WAIVABLE_RULES`.
 */
export function unlessWaived(
  object: RegisteredObject,
  rule: string,
  report: ReportViolation,
): (message: string) => void {
  const key = `${WAIVER_ANNOTATION_PREFIX}${rule}`;
  return (message) => {
    const text = object.read("metadata", "annotations", key);
    if (text === UNKNOWN) {
      return;
    }
    const waiver = typeof text === "string" ? parseWaiverAnnotation(key, text) : undefined;
    const waivers = waiver === undefined ? [] : [waiver];
    const now = clock.now();
    if (waiverInForce(waivers, rule, now) !== undefined) {
      return;
    }
    const ended = waiverThatEnded(waivers, rule, now);
    const note =
      ended !== undefined
        ? ` The waiver ended on ${ended.until}.`
        : text !== undefined
          ? ` The annotation ${key} is no waiver: write it as "until YYYY-MM-DD: reason".`
          : "";
    report(message + note);
  };
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
    read: (...path) => readAt(props, path, unknowns),
    states: (...path) => statesAt(props, path, unknowns),
  };
}

/** `namespace/name`, as far as it is known: no check fails on a name. The resource's own name stands in for the object's. */
function qualifiedName({ props, name: resourceName }: ResourceValidationArgs): string {
  const [namespace, name] = ["namespace", "name"].map((field) => readAt(props, ["metadata", field], []));
  return [namespace, typeof name === "string" ? name : resourceName]
    .filter((part) => typeof part === "string")
    .join("/");
}
