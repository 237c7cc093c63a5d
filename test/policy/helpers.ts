import type { ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";
import * as policySdk from "@pulumi/policy";

/** @pulumi/policy exports these two for tests, but its declaration files leave them out. */
const { unknownCheckingProxy, UnknownValueError } = policySdk as unknown as {
  readonly unknownCheckingProxy: <T>(props: T) => T;
  readonly UnknownValueError: new (...args: never[]) => Error;
};

/** What the engine sends in a preview in place of a string, or of anything whose type it does not know. */
export const UNKNOWN_IN_PREVIEW = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export const CLUSTER_TYPE = "kubernetes:cluster.x-k8s.io/v1beta2:Cluster";

/** The logical name of every resource under test; differs from the names of the objects. */
export const RESOURCE_NAME = "the-resource";

export type Fields = Record<string, unknown>;

/** What became of one resource under one policy. */
export interface Verdict {
  /** Messages of violations, at the policy's own level. */
  readonly violations: readonly string[];
  /** Message of the unknown value that the check met: an advisory diagnostic in the preview, whatever the level. */
  readonly advisory?: string;
  /** The policy said that it does not judge this type of resource. */
  readonly notApplicable?: true;
}

/** A production cluster that breaks no rule. Each call makes a new one, free to be changed. */
export function compliantCluster() {
  return {
    apiVersion: "cluster.x-k8s.io/v1beta2",
    kind: "Cluster",
    metadata: {
      namespace: "fleet-production",
      name: "prod-us-west-2",
      labels: {
        "app.kubernetes.io/managed-by": "cluster-fleet",
        "cluster-fleet.io/environment": "production",
        "cluster-fleet.io/region": "us-west-2",
        "cluster-fleet.io/class": "aws-kubeadm",
      } as Fields,
      annotations: { "pulumi.com/deletionPropagationPolicy": "background" } as Fields,
    } as { namespace?: string; name?: string; labels?: Fields; annotations?: Fields },
    spec: {
      topology: {
        classRef: { name: "aws-kubeadm-0123456789" } as Fields,
        version: "v1.35.5",
        controlPlane: { replicas: 3 } as Fields,
      } as Fields,
    } as Fields,
  };
}

/** Runs a policy's validator on one resource as the server of a pack does. */
export function judge(policy: ResourceValidationPolicy, type: string, props: object, config: object = {}): Verdict {
  if (typeof policy.validateResource !== "function") {
    throw new Error(`${policy.name} has more than one validation function, or none`);
  }
  const violations: string[] = [];
  try {
    void policy.validateResource(validationArgs(type, props, config), (violation) =>
      violations.push(String(violation)),
    );
  } catch (error) {
    if (error instanceof NotApplicable) {
      return { violations, notApplicable: true };
    }
    if (error instanceof UnknownValueError) {
      return { violations, advisory: error.message };
    }
    throw error;
  }
  return { violations };
}

class NotApplicable extends Error {}

function validationArgs(type: string, props: object, config: object): ResourceValidationArgs {
  return {
    type,
    // The server gets the properties as JSON and wraps them so that touching an unknown value throws.
    props: unknownCheckingProxy(JSON.parse(JSON.stringify(props)) as Fields),
    urn: `urn:pulumi:test::cluster-fleet::${type}::${RESOURCE_NAME}`,
    name: RESOURCE_NAME,
    opts: {
      protect: false,
      ignoreChanges: [],
      aliases: [],
      customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
      additionalSecretOutputs: [],
    },
    stackTags: new Map(),
    isType: () => false,
    asType: () => undefined,
    getConfig: <T extends object>() => config as T,
    notApplicable: (reason) => {
      throw new NotApplicable(reason);
    },
  };
}
