import { type FleetConfig } from "../../../fleet/config/config";
import { type StackConfig } from "../rehearsed-stack";

const GRAVITON_IMAGE = "ami-0fedcba9876543210";

/** Workers of a cluster in a stack file, by pool. */
type Pools = Record<string, unknown>;

/**
 * What the sample lacks, in its first cluster on EKS: spot machines, another kind of processor, a managed node group with
 * an image of its own.
 * @param config The same, as the program reads it.
 */
export function withMorePools(values: StackConfig, { clusters }: FleetConfig): StackConfig {
  const changed = structuredClone(values);
  const [name, eks] = Object.entries(clusters).find(([, cluster]) => cluster.class === "aws-eks") ?? [];
  if (name === undefined || eks?.version === undefined) throw new Error("the stack has no cluster on EKS");
  const classes = changed["cluster-fleet:classes"] as Record<string, object>;
  const images = { [eks.version]: { [eks.region]: { arm64: GRAVITON_IMAGE } } };
  classes["aws-eks"] = { ...classes["aws-eks"], images };
  const stated = changed["cluster-fleet:clusters"] as Record<string, { workers: Pools }>;
  Object.assign(stated[name]?.workers ?? {}, {
    burst: { replicas: 3, instanceType: "m7g.large", capacity: "spot" },
    kept: { replicas: 3, instanceType: "m7g.large", managed: true },
  } satisfies Pools);
  return changed;
}
