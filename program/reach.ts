import type * as pulumi from "@pulumi/pulumi";

import { type FleetConfig } from "../fleet/config/config";
import { FleetConfigError } from "../fleet/config/problems";
import { links, reachPlan, type ReachPlan } from "../fleet/network/reach";
import { reachProblems } from "../fleet/network/reach-problems";
import { type Observed } from "../fleet/observed";
import { type FleetPlan } from "../fleet/planned";
import { type EarlierOutputs } from "./earlier-outputs";
import { type FoundManagement } from "./management";

/** The management cluster's network, where private ways begin. */
export interface HomeNetwork {
  readonly managementName: string;
  readonly range: string;
  /** Absent, as its VPC, where it is attached to the transit gateway by somebody else. */
  readonly region?: string;
  readonly vpcId?: pulumi.Input<string>;
  /** Route tables of its nodes, always in the same order. */
  readonly routeTableIds: pulumi.Input<string>[];
  /** Subnets of its nodes, one in each zone, where this stack builds it. */
  readonly subnetIds?: pulumi.Input<string>[];
}

/**
 * Where private ways begin, as this run builds it or another stack's run built it; undefined where nobody says, which the
 * checks of the configuration and {@link planReach} let pass for stacks without clusters on AWS alone.
 */
export function homeNetwork(built: HomeNetwork | undefined, { side, end }: FoundManagement): HomeNetwork | undefined {
  const { managementName, range } = side;
  const { region, vpcId, routeTableIds = [] } = end;
  if (built !== undefined) return built;
  if (range === undefined) return undefined;
  const place = region === undefined || vpcId === undefined ? {} : { region, vpcId };
  return { managementName, range, ...place, routeTableIds: [...routeTableIds] };
}

/**
 * Decides which private ways this run makes, from the networks that live. Nothing is looked at where none is wanted.
 * @param earlier What this stack's last run put out.
 * @throws FleetConfigError where they cannot be made as the management cluster and the clusters live.
 * @throws ManagementClusterError
 */
export async function planReach(
  config: FleetConfig,
  { clusters }: FleetPlan,
  { source, end }: FoundManagement,
  observed: Observed,
  earlier: EarlierOutputs,
): Promise<ReachPlan | undefined> {
  const here = observed.clusters.filter(({ namespace }) => namespace === config.environment);
  const problems = reachProblems(config, end, here);
  if (problems.length > 0) throw new FleetConfigError(problems, "The fleet cannot be declared as configured");
  if (config.network.reach.kind === "public-restricted") return undefined;
  const { observeNetworks } = await import("../live/cluster-networks");
  const networks =
    source === undefined || clusters.length === 0 ? [] : await observeNetworks(source, config.environment);
  const living = new Set(here.map(({ name }) => name));
  const made = links.safeParse(await earlier("reach")).data ?? [];
  return reachPlan(
    config,
    clusters,
    { networks, made: made.filter(({ cluster }) => living.has(cluster)) },
    end.account,
  );
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
      managementRange: range,
      ...(vpcId === undefined ? {} : { managementVpcId: vpcId }),
      ...(region === undefined ? {} : { managementRegion: region }),
      managementRouteTableIds: routeTableIds,
      ...(attaches ? { managementSubnetIds: subnetIds } : {}),
    },
    { clusters },
  );
}
