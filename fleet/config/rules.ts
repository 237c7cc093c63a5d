/**
 * Every rule that a stack's configuration can break. A test fails for a rule without an example in the corpus of broken
 * stack files (test/unit/fleet/config/corpus).
 */
export const RULE_IDS = [
  // Shape: what the schema judges, value by value.
  "missing",
  "empty-value",
  "wrong-type",
  "yaml-number",
  "yaml-boolean",
  "unknown-key",
  "unknown-value",
  "secret-value",
  "dns-label",
  "too-long",
  "not-whole",
  "negative",
  "too-small",
  "too-large",
  "duration",
  "range",
  "date",
  "version-v",
  "version-incomplete",
  "version-suffix",
  "version-shape",
  "minor-shape",
  "label-key",
  "label-value",
  "label-reserved",
  "management-kind",
  "selector-empty",
  "selector-values",
  "selector-no-values",
  "stack-name",
  // Shape of what is said of AWS.
  "zone",
  "zones-three",
  "eks-minor",
  "principal-arn",
  "admins-none",
  "role-arn",
  "policy-arn",
  "iam-path",
  "account-id",
  "account-unused",
  // Shape of what is said of Rancher and the charts.
  "release",
  "host-name",
  "dns-zone",
  "email",
  "rancher-shape",
  // Names.
  "environment-reserved",
  "cluster-name-reserved",
  "derived-name-too-long",
  // A management cluster on EKS.
  "zone-of-region",
  "zones-default",
  "network-size",
  "open-to-all",
  "first-run-outside",
  "nodes-max",
  "account-role",
  "account-namespace",
  "cluster-api-owner",
  "rancher",
  "chart",
  // A cluster as a whole, once its levels are merged.
  "class-missing",
  "class-and-plain",
  "region-unknown",
  "instance-type-missing",
  "control-plane-even",
  "control-plane-of-eks",
  "plain-has-topology",
  "control-plane-ref-without-plain",
  "pool-without-size",
  "pool-two-sizes",
  "pool-half-range",
  "pool-min-max",
  "waiver-unknown",
  "adopt-and-decommission",
  // The fleet as a whole.
  "slot-taken",
  "duplicate",
  "decommission-unknown",
  "group-unknown",
  "group-matches-nothing",
  "stage-two-selectors",
  "stage-unknown",
  "stage-matches-nothing",
  "stage-none",
  "stage-several",
  "peer-itself",
  "version-calendar",
  // What this version does not build yet.
  "not-built",
  // What lives forbids it.
  "live-foreign",
  "live-forgotten",
  "live-variant",
  "live-network",
  "live-upgrade",
] as const;
export type RuleId = (typeof RULE_IDS)[number];

/** Rules that need an observation of what lives, so that no stack file alone can break them. */
export const LIVE_RULE_IDS: readonly RuleId[] = RULE_IDS.filter((id) => id.startsWith("live-"));

/** The message of a schema check: {@link schemaProblem} takes it apart again. */
export function says(rule: RuleId, what: string, remedy: string): string {
  return [rule, what, remedy].join("|");
}
