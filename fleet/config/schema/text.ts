import { z } from "zod";

import { says } from "../rules";

const EMPTY = says("empty-value", "is empty", "Give it a value, or remove the line");

/** Text that says something. */
export const text = textOf();

/**
 * Text of a certain form.
 * @param refusal The message for what YAML reads as something else than text, such as a number.
 */
export function textOf(refusal?: string) {
  return z.string(refusal).min(1, { error: EMPTY, abort: true });
}

/** RFC 1123 label: names of objects, and parts of host names. */
export const dnsLabel = text
  .regex(
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
    says("dns-label", "is not a DNS label", "Use lower-case letters, digits and inner hyphens"),
  )
  .max(63, says("too-long", "is longer than a Kubernetes label may be", "Use at most 63 characters"));

export const count = z
  .int(says("not-whole", "is not a whole number", "Write a whole number"))
  .min(0, says("negative", "is negative", "Write 0 or more"))
  .max(10_000, says("too-large", "is more than anybody runs", "Write at most 10000"));

export const duration = text.regex(
  /^\d+(ms|s|m)$/,
  says("duration", "is not a duration", "Write a number and a unit, such as 500ms, 1s or 2m"),
);

const IPV4_RANGE = z.cidrv4();
const IPV6_RANGE = z.cidrv6();

/** Address range in CIDR notation. */
export const range = text
  .refine(
    (value) => IPV4_RANGE.safeParse(value).success || IPV6_RANGE.safeParse(value).success,
    says("range", "is not an address range", "Write it as 10.0.0.0/16"),
  )
  .meta({ examples: ["10.0.0.0/16"] });

/** `organization/project/stack`, as StackReference wants it. */
export const stackName = text.regex(
  /^[^/\s]+\/[^/\s]+\/[^/\s]+$/,
  says("stack-name", "is not the full name of a stack", "Write it as organization/project/stack"),
);

/** A release of something other than Kubernetes, in full, with its `v`. */
export const release = text.regex(
  /^v\d+\.\d+\.\d+$/,
  says("release", "is not one release in full", "Write it with its v and its patch, such as v2.15.0"),
);

/** A Kubernetes version in full, with its `v`. */
export const version = text
  .superRefine((value, context) => {
    const message = versionMessage(value);
    if (message !== undefined) {
      context.addIssue({ code: "custom", message, continue: false });
    }
  })
  .meta({ pattern: "^v\\d+\\.\\d+\\.\\d+$", examples: ["v1.35.2"] });

function versionMessage(value: string): string | undefined {
  if (/^v\d+\.\d+\.\d+$/.test(value)) {
    return undefined;
  }
  if (/^\d+\.\d+\.\d+$/.test(value)) {
    return says("version-v", "lacks its leading v", `Write v${value}`);
  }
  if (/^v?\d+\.\d+$/.test(value)) {
    const minor = value.replace(/^v/, "");
    return says(
      "version-incomplete",
      "names no patch",
      `Write it in full, such as v${minor}.0 with the patch you mean`,
    );
  }
  const [, core] = /^v?(\d+\.\d+\.\d+)[+-]./.exec(value) ?? [];
  if (core !== undefined) {
    return says(
      "version-suffix",
      "is a build or pre-release, such as RKE2's and K3s's, which Cluster API clusters do not run",
      `Write v${core}`,
    );
  }
  return says("version-shape", "is not a Kubernetes version", "Write it in full with its v, such as v1.35.2");
}
