import type { ResourceValidationPolicy } from "@pulumi/policy";
import { validateResources } from "../registered-resource";
import { shown, UNKNOWN } from "../values";

const MAPPINGS = "blockDeviceMappings";

/**
 * Volumes of machines are encrypted.
 *
 * Why: a node's disk holds images, logs and the Secrets of its pods. A template that names no volume leaves it to image
 * and account whether the disk is encrypted, and a snapshot of it that goes astray can be read.
 *
 * Source: AWS Config ec2-launch-templates-ebs-volume-encrypted; AVD-AWS-0008 (of launch configurations).
 *
 * Remedy: name the image's root volume and set `encrypted`. It costs nothing; machines are replaced.
 */
export const launchTemplateRequireEncryptedVolumes: ResourceValidationPolicy = {
  name: "launch-template-require-encrypted-volumes",
  description: "Volumes of machines are encrypted.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: `Name each volume in ${MAPPINGS}, the image's root volume first, and set its ebs.encrypted to "true".`,
  validateResource: validateResources(["aws:ec2/launchTemplate:LaunchTemplate"], (template, report) => {
    const title = `launch template ${template.called("name")}`;
    const places = Array.from({ length: template.count(MAPPINGS) }, (_, index) => String(index));
    const volumes = places.filter((place) => template.gives(MAPPINGS, place, "ebs"));
    for (const place of volumes) {
      const encrypted = template.read(MAPPINGS, place, "ebs", "encrypted");
      // The SDK takes a text; programs in YAML often say it without quotes.
      if (encrypted !== UNKNOWN && String(encrypted) !== "true") {
        report(
          `${MAPPINGS}[${place}].ebs.encrypted: a volume of ${title} is not encrypted (got ${shown(encrypted)}). ` +
            'Set it to "true".',
        );
      }
    }
    const mappings = volumes.length === 0 ? template.read(MAPPINGS) : UNKNOWN;
    if (mappings !== UNKNOWN) {
      report(
        `${MAPPINGS}: ${title} names no volume, so its image decides whether the disk is encrypted ` +
          `(got ${shown(mappings)}). Name the root volume, with ebs.encrypted "true".`,
      );
    }
  }),
};
