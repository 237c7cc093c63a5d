import { CONTENT_HASH_LENGTH } from "./content-hash";

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
 * Source of the limit: EKS API reference, CreateNodegroup.
 * @param managed Pools that are managed node groups.
 */
export function derivedNames(cluster: string, managed: readonly string[]): DerivedName[] {
  const hash = "0".repeat(CONTENT_HASH_LENGTH);
  return managed.map((pool) => ({ what: "EKS node group", name: `${cluster}-${pool}-${hash}`, limit: 63 }));
}
