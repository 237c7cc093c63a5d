import { isOnAws } from "../../families";
import { type ClusterRanges, rangesOf } from "../../network/address-plan";
import { type NamedRange, parseRange, type Range } from "../../network/ranges";
import { type ManagementConfig } from "../config";
import { type Path } from "../path";
import { type Problem } from "../problems";
import { type NetworkConfig } from "../schema/network";
import { type ClusterDraft, clusterProblem } from "./draft";

/** Who says so: what stands further down gives way, so it is the one that a mistake is reported at. */
export const AUTHORITIES = ["others", "management", "pool", "slot", "explicit"] as const;

/** A range that somebody wants to himself. */
export interface Claim extends NamedRange {
  readonly authority: (typeof AUTHORITIES)[number];
  readonly parsed: Range;
  /** Region of a cluster on AWS, or of a pool. */
  readonly region?: string;
  readonly slot?: number;
  /** Tells claims that are asked for at different places apart. */
  readonly place: string;
  /** A mistake at that place. */
  readonly problem: (rest: Pick<Problem, "what" | "got" | "remedy">) => Problem;
}

type KindOfRange = keyof Omit<ClusterRanges, "subnets">;

/** Range of a cluster, and the place in its values that says so. */
export interface ClusterRange {
  readonly kind: KindOfRange;
  readonly range: string;
  readonly explicit: boolean;
  readonly path: Path;
}

/** The ranges that a cluster on AWS asks for, as far as they can be told. Pods of EKS have none of their own. */
export function clusterRanges(network: NetworkConfig, { values }: Pick<ClusterDraft, "values">): ClusterRange[] {
  if (!isOnAws(values.class ?? "")) {
    return [];
  }
  const ranges = rangesOf(network, values);
  const kinds: KindOfRange[] = values.class === "aws-eks" ? ["vpc", "services"] : ["vpc", "pods", "services"];
  return kinds.flatMap((kind) => {
    const range = ranges[kind];
    const explicit = values.network?.[kind] !== undefined;
    return range === undefined ? [] : [{ kind, range, explicit, path: ["network", explicit ? kind : "slot"] }];
  });
}

/** Everything that anybody claims in a stack's configuration. Ranges that are no IPv4 networks are left out. */
export function claims(
  network: NetworkConfig,
  clusters: readonly ClusterDraft[],
  management: ManagementConfig | undefined,
): Claim[] {
  return [
    ...Object.entries(network.reserved).flatMap(([name, ranges]) =>
      ranges.flatMap((range) => namedClaim({ name: `the reserved range ${name}`, range })),
    ),
    ...(network.reach.kind === "transit-gateway" ? network.reach.from : []).flatMap((range) =>
      namedClaim({ name: "a network behind the transit gateway (network.reach.from)", range }),
    ),
    ...(management?.kind === "eks" ? managementClaim(management.network.range) : []),
    ...Object.entries(network.pools).flatMap(([region, { range }]) => poolClaim(region, range)),
    ...clusters.flatMap((cluster) => clusterClaims(network, cluster)),
  ];
}

/** Of somebody whom the stack file cannot tell to give way. */
export function namedClaim({ name, range }: NamedRange): Claim[] {
  return claim({ name, range, authority: "others" }, ["network", "reserved"]);
}

function managementClaim(range: string): Claim[] {
  return claim({ name: "the management cluster's VPC", range, authority: "management" }, [
    "management",
    "network",
    "range",
  ]);
}

function poolClaim(region: string, range: string): Claim[] {
  return claim({ name: `the pool of ${region}`, range, authority: "pool", region }, [
    "network",
    "pools",
    region,
    "range",
  ]);
}

export function clusterClaims(network: NetworkConfig, cluster: ClusterDraft): Claim[] {
  const { region, network: own } = cluster.values;
  return clusterRanges(network, cluster).flatMap(({ kind, range, explicit, path }) =>
    claim(
      {
        name: `${WORDS[kind]} of ${cluster.name}`,
        range,
        authority: explicit ? "explicit" : "slot",
        ...(region === undefined ? {} : { region }),
        ...(explicit || own?.slot === undefined ? {} : { slot: own.slot }),
      },
      ["clusters", cluster.name, ...path],
      (rest) => clusterProblem(cluster, "range-overlap", path, rest),
    ),
  );
}

export const WORDS: Readonly<Record<KindOfRange, string>> = {
  vpc: "the VPC",
  pods: "the pods",
  services: "the services",
};

function claim(
  rest: Omit<Claim, "parsed" | "place" | "problem">,
  path: Path,
  problem: Claim["problem"] = (words) => ({ rule: "range-overlap", path, ...words }),
): Claim[] {
  const parsed = parseRange(rest.range);
  return parsed === undefined ? [] : [{ ...rest, parsed, place: JSON.stringify(path), problem }];
}
