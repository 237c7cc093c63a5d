/** Kinds of the management cluster that several files look at or correct. */
export const CLUSTERS = { group: "cluster.x-k8s.io", version: "v1beta2", plural: "clusters" };
/** What Cluster API applies to clusters. */
export const RESOURCE_SETS = { group: "addons.cluster.x-k8s.io", version: "v1beta2", plural: "clusterresourcesets" };
/**
 * Its record of what they applied to each cluster, of the cluster's name. A set is applied to a cluster where the record
 * does not say that it was.
 *
 * Source: Cluster API 1.13.4, `internal/controllers/clusterresourceset`. The record keeps the entry of a set that no longer
 * selects the cluster, and holds 100 entries.
 */
export const APPLIED_RECORDS = { ...RESOURCE_SETS, plural: "clusterresourcesetbindings" };
