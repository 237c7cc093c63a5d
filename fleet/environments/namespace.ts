import { ENVIRONMENT, FIELD_MANAGER, MANAGED_BY, MANAGER } from "../labels";

/**
 * Metadata of an environment's namespace on the management cluster. Who declares clusters there may declare pods too (those
 * of autoscalers): they get no more rights on a node than any pod should have.
 *
 * Source: Kubernetes documentation, "Pod Security Admission".
 */
export function environmentNamespace(environment: string) {
  return {
    labels: {
      [MANAGED_BY]: MANAGER,
      [ENVIRONMENT]: environment,
      "pod-security.kubernetes.io/enforce": "restricted",
    },
    annotations: { [FIELD_MANAGER]: MANAGER },
  };
}
