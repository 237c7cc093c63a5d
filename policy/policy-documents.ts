import type { ReportViolation, ResourceValidation } from "@pulumi/policy";
import type { Json } from "../fleet/content-hash";
import { type RegisteredResource, validateResources } from "./registered-resource";
import { lengthAt, type Read, readAt } from "./values";

/** A statement of an IAM policy document that allows something. */
export interface AllowStatement {
  /** Whether it stands in a role's trust policy, which says who may take the role. */
  readonly isTrust: boolean;
  /** Whose document it is, in messages, e.g. `IAM role fleet-nodes`. */
  readonly title: string;
  /** Where an element of it stands, e.g. `policy.Statement[0].Action`. */
  path(element: string): string;
  read(element: string): Read;
}

interface Document {
  readonly path: readonly string[];
  readonly isTrust: boolean;
}

/** A value within a document; what only the update will know is answered so and kept for the rule's advisory. */
interface Reader {
  read(...path: string[]): Read;
  count(...path: string[]): number;
}

const OWN: readonly Document[] = [{ path: ["policy"], isTrust: false }];

/** How each type is called in messages, and where its documents stand besides those in lists. */
const TYPES: Readonly<Record<string, { title: string; documents: readonly Document[] }>> = {
  "aws:iam/policy:Policy": { title: "IAM policy", documents: OWN },
  "aws:iam/rolePolicy:RolePolicy": { title: "IAM role policy", documents: OWN },
  "aws:iam/userPolicy:UserPolicy": { title: "IAM user policy", documents: OWN },
  "aws:iam/groupPolicy:GroupPolicy": { title: "IAM group policy", documents: OWN },
  "aws:iam/role:Role": { title: "IAM role", documents: [{ path: ["assumeRolePolicy"], isTrust: true }] },
};

/**
 * A validation of every statement that allows something in the IAM policy documents of a stack, written as JSON text or
 * as an object. Where a part of an object is not known yet, the other parts are judged all the same.
 */
export function validateAllowStatements(
  check: (statement: AllowStatement, report: ReportViolation) => void,
): ResourceValidation {
  return validateResources(Object.keys(TYPES), (resource, report) => {
    const title = `${TYPES[resource.type]?.title} ${resource.called("name")}`;
    for (const document of documentsOf(resource)) {
      const reader = readerOf(resource, document);
      if (reader === undefined) {
        report(
          `${shownPath(document.path)}: the policy document of ${title} cannot be judged ` +
            "(got a text that is not JSON). Write it as a JSON object.",
        );
      } else {
        allowStatements(document, reader, title).forEach((statement) => check(statement, report));
      }
    }
  });
}

/** The entries of a statement's element, which may be one text instead of a list; none where it is not known yet. */
export function entriesOf(value: Read): readonly string[] {
  const entries: readonly Json[] = Array.isArray(value) ? (value as readonly Json[]) : [value as Json];
  return entries.filter((entry) => typeof entry === "string");
}

function documentsOf(resource: RegisteredResource): Document[] {
  const inline = Array.from({ length: resource.count("inlinePolicies") }, (_, index) => ({
    path: ["inlinePolicies", String(index), "policy"],
    isTrust: false,
  }));
  return [...(TYPES[resource.type]?.documents ?? []), ...inline];
}

/** `undefined` for a text that is not JSON. */
function readerOf(resource: RegisteredResource, { path }: Document): Reader | undefined {
  // An object of which a part is not known yet can be walked, but not be read as a whole.
  const text = resource.count(...path, "Statement") > 0 ? undefined : resource.read(...path);
  if (typeof text !== "string") {
    return {
      read: (...below) => resource.read(...path, ...below),
      count: (...below) => resource.count(...path, ...below),
    };
  }
  const document = parsed(text);
  return (
    document && {
      read: (...below) => readAt(document, below, []),
      count: (...below) => lengthAt(document, below, []),
    }
  );
}

function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function allowStatements(document: Document, reader: Reader, title: string): AllowStatement[] {
  return statementPlaces(reader)
    .filter((place) => reader.read(...place, "Effect") === "Allow")
    .map((place) => ({
      isTrust: document.isTrust,
      title,
      path: (element) => shownPath([...document.path, ...place, element]),
      read: (element) => reader.read(...place, element),
    }));
}

/** A document may have one statement instead of a list. */
function statementPlaces(reader: Reader): string[][] {
  const statements = reader.count("Statement");
  return statements === 0
    ? [["Statement"]]
    : Array.from({ length: statements }, (_, index) => ["Statement", String(index)]);
}

function shownPath(path: readonly string[]): string {
  return path.map((part, index) => (/^\d+$/.test(part) ? `[${part}]` : index === 0 ? part : `.${part}`)).join("");
}
