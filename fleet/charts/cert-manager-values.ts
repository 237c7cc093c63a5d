/**
 * Values of the chart `cert-manager`: highly available, and its kinds outlive it, so that a removal deletes no
 * certificate. Source: cert-manager, "Best practice", high availability: 2 controllers, 3 webhooks, 2 injectors.
 */
export function certManagerValues() {
  return {
    crds: { enabled: true, keep: true },
    replicaCount: 2,
    podDisruptionBudget: { enabled: true },
    webhook: { replicaCount: 3, podDisruptionBudget: { enabled: true } },
    cainjector: { replicaCount: 2, podDisruptionBudget: { enabled: true } },
  };
}
