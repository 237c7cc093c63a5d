import type { ResourceValidationPolicy } from "@pulumi/policy";
import type { Json } from "../../fleet/content-hash";
import { validateResources } from "../registered-resource";
import { shown, UNKNOWN } from "../values";

const HOPS = "httpPutResponseHopLimit";
const MAX_HOPS = 1;

interface HopsConfig {
  readonly maxHops?: number;
}

/**
 * Machines give their credentials only to who asks with a token, and not to pods.
 *
 * Why: the metadata service of a machine hands out the credentials of its role. Version 1 answers a plain request, which
 * a forged one from a web server is enough for. With a hop limit of 1 a token does not reach a pod, which then has only
 * the rights of its own service account. Nothing stated is up to the image and the account: Amazon Linux 2023 means 2.
 *
 * Source: EKS best practices, identity and access management ("Restrict access to the instance profile assigned to the
 * worker node"); Control Tower CT.EC2.PR.1 and CT.EC2.PR.2; AWS Config ec2-launch-template-imdsv2-check; AVD-AWS-0130.
 *
 * Remedy: `httpTokens: required` and a hop limit of 1; `maxHops: 2` in the configuration where pods need the service.
 */
export const launchTemplateRequireImdsV2: ResourceValidationPolicy = {
  name: "launch-template-require-imds-v2",
  description: "Machines give their credentials only to who asks with a token, and not to pods.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: `Set metadataOptions.httpTokens to "required" and ${HOPS} to 1.`,
  configSchema: {
    properties: {
      maxHops: {
        type: "integer",
        minimum: 1,
        maximum: 2,
        default: MAX_HOPS,
        description: "Most hops of a token's way; 2 lets pods of every kind have the credentials of their machine.",
      },
    },
  },
  validateResource: validateResources(["aws:ec2/launchTemplate:LaunchTemplate"], (template, report, args) => {
    const endpoint = template.read("metadataOptions", "httpEndpoint");
    if (endpoint === UNKNOWN || endpoint === "disabled") {
      return;
    }
    const title = `launch template ${template.called("name")}`;
    const tokens = template.read("metadataOptions", "httpTokens");
    if (tokens !== UNKNOWN && tokens !== "required") {
      report(
        `metadataOptions.httpTokens: machines of ${title} give their credentials to a plain request ` +
          `(got ${shown(tokens)}). Set it to "required".`,
      );
    }
    const { maxHops = MAX_HOPS } = args.getConfig<HopsConfig>();
    const hops = template.read("metadataOptions", HOPS);
    if (hops !== UNKNOWN && !isAtMost(hops, maxHops)) {
      const got = hops === undefined ? "nothing, which may mean 2" : shown(hops);
      report(
        `metadataOptions.${HOPS}: pods reach the credentials of machines of ${title} (got ${got}). ` +
          `Set it to ${maxHops}.`,
      );
    }
  }),
};

function isAtMost(hops: Json | undefined, most: number): boolean {
  return typeof hops === "number" && hops >= 1 && hops <= most;
}
