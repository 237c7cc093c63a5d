/** A name that is made from a cluster's, in a system that limits its length. */
export interface DerivedName {
  /** What carries it, e.g. `EKS node group`. */
  readonly what: string;
  readonly name: string;
  /** In characters. */
  readonly limit: number;
}

/**
 * The names that AWS objects of a cluster take from it. Cluster API shortens the names of machines and machine
 * deployments itself; AWS refuses long ones in the middle of a run.
 *
 * Source of the limits: EKS API reference (CreateNodegroup), IAM quotas (role names).
 */
export function derivedNames(cluster: string, family: string, pools: readonly string[]): DerivedName[] {
  return family === "aws-eks"
    ? [
        { what: "IAM role of the control plane", name: `${cluster}-control-plane`, limit: 64 },
        ...pools.map((pool) => ({ what: "EKS node group", name: `${cluster}-${pool}`, limit: 63 })),
      ]
    : [];
}
