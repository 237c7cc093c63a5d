import assert from "node:assert/strict";
import { launchTemplateRequireEncryptedVolumes as rule } from "../../../policy/rules/launch-template-require-encrypted-volumes";
import { judge, UNKNOWN_IN_PREVIEW } from "../helpers";
import { changed, EKS_CLUSTER, LAUNCH_TEMPLATE, launchTemplate } from "./aws";

const UNKNOWN_LIST = "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2";

function judged(...mappings: readonly unknown[]) {
  return judge(rule, LAUNCH_TEMPLATE, changed(launchTemplate(), "blockDeviceMappings", mappings));
}

function plain(index: number, got: string): string {
  return (
    `blockDeviceMappings[${index}].ebs.encrypted: a volume of launch template fleet-nodes is not encrypted ` +
    `(got ${got}). Set it to "true".`
  );
}

function noVolume(got: string): string {
  return (
    "blockDeviceMappings: launch template fleet-nodes names no volume, so its image decides whether the disk is " +
    `encrypted (got ${got}). Name the root volume, with ebs.encrypted "true".`
  );
}

const ENCRYPTED = { deviceName: "/dev/xvda", ebs: { encrypted: "true" } };

describe("policy launch-template-require-encrypted-volumes", () => {
  it("accepts a template whose volumes are encrypted, as text or as a truth value", () => {
    assert.deepEqual(judge(rule, LAUNCH_TEMPLATE, launchTemplate()), { violations: [] });
    assert.deepEqual(judged(ENCRYPTED, { ebs: { encrypted: true } }), { violations: [] });
  });

  it("accepts devices that are no volume beside one", () => {
    assert.deepEqual(judged(ENCRYPTED, { deviceName: "/dev/sdb", noDevice: "" }, { virtualName: "ephemeral0" }), {
      violations: [],
    });
  });

  it("refuses each volume that is not encrypted, and tells its place", () => {
    const violations = [plain(1, '"false"'), plain(2, "nothing")];
    const key = { ebs: { kmsKeyId: "arn:aws:kms:us-west-2:111122223333:key/1" } };
    assert.deepEqual(judged(ENCRYPTED, { ebs: { encrypted: "false" } }, key).violations, violations);
  });

  it("refuses a template that names no volume", () => {
    assert.deepEqual(judged().violations, [noVolume("[]")]);
    assert.deepEqual(judged({ noDevice: "" }).violations, [noVolume('[{"noDevice":""}]')]);
    const template = changed(launchTemplate(), "blockDeviceMappings", undefined);
    assert.deepEqual(judge(rule, LAUNCH_TEMPLATE, template).violations, [noVolume("nothing")]);
  });

  it("does not judge other resources", () => {
    assert.deepEqual(judge(rule, EKS_CLUSTER, {}), { violations: [], notApplicable: true });
  });

  it("needs no key that only the update will know", () => {
    assert.deepEqual(judged({ ebs: { encrypted: "true", kmsKeyId: UNKNOWN_IN_PREVIEW } }), { violations: [] });
  });

  it("is advisory in the preview where only the update will know whether a volume is encrypted, or all volumes", () => {
    assert.deepEqual(judged({ ebs: { encrypted: UNKNOWN_IN_PREVIEW } }, { ebs: { encrypted: "false" } }), {
      violations: [plain(1, '"false"')],
      advisory: "string value at .blockDeviceMappings.0.ebs.encrypted can't be known during preview",
    });
    const template = changed(launchTemplate(), "blockDeviceMappings", UNKNOWN_LIST);
    assert.deepEqual(judge(rule, LAUNCH_TEMPLATE, template), {
      violations: [],
      advisory: "Array value at .blockDeviceMappings can't be known during preview",
    });
  });
});
