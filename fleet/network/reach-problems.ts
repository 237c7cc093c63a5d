import { partitionOfRegion } from "../aws-regions";
import { type FleetConfig } from "../config/config";
import { valueAt } from "../config/path";
import { type Problem } from "../config/problems";
import { type ReachConfig } from "../config/schema/network-reach";
import { isOnAws } from "../families";
import { type ObservedCluster } from "../observed";
import { apiAccess, type PrivateReach } from "./reach";

/** The management cluster's end of the ways, as its own stack or this one knows it. */
export interface ManagementEnd {
  readonly vpcId?: string;
  readonly region?: string;
  /** Twelve digits. */
  readonly account?: string;
  readonly routeTableIds?: readonly string[];
  /** Transit gateway that its network is attached to. */
  readonly gatewayId?: string;
  /** Rancher has no address on the internet. */
  readonly rancherInternal?: boolean;
}

/** Most networks that a VPC is peered with. Source: VPC user guide, "Amazon VPC quotas" (50, on request 125). */
const MOST_PEERINGS = 125;

/**
 * Ways that cannot be made as the management cluster and the clusters live.
 * @param end Of the management cluster; where this stack builds it, nothing of it need be there yet.
 */
export function reachProblems(
  { network: { reach }, clusters, management }: Pick<FleetConfig, "network" | "clusters" | "management">,
  end: ManagementEnd,
  observed: readonly ObservedCluster[],
): Problem[] {
  const names = Object.keys(clusters)
    .filter((name) => isOnAws(clusters[name]?.class ?? ""))
    .sort();
  if (names.length === 0) {
    return [];
  }
  return [
    ...schemeProblems(reach, names, observed),
    ...(reach.kind === "public-restricted" ? [] : accountProblems(reach, names, clusters, end)),
    ...(reach.kind === "transit-gateway" ? ownerProblems(reach, end) : []),
    ...(reach.kind === "peering" && names.length > MOST_PEERINGS ? [tooMany(names.length)] : []),
    ...(management.kind === "stack" ? otherStackProblems(reach, names, clusters, end, management.stack) : []),
  ];
}

/** CAPA makes the load balancer of an API server once. Source: CAPA v2.13, `validateControlPlaneLoadBalancerUpdate`. */
function schemeProblems(reach: ReachConfig, names: readonly string[], observed: readonly ObservedCluster[]): Problem[] {
  const wanted = apiAccess(reach) === "public" ? "internet-facing" : "internal";
  const others = observed
    .map(({ name, declared }) => ({ name, scheme: valueAt(declared.variables, ["api", "scheme"]) }))
    .filter(({ name, scheme }) => names.includes(name) && typeof scheme === "string" && scheme !== wanted);
  return others.length === 0
    ? []
    : [
        {
          rule: "live-reach",
          path: ["network", "reach", "kind"],
          what:
            `cannot change for ${others.map(({ name }) => name).join(", ")}: the load balancer of a kubeadm cluster's API ` +
            `server stays ${String(others[0]?.scheme)}`,
          got: reach.kind,
          remedy: "Take the change back, or replace these clusters by new ones",
        },
      ];
}

function accountProblems(
  { accounts }: PrivateReach,
  names: readonly string[],
  clusters: FleetConfig["clusters"],
  end: ManagementEnd,
): Problem[] {
  return names.flatMap((name) => {
    const account = clusters[name]?.account;
    return account === undefined || account === end.account || accounts[account] !== undefined
      ? []
      : [
          {
            rule: "live-reach" as const,
            path: ["network", "reach", "accounts", account],
            what: `is missing, and the network of ${name} is in that account, where this stack's own rights end`,
            remedy: "Name the role that makes network routes and attachments there (docs/network.md, Other accounts)",
          },
        ];
  });
}

/** The route table of a gateway is changed by its owner alone. */
function ownerProblems(
  { gateways, accounts }: Extract<ReachConfig, { kind: "transit-gateway" }>,
  end: ManagementEnd,
): Problem[] {
  return Object.entries(gateways).flatMap(([region, { account, routeTable }]) =>
    account === undefined || account === end.account || routeTable === undefined || accounts[account] !== undefined
      ? []
      : [
          {
            rule: "live-reach" as const,
            path: ["network", "reach", "accounts", account],
            what: `is missing, and the gateway's route table of ${region} is in that account`,
            remedy:
              "Name the role that makes associations there, or remove routeTable (docs/network.md, Other accounts)",
          },
        ],
  );
}

function tooMany(count: number): Problem {
  return {
    rule: "live-reach",
    path: ["network", "reach", "kind"],
    what: `peers ${count} networks with the management VPC, and AWS allows ${MOST_PEERINGS} at most`,
    got: "peering",
    remedy: "Write transit-gateway",
  };
}

/** What the stack of the management cluster has to offer. */
function otherStackProblems(
  reach: ReachConfig,
  names: readonly string[],
  clusters: FleetConfig["clusters"],
  end: ManagementEnd,
  stack: string,
): Problem[] {
  if (reach.kind === "public-restricted") {
    return end.rancherInternal === true ? [rancherProblem()] : [];
  }
  const { vpcId, region, routeTableIds = [] } = end;
  if (vpcId === undefined || region === undefined || routeTableIds.length === 0) {
    return [
      {
        rule: "live-reach",
        path: ["management", "stack"],
        what: "does not say which network its management cluster has, so no private way can begin there",
        got: stack,
        remedy: "Run pulumi up on it with this version of cluster-fleet",
      },
    ];
  }
  return [
    ...names.flatMap((name) => strangerProblem(name, clusters[name]?.region ?? "", region, reach.kind)),
    ...(reach.kind === "transit-gateway" ? gatewayProblems(reach, region, end, stack) : []),
  ];
}

function rancherProblem(): Problem {
  return {
    rule: "live-reach",
    path: ["network", "reach", "kind"],
    what: "leaves the agents of Rancher without a way to it: its load balancer has no address on the internet",
    got: "public-restricted",
    remedy:
      "Write peering or transit-gateway, or set rancher.ingress.internal to false in the management cluster's stack",
  };
}

function strangerProblem(name: string, region: string, home: string, kind: string): Problem[] {
  return partitionOfRegion(region) === partitionOfRegion(home)
    ? []
    : [
        {
          rule: "live-reach",
          path: ["clusters", name, "region"],
          what: `is in another partition of AWS than ${home}, and no ${kind} leads from one to the other`,
          got: region,
          remedy:
            "Choose a region of the same partition, or declare the cluster in a fleet with a management cluster there",
        },
      ];
}

function gatewayProblems(
  { gateways }: Extract<ReachConfig, { kind: "transit-gateway" }>,
  region: string,
  { gatewayId }: ManagementEnd,
  stack: string,
): Problem[] {
  const [, own] = Object.entries(gateways).find(([each]) => each === region) ?? [];
  if (own === undefined) {
    return [
      {
        rule: "live-reach",
        path: ["network", "reach", "gateways", region],
        what: "is missing, so no way leads from the management cluster to any private API server",
        remedy: "Add the gateway of the management cluster's region, peered with the others",
      },
    ];
  }
  return gatewayId === own.id
    ? []
    : [
        {
          rule: "live-reach",
          path: ["network", "reach", "gateways", region, "id"],
          what: `is not the gateway that the management network is attached to (${gatewayId ?? "none"})`,
          got: own.id,
          remedy: `Write the same network.reach in stack ${stack}, which makes that attachment, and run pulumi up there`,
        },
      ];
}
