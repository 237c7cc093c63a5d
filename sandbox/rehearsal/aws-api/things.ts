import { type Thing } from "../../aws-api/account";
import { isObject, type JsonObject, stringAt } from "../../plugins/grpc/json";

/** What CAPA writes on everything that it makes for a cluster; the cluster's name follows. */
const OWNED_BY = "sigs.k8s.io/cluster-api-provider-aws/cluster/";

/** What belongs to a cluster: by CAPA's tag, or because it lies in a network, or is a part of an EKS cluster, with that tag. */
export function thingsOf(cluster: string, things: readonly Thing[]): Thing[] {
  const tagged = things.filter(({ tags }) => `${OWNED_BY}${cluster}` in tags);
  const own = new Set(tagged.map(({ id }) => id));
  const places = ({ facts }: Thing) => [
    stringAt(facts, "VpcId"),
    stringAt(facts, "clusterName"),
    ...stringAt(facts, "VPCZoneIdentifier").split(","),
  ];
  return things.filter((thing) => own.has(thing.id) || places(thing).some((place) => own.has(place)));
}

export function ofKind(kind: string, things: readonly Thing[]): Thing[] {
  return things.filter((thing) => thing.kind === kind);
}

/** The objects of a list at a key. */
export function listAt(object: JsonObject, key: string): JsonObject[] {
  const items = object[key];
  return (Array.isArray(items) ? items : []).filter(isObject);
}

/** Number of things by kind, in the order in which kinds are met. */
export type Counts = Readonly<Record<string, number>>;

export function countsOf(things: readonly Thing[]): Counts {
  const counts: Record<string, number> = {};
  for (const { kind } of things) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** `1 VPC, 6 subnets, 3 addresses` */
export function describeCounts(counts: Counts): string {
  return Object.entries(counts)
    .map(([kind, count]) => `${count} ${count === 1 ? kind : plural(kind)}`)
    .join(", ");
}

function plural(kind: string): string {
  return kind.endsWith("s") ? `${kind}es` : `${kind}s`;
}
