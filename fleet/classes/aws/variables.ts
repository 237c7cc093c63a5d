import { type JsonObject } from "../../content-hash";

/** A variable of a ClusterClass; a cluster gives it a value, a machine deployment may override it. */
export type ClassVariable = {
  readonly name: string;
  readonly required: boolean;
  readonly schema: { readonly openAPIV3Schema: JsonObject };
};

const text = (pattern?: string): JsonObject => ({ type: "string", minLength: 1, ...(pattern ? { pattern } : {}) });
const list = (items: JsonObject): JsonObject => ({ type: "array", items });
const map = (properties: Record<string, JsonObject>, optional: readonly string[] = []): JsonObject => ({
  type: "object",
  properties,
  required: Object.keys(properties)
    .filter((key) => !optional.includes(key))
    .sort(),
});

const RANGE = text("^[0-9.]+/[0-9]+$");
const ARN = text("^arn:aws[a-z-]*:");
const IMAGE = map({ id: text("^ami-[0-9a-f]+$"), eksLookupType: text() }, ["id", "eksLookupType"]);

/** Everything about a cluster that its AWS objects need and that differs from cluster to cluster. */
export const CLUSTER_VARIABLES: readonly ClassVariable[] = [
  variable("region", text("^[a-z]{2}(-[a-z]+)+-[0-9]$")),
  variable("identity", map({ kind: text(), name: text() })),
  variable("tags", { type: "object", additionalProperties: { type: "string" } }),
  variable("vpc", RANGE),
  variable(
    "subnets",
    list(map({ id: text(), availabilityZone: text(), cidrBlock: RANGE, isPublic: { type: "boolean" } })),
  ),
];

/** Machines of a worker pool; given by each machine deployment. */
export const WORKER_VARIABLE: ClassVariable = variable(
  "worker",
  map({
    image: IMAGE,
    instanceType: text(),
    instanceProfile: text(),
    volumeGiB: { type: "integer", minimum: 30 },
    nodeLabels: text(),
    taints: list(map({ key: text(), value: { type: "string" }, effect: text() }, ["value"])),
  }),
  false,
);

/** Machines of a kubeadm control plane. */
export const CONTROL_PLANE_VARIABLE: ClassVariable = variable(
  "controlPlane",
  map({ image: IMAGE, instanceType: text(), instanceProfile: text(), volumeGiB: { type: "integer", minimum: 30 } }),
);

/** Who reaches the API of a kubeadm cluster, through its load balancer. */
export const API_VARIABLE: ClassVariable = variable(
  "api",
  map({ scheme: { type: "string", enum: ["internet-facing", "internal"] }, ranges: list(RANGE) }),
);

/** What EKS is told of a cluster. */
export const EKS_VARIABLES: readonly ClassVariable[] = [
  variable(
    "endpoint",
    map({
      access: map({ public: { type: "boolean" }, publicCIDRs: list(RANGE), private: { type: "boolean" } }, [
        "publicCIDRs",
      ]),
      inside: list(RANGE),
    }),
  ),
  variable("controlPlaneRole", text()),
  variable(
    "accessEntries",
    list(
      map(
        {
          principalARN: ARN,
          type: text(),
          accessPolicies: list(map({ policyARN: ARN, accessScope: map({ type: text() }) })),
        },
        ["accessPolicies"],
      ),
    ),
  ),
  variable(
    "addOns",
    list(
      map({ name: text(), version: text(), configuration: text(), serviceAccountRoleARN: ARN }, [
        "configuration",
        "serviceAccountRoleARN",
      ]),
    ),
  ),
  variable("secretsKey", ARN, false),
];

function variable(name: string, openAPIV3Schema: JsonObject, required = true): ClassVariable {
  return { name, required, schema: { openAPIV3Schema } };
}
