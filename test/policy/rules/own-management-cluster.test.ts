import assert from "node:assert/strict";
import type { ResourceValidationPolicy } from "@pulumi/policy";
import { parseConfig } from "../../../fleet/config/parse";
import { managementSettings } from "../../../fleet/management/settings";
import { eksClusterRequireAccessEntries } from "../../../policy/rules/eks-cluster-require-access-entries";
import { eksClusterRequireDeletionProtection } from "../../../policy/rules/eks-cluster-require-deletion-protection";
import { eksClusterRequireLogs } from "../../../policy/rules/eks-cluster-require-logs";
import { eksClusterRequirePrivateEndpoint } from "../../../policy/rules/eks-cluster-require-private-endpoint";
import { eksClusterRequireSecretsEncryption } from "../../../policy/rules/eks-cluster-require-secrets-encryption";
import { eksClusterRequireSupportedVersion } from "../../../policy/rules/eks-cluster-require-supported-version";
import { eksNodesRequireThreeZones } from "../../../policy/rules/eks-nodes-require-three-zones";
import { iamPolicyDisallowWildcards } from "../../../policy/rules/iam-policy-disallow-wildcards";
import { kmsKeyRequireRotation } from "../../../policy/rules/kms-key-require-rotation";
import { launchTemplateRequireEncryptedVolumes } from "../../../policy/rules/launch-template-require-encrypted-volumes";
import { launchTemplateRequireImdsV2 } from "../../../policy/rules/launch-template-require-imds-v2";
import { logGroupRequireRetentionAndKms } from "../../../policy/rules/log-group-require-retention-and-kms";
import { nodeGroupRequireOnDemandAndRepair } from "../../../policy/rules/node-group-require-on-demand-and-repair";
import { recordRegistrations, type Registration, valueOf } from "../../components/recorder";
import { rawStack } from "../../golden/raw-stack";
import { judgeProtected } from "./aws";

/** Each rule, and how many of a management cluster's resources it is to judge. */
const RULES: readonly (readonly [ResourceValidationPolicy, number])[] = [
  [eksClusterRequirePrivateEndpoint, 1],
  [eksClusterRequireSecretsEncryption, 1],
  [eksClusterRequireLogs, 1],
  [eksClusterRequireAccessEntries, 1],
  [eksClusterRequireDeletionProtection, 1],
  [eksClusterRequireSupportedVersion, 1],
  [eksNodesRequireThreeZones, 1],
  [nodeGroupRequireOnDemandAndRepair, 3],
  [launchTemplateRequireImdsV2, 1],
  [launchTemplateRequireEncryptedVolumes, 1],
  [kmsKeyRequireRotation, 1],
  [logGroupRequireRetentionAndKms, 2],
];

describe("the management cluster of Pulumi.management.yaml", () => {
  let registered: readonly Registration[];

  before(async () => {
    const registrations = recordRegistrations((type) => ANSWERS[type] ?? {});
    registrations.length = 0;
    const { management } = parseConfig(rawStack("management"));
    assert.ok(management.kind === "eks");
    const module = await import("../../../components/management/eks-management-cluster");
    const cluster = new module.EksManagementCluster("fleet-cluster", managementSettings(management, undefined));
    await Promise.all(module.readyToInstall(cluster).map(({ urn }) => valueOf(urn)));
    await new Promise((resolve) => setTimeout(resolve, 50));
    registered = [...registrations];
  });

  for (const [rule, count] of RULES) {
    it(`keeps the rule ${rule.name}`, () => {
      assert.deepEqual(judgements(registered, rule), Array(count).fill({ violations: [] }));
    });
  }

  it("keeps the rule iam-policy-disallow-wildcards in each of its roles and policies", () => {
    const judged = judgements(registered, iamPolicyDisallowWildcards);
    assert.ok(judged.length >= 6, `judged ${judged.length}`);
    assert.deepEqual(judged, Array(judged.length).fill({ violations: [] }));
  });
});

/** What the parts ask of each other. */
const ANSWERS: Readonly<Record<string, object>> = {
  "aws:kms/key:Key": { arn: "arn:aws:kms:us-west-2:111122223333:key/1" },
  "aws:eks/cluster:Cluster": {
    endpoint: "https://example.eks.amazonaws.com",
    certificateAuthority: { data: "" },
    identities: [],
  },
  "aws:ec2/launchTemplate:LaunchTemplate": { latestVersion: 1 },
  "aws:cloudwatch/logGroup:LogGroup": { arn: "arn:aws:logs:us-west-2:111122223333:log-group:1" },
};

/** The verdict on each resource that the rule judges. */
function judgements(registrations: readonly Registration[], rule: ResourceValidationPolicy) {
  return registrations
    .map(({ type, inputs }) => judgeProtected(rule, type, inputs))
    .filter(({ notApplicable }) => notApplicable !== true);
}
