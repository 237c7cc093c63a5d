import type * as pulumi from "@pulumi/pulumi";

import { type FleetConfig } from "../fleet/config/config";
import { FleetConfigError } from "../fleet/config/problems";
import { reachPlan, type ReachPlan } from "../fleet/network/reach";
import { reachProblems } from "../fleet/network/reach-problems";
import { type Observed } from "../fleet/observed";
import { type FleetPlan } from "../fleet/planned";
import { type FoundManagement } from "./management";

/** The management cluster's network, where private ways begin. */
export interface HomeNetwork {
  readonly managementName: string;
  readonly region: string;
  readonly range: string;
  readonly vpcId: pulumi.Input<string>;
  /** Route tables of its nodes, always in the same order. */
  readonly routeTableIds: pulumi.Input<string>[];
  /** Subnets of its nodes, one in each zone, where this stack builds it. */
  readonly subnetIds?: pulumi.Input<string>[];
}

/** Where private ways begin, as this run builds it or another stack's run built it; undefined where nobody says. */
export function homeNetwork(built: HomeNetwork | undefined, { side, end }: FoundManagement): HomeNetwork | undefined {
  const { managementName, range } = side;
  const { region, vpcId, routeTableIds = [] } = end;
  if (built !== undefined) return built;
  return region === undefined || vpcId === undefined || range === undefined
    ? undefined
    : { managementName, region, range, vpcId, routeTableIds: [...routeTableIds] };
}

/**
 * Decides which private ways this run makes, from the networks that live. Nothing is looked at where none is wanted.
 * @throws FleetConfigError where they cannot be made as the management cluster and the clusters live.
 * @throws ManagementClusterError
 */
export async function planReach(
  config: FleetConfig,
  { clusters }: FleetPlan,
  { source, end }: FoundManagement,
  observed: Observed,
): Promise<ReachPlan | undefined> {
  const here = observed.clusters.filter(({ namespace }) => namespace === config.environment);
  const problems = reachProblems(config, end, here);
  if (problems.length > 0) throw new FleetConfigError(problems, "The fleet cannot be declared as configured");
  if (config.network.reach.kind === "public-restricted") return undefined;
  const { observeNetworks } = await import("../live/cluster-networks");
  const networks =
    source === undefined || clusters.length === 0 ? [] : await observeNetworks(source, config.environment);
  return reachPlan(config, clusters, networks, end.account);
}

/**
 * Makes what was planned. The AWS SDK is loaded for that alone.
 * @param clusters The declared clusters by name: each goes after what leads to it.
 */
export async function createReach(
  environment: string,
  plan: ReachPlan,
  { managementName, region, range, vpcId, routeTableIds, subnetIds }: HomeNetwork,
  clusters: ReadonlyMap<string, pulumi.Resource>,
): Promise<void> {
  const attaches = plan.kind === "transit-gateway" && subnetIds !== undefined;
  if (plan.links.length === 0 && plan.destinations.length === 0 && !attaches) return;
  const { Reach } = await import("../components/reach/reach");
  const { notes: _, ...ways } = plan;
  new Reach(
    `${environment}-reach`,
    {
      ...ways,
      managementName,
      managementVpcId: vpcId,
      managementRange: range,
      managementRegion: region,
      managementRouteTableIds: routeTableIds,
      ...(attaches ? { managementSubnetIds: subnetIds } : {}),
    },
    { clusters },
  );
}
