import type { ReportViolation, ResourceValidation, ResourceValidationArgs } from "@pulumi/policy";
import { lengthAt, type Read, readAt } from "./values";

/** A resource of a cloud, or a component, as the engine registers it: what the program declares, not what lives. */
export interface RegisteredResource {
  readonly type: string;
  /** Whether the engine refuses to delete it. */
  readonly isProtected: boolean;
  /** The value at a path of field names as plain data; `undefined` where nothing (or null) is stated. */
  read(...path: string[]): Read;
  /** Number of entries of the list at a path; 0 where there is none or only the update will know. */
  count(...path: string[]): number;
  /**
   * Whether anything but an empty text is stated at a path. What only the update will know counts, without an advisory:
   * for the ARN of a key that the same run makes.
   */
  gives(...path: string[]): boolean;
  /** Its name in messages: what the field says; where that is not known, the logical name of the Pulumi resource. */
  called(field: string): string;
}

/** Judges one resource and reports every violation. */
export type ResourceCheck = (
  resource: RegisteredResource,
  report: ReportViolation,
  args: ResourceValidationArgs,
) => void;

/**
 * A validation of the resources of some types, told by the type token and not by an SDK class, so that the pack loads no
 * cloud's SDK. Unknown values are met as with `validateObjects`.
 */
export function validateResources(types: readonly string[], check: ResourceCheck): ResourceValidation {
  const validate: ResourceValidation = (args, report) => {
    if (!types.includes(args.type)) {
      return args.notApplicable(`The policy does not judge resources of type ${args.type}`);
    }
    const unknowns: Error[] = [];
    check(registeredResource(args, unknowns), report, args);
    if (unknowns[0] !== undefined) {
      throw unknowns[0];
    }
  };
  // The server of a pack compares this with the type of a resource before it reads the properties for the rule.
  return types.length === 1 ? Object.assign(validate, { __pulumiType: types[0] }) : validate;
}

function registeredResource(
  { type, name, props, opts }: ResourceValidationArgs,
  unknowns: Error[],
): RegisteredResource {
  return {
    type,
    isProtected: opts.protect,
    read: (...path) => readAt(props, path, unknowns),
    count: (...path) => lengthAt(props, path, unknowns),
    gives: (...path) => {
      const stated = readAt(props, path, []);
      return stated !== undefined && stated !== "";
    },
    called: (field) => {
      const stated = readAt(props, [field], []);
      return typeof stated === "string" ? stated : name;
    },
  };
}
