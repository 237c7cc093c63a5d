import { isOnAws } from "../../families";
import { contains, parseRange, range } from "../../network/ranges";
import { partitionOfRegion } from "../../aws-regions";
import { type ManagementConfig } from "../config";
import { type Path } from "../path";
import { type Problem } from "../problems";
import { type ReachConfig } from "../schema/network-reach";
import { type ClusterDraft } from "./draft";
import { type NetworkDraft } from "./network";

/**
 * Ways to the clusters that cannot be made, as far as the configuration tells; see `fleet/network/reach-problems.ts` for
 * the rest.
 */
export function reachProblems({ network: { reach }, clusters, management, isBroken }: NetworkDraft): Problem[] {
  const onAws = clusters.filter(({ values }) => isOnAws(values.class ?? ""));
  if (isBroken(["reach"])) {
    return [];
  }
  return [
    ...(reach.kind === "peering" ? [] : callerProblems(reach)),
    ...(onAws.length === 0
      ? []
      : [
          ...managementProblems(reach, management),
          ...partitionProblems(reach, onAws, management),
          ...(reach.kind === "transit-gateway" ? gatewayProblems(reach, onAws, management) : []),
          ...rancherProblems(reach, management),
        ]),
  ];
}

/** Networks from which nobody calls over the internet. */
const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

function callerProblems({ kind, from }: Exclude<ReachConfig, { kind: "peering" }>): Problem[] {
  return from.flatMap((given, index): Problem[] => {
    const path = ["network", "reach", "from", index];
    if (given.endsWith("/0")) {
      const remedy = "Name the networks of your offices and runners";
      return [{ rule: "open-to-all", path, what: "opens the API servers to everybody", got: given, remedy }];
    }
    const parsed = parseRange(given);
    if (parsed === undefined) {
      return [
        {
          rule: "network-ipv4",
          path,
          what: "is not a whole network of IPv4, which the API servers of clusters on AWS are reached by",
          got: given,
          remedy: "Write a network with its first address, as in 203.0.113.0/24",
        },
      ];
    }
    return kind === "public-restricted" && PRIVATE.some((each) => contains(range(each), parsed))
      ? [
          {
            rule: "reach-from",
            path,
            what: "is a private network, and no call over the internet comes from one",
            got: given,
            remedy: "Write the public addresses that its calls have on the internet",
          },
        ]
      : [];
  });
}

function managementProblems({ kind }: ReachConfig, management: ManagementConfig | undefined): Problem[] {
  if (management?.kind !== "kubeconfig" || kind === "public-restricted") {
    return [];
  }
  if (kind === "peering") {
    return [
      {
        rule: "reach-management",
        path: ["network", "reach", "kind"],
        what: "needs the id and the route tables of the management VPC, which management.kind kubeconfig does not tell",
        got: kind,
        remedy: "Write public-restricted or transit-gateway, or have a stack of kind eks build the management cluster",
      },
    ];
  }
  return management.aws?.range === undefined
    ? [
        {
          rule: "reach-management",
          path: ["management", "aws", "range"],
          what: "is missing, and private API servers let in nobody but the management cluster's network",
          remedy: "Write the range of its network, which you attach to the transit gateway yourself",
        },
      ]
    : [];
}

/** AWS, its China regions and GovCloud are worlds of their own. Source: VPC peering guide, "Limitations". */
function partitionProblems(
  { kind }: ReachConfig,
  clusters: readonly ClusterDraft[],
  management: ManagementConfig | undefined,
): Problem[] {
  if (management?.kind !== "eks" || kind === "public-restricted") {
    return [];
  }
  return clusters.flatMap(({ name, values: { region = "" } }) =>
    partitionOfRegion(region) === partitionOfRegion(management.region)
      ? []
      : [
          {
            rule: "reach-region" as const,
            path: ["clusters", name, "region"],
            what: `is in another partition of AWS than ${management.region}, and no ${kind} leads from one to the other`,
            got: region,
            remedy:
              "Choose a region of the same partition, or declare the cluster in a fleet with a management cluster there",
          },
        ],
  );
}

function gatewayProblems(
  { gateways }: Extract<ReachConfig, { kind: "transit-gateway" }>,
  clusters: readonly ClusterDraft[],
  management: ManagementConfig | undefined,
): Problem[] {
  const path = (region: string): Path => ["network", "reach", "gateways", region];
  const lacks = (region: string) => !Object.keys(gateways).includes(region);
  const regions = [...new Set(clusters.flatMap(({ values }) => values.region ?? []))].filter(lacks).sort();
  const own = management?.kind === "eks" && lacks(management.region) ? [management.region] : [];
  return [
    ...regions.map((region): Problem => ({
      rule: "reach-region",
      path: path(region),
      what: `is missing, so no way leads to the private API servers of ${namesIn(clusters, region)}`,
      remedy: `Add the region's gateway, such as ${region}: { id: tgw-0123456789abcdef0 }`,
    })),
    ...own
      .filter((region) => !regions.includes(region))
      .map((region): Problem => ({
        rule: "reach-region",
        path: path(region),
        what: "is missing, so no way leads from the management cluster to any private API server",
        remedy: "Add the gateway of the management cluster's region, peered with the others",
      })),
  ];
}

function namesIn(clusters: readonly ClusterDraft[], region: string): string {
  return clusters
    .filter(({ values }) => values.region === region)
    .map(({ name }) => name)
    .join(", ");
}

/** Agents of Rancher on the clusters call its host name. */
function rancherProblems({ kind }: ReachConfig, management: ManagementConfig | undefined): Problem[] {
  const rancher = management?.kind === "eks" ? management.rancher : false;
  return kind === "public-restricted" && rancher !== false && rancher.ingress.internal
    ? [
        {
          rule: "reach-rancher",
          path: ["management", "rancher", "ingress", "internal"],
          what:
            "gives Rancher no address on the internet, and its agents on clusters with network.reach public-restricted " +
            "have no other way to it",
          got: true,
          remedy: "Set it to false, or network.reach.kind to peering or transit-gateway",
        },
      ]
    : [];
}
