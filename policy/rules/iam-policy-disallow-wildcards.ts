import type { ReportViolation, ResourceValidationPolicy } from "@pulumi/policy";
import { type AllowStatement, entriesOf, validateAllowStatements } from "../policy-documents";
import type { Read } from "../values";

/**
 * IAM policies name what they allow, and trust policies whom.
 *
 * Why: `service:*` allows what the service will be able to do next year, and `NotAction` all but a list. Whoever may pass
 * any role to a service has the rights of all roles of the account. A role that anybody may take is open to every AWS
 * account there is, but for its conditions, which are easily lost.
 *
 * Wildcards within an action's name (`ec2:Describe*`) and within resources are allowed, and so is what a statement denies.
 * Policies of AWS' own that are attached by ARN, and those of keys and buckets, are not judged.
 *
 * Source: Security Hub IAM.1 and IAM.21; AVD-AWS-0057; IAM user guide, "Grant a user permissions to pass a role to an AWS
 * service" and "AWS JSON policy elements: Principal" (which advises against `*` in trust policies).
 *
 * Remedy: list actions, roles and principals.
 */
export const iamPolicyDisallowWildcards: ResourceValidationPolicy = {
  name: "iam-policy-disallow-wildcards",
  description: "IAM policies name what they allow, and trust policies whom.",
  enforcementLevel: "mandatory",
  severity: "critical",
  remediationSteps:
    "List the actions that are needed, the roles that may be passed, and the principals that are trusted.",
  validateResource: validateAllowStatements((statement, report) => {
    if (statement.isTrust) {
      disallowEverybody(statement, report);
    } else {
      disallowWholeServices(statement, report);
      disallowPassingAnyRole(statement, report);
    }
  }),
};

function disallowEverybody(statement: AllowStatement, report: ReportViolation): void {
  const remedy = "Name the accounts, roles or services that may.";
  if (principalsOf(statement.read("Principal")).some((principal) => /^\*+$/.test(principal))) {
    report(`${statement.path("Principal")}: anybody may take ${statement.title} (got "*"). ${remedy}`);
  }
  const excluded = principalsOf(statement.read("NotPrincipal"));
  if (excluded.length > 0) {
    report(
      `${statement.path("NotPrincipal")}: everybody but those listed may take ${statement.title} ` +
        `(got ${listed(excluded)}). ${remedy}`,
    );
  }
}

function disallowWholeServices(statement: AllowStatement, report: ReportViolation): void {
  const remedy = "List the actions that are needed.";
  const whole = entriesOf(statement.read("Action")).filter(isWholeService);
  if (whole.length > 0) {
    report(
      `${statement.path("Action")}: ${statement.title} allows every action of a service ` +
        `(got ${listed(whole)}). ${remedy}`,
    );
  }
  const excluded = entriesOf(statement.read("NotAction"));
  if (excluded.length > 0) {
    report(
      `${statement.path("NotAction")}: ${statement.title} allows every action but those listed ` +
        `(got ${listed(excluded)}). ${remedy}`,
    );
  }
}

function disallowPassingAnyRole(statement: AllowStatement, report: ReportViolation): void {
  if (!entriesOf(statement.read("Action")).some(allowsPassRole)) {
    return;
  }
  const every = entriesOf(statement.read("Resource")).filter(isEveryRole);
  const excluded = entriesOf(statement.read("NotResource"));
  for (const [element, resources] of [
    ["Resource", every],
    ["NotResource", excluded],
  ] as const) {
    if (resources.length > 0) {
      report(
        `${statement.path(element)}: ${statement.title} may pass any role to a service (got ${listed(resources)}). ` +
          "Name the roles that it may pass.",
      );
    }
  }
}

/** All principals, of whatever kind: a text stands for all kinds. */
function principalsOf(value: Read): readonly string[] {
  const isByKind = typeof value === "object" && value !== null && !Array.isArray(value);
  return isByKind ? Object.values(value).flatMap((kind) => entriesOf(kind)) : entriesOf(value);
}

/** `*`, `s3:*`, also with several wildcards and with one for the service. */
function isWholeService(action: string): boolean {
  return /^[^:]*[*?][^:]*$|^[^:]*[*?][^:]*:|^[^:]+:[*?]*\*[*?]*$/.test(action);
}

/** The case does not matter to IAM. */
function allowsPassRole(action: string): boolean {
  return covers(action.toLowerCase(), "iam:passrole");
}

/** Whether a resource, of whatever partition and account, covers a role that nobody would name. */
function isEveryRole(resource: string): boolean {
  const anywhere = resource.replace(/^arn:[\w-]+:/, "arn:*:").replace(/:\d{12}:/, ":*:");
  return covers(anywhere, "arn:aws:iam::000000000000:role/=@=,+");
}

function covers(pattern: string, text: string): boolean {
  const source = pattern
    .split(/(\*+|\?)/)
    .map((part) => (part.startsWith("*") ? ".*" : part === "?" ? "." : part.replace(/[.+^${}()|[\]\\]/g, "\\$&")));
  return new RegExp(`^${source.join("")}$`).test(text);
}

function listed(values: readonly string[]): string {
  return values.map((value) => JSON.stringify(value)).join(", ");
}
