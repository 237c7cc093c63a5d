import type { ResourceValidation, ResourceValidationPolicy } from "@pulumi/policy";
import { clock } from "../../../policy/clock";
import { type Fields, judge, type Verdict } from "../helpers";

/** Noon of the day on which the resources under test are judged. */
export const TODAY = "2026-11-23";

export const EKS_CLUSTER = "aws:eks/cluster:Cluster";
export const LAUNCH_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
export const PLATFORM = "cluster-fleet:index:ManagementPlatform";

/** Stands for the whole calendar of EKS in the years around {@link TODAY}, so that newer data changes no test. */
export const VERSIONS = {
  "1.32": { released: "2025-01-23", standardEnds: "2026-03-23", extendedEnds: "2026-10-01" },
  "1.33": { released: "2025-05-29", standardEnds: "2026-07-29", extendedEnds: "2027-07-29" },
  "1.34": { released: "2025-10-02", standardEnds: "2026-12-02", extendedEnds: "2027-12-02" },
  "1.35": { released: "2026-01-28", standardEnds: "2027-03-27", extendedEnds: "2028-03-27" },
  "1.36": { released: "2026-06-02", standardEnds: "2027-08-02", extendedEnds: "2028-08-02" },
};

/** A cluster on EKS that breaks no rule. */
export function eksCluster(): Fields {
  return {
    name: "fleet",
    version: "1.35",
    vpcConfig: { endpointPrivateAccess: true, endpointPublicAccess: true, publicAccessCidrs: ["203.0.113.0/24"] },
    accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
    encryptionConfig: {
      provider: { keyArn: "arn:aws:kms:us-west-2:111122223333:key/11112222" },
      resources: ["secrets"],
    },
    enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
    upgradePolicy: { supportType: "STANDARD" },
    deletionProtection: true,
  };
}

/** A launch template that breaks no rule. */
export function launchTemplate(): Fields {
  return {
    name: "fleet-nodes",
    metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
    blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeType: "gp3", encrypted: "true" } }],
  };
}

/** Versions and installer of a management cluster that go together. */
export function platform(): Fields {
  return {
    rancherVersion: "v2.15.0",
    clusterApiInstaller: "turtles",
    clusterApiVersion: "v1.13.3",
    capaVersion: "v2.11.1",
    kubernetesVersion: "1.35",
  };
}

/** The same resource with another value at a dotted path; `undefined` takes it away. */
export function changed(resource: Fields, path: string, value: unknown): Fields {
  const [field = "", ...rest] = path.split(".");
  const copy = (Array.isArray(resource) ? [...(resource as unknown[])] : { ...resource }) as Fields;
  copy[field] = rest.length === 0 ? value : changed(copy[field] as Fields, rest.join("."), value);
  return copy;
}

/** As `judge` on a day, of a resource that the engine refuses to delete. */
export function judgeProtected(
  policy: ResourceValidationPolicy,
  type: string,
  props: Fields,
  config: object = {},
  day = TODAY,
): Verdict {
  const real = clock.now;
  clock.now = () => new Date(`${day}T12:00:00Z`);
  const validate = policy.validateResource as ResourceValidation;
  const protectedToo: ResourceValidation = (args, report) =>
    validate({ ...args, opts: { ...args.opts, protect: true } }, report);
  try {
    return judge({ ...policy, validateResource: protectedToo }, type, props, config);
  } finally {
    clock.now = real;
  }
}
