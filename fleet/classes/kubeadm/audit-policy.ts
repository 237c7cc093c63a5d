import { stringify } from "yaml";

const CORE = "";

/** Reads that controllers make all the time and that say nothing about anybody. */
const NOISE = [
  {
    level: "None",
    users: ["system:kube-proxy"],
    verbs: ["watch"],
    resources: [{ group: CORE, resources: ["endpoints", "services"] }],
  },
  { level: "None", nonResourceURLs: ["/healthz*", "/livez*", "/readyz*", "/version", "/openapi/*"] },
  {
    level: "None",
    resources: [
      { group: CORE, resources: ["events"] },
      { group: "events.k8s.io", resources: ["events"] },
    ],
  },
  { level: "None", verbs: ["get", "update"], resources: [{ group: "coordination.k8s.io", resources: ["leases"] }] },
];

/** Whose content must never stand in a log: who asked and when, no more. */
const SECRETS = {
  level: "Metadata",
  resources: [
    { group: CORE, resources: ["secrets", "configmaps", "serviceaccounts/token"] },
    { group: "authentication.k8s.io", resources: ["tokenreviews"] },
  ],
};

/**
 * What the API server writes into its audit log: every change with its content, every look by its metadata, no secret.
 *
 * Source: Kubernetes documentation, "Auditing"; CIS Kubernetes Benchmark 3.2.
 */
export const AUDIT_POLICY = stringify({
  apiVersion: "audit.k8s.io/v1",
  kind: "Policy",
  omitStages: ["RequestReceived"],
  rules: [
    ...NOISE,
    SECRETS,
    { level: "RequestResponse", verbs: ["create", "update", "patch", "delete", "deletecollection"] },
    { level: "Metadata" },
  ],
});
