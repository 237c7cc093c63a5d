import { chartFor, type ChosenChart } from "../charts/overrides";
import { type EksManagementConfig } from "../config/schema/management";
import { LOAD_BALANCER_CONTROLLER } from "./load-balancer-values";
import { SIZES } from "./sizes";
import { subnetPlan, type ZoneSubnets } from "../network/subnets";
import { usualZones } from "../network/zones";

/** A management cluster on EKS as it is to be: every default set, every list sorted. What the component takes. */
export interface ManagementSettings {
  clusterName: string;
  region: string;
  /** Minor version without its v, as EKS takes it, e.g. `1.35`. */
  kubernetesVersion: string;
  extendedSupport: boolean;
  vpcRange: string;
  zones: ZoneSubnets[];
  natGatewayPerZone: boolean;
  interfaceEndpoints: boolean;
  flowLogDays: number;
  publicFrom: string[];
  admins: string[];
  instanceTypes: string[];
  nodesPerZone: number;
  maxNodesPerZone: number;
  diskGiB: number;
  logDays: number;
  /** Sorted by name. */
  environments: EnvironmentSettings[];
  protect: boolean;
  /** The charts that EKS itself needs, by name. */
  charts: Record<string, ChosenChart>;
}

export interface EnvironmentSettings {
  environment: string;
  /** ARNs of those who declare its clusters; sorted. */
  principals: string[];
}

/**
 * @param config Checked: its zones can be told.
 * @param own The stack's own environment, where it declares clusters itself.
 */
export function managementSettings(config: EksManagementConfig, own: string | undefined): ManagementSettings {
  const perZone = nodesPerZone(config);
  return {
    clusterName: config.name,
    region: config.region,
    kubernetesVersion: config.version.replace(/^v/, ""),
    extendedSupport: config.support === "extended",
    vpcRange: config.network.range,
    zones: subnetPlan(config.network.range, config.zones ?? usualZones(config.region) ?? []),
    natGatewayPerZone: config.network.natGateways === "per-zone",
    interfaceEndpoints: config.network.interfaceEndpoints,
    flowLogDays: config.network.flowLogDays,
    publicFrom: [...config.access.publicFrom].sort(),
    admins: [...config.access.admins].sort(),
    instanceTypes: [...(config.nodes.instanceTypes ?? SIZES[config.size].instanceTypes)],
    nodesPerZone: perZone,
    maxNodesPerZone: mostNodes(config, perZone),
    diskGiB: config.nodes.diskGiB,
    logDays: config.logDays,
    environments: environments(config, own),
    protect: config.protect,
    charts: { [LOAD_BALANCER_CONTROLLER]: chartFor(LOAD_BALANCER_CONTROLLER, config.charts[LOAD_BALANCER_CONTROLLER]) },
  };
}

/** Nodes in each zone: as configured, or by size. */
export function nodesPerZone({ size, nodes }: Pick<EksManagementConfig, "size" | "nodes">): number {
  return nodes.perZone ?? SIZES[size].nodesPerZone;
}

/** One node more than there are, at least: an upgrade adds the new one before it takes the old one away. */
function mostNodes({ size, nodes }: EksManagementConfig, perZone: number): number {
  return nodes.maxPerZone ?? Math.max(SIZES[size].maxNodesPerZone, perZone + 1);
}

function environments(config: EksManagementConfig, own: string | undefined): EnvironmentSettings[] {
  const names = new Set([...Object.keys(config.environments), ...(own === undefined ? [] : [own])]);
  return [...names].sort().map((environment) => ({
    environment,
    principals: [...(config.environments[environment]?.roles ?? [])].sort(),
  }));
}
