import type * as pulumi from "@pulumi/pulumi";

import { type FleetConfig } from "../fleet/config/config";
import { type ReachConfig } from "../fleet/config/schema/network-reach";
import { platformSettings } from "../fleet/management/platform";
import { declaresFleet } from "./look";
import { type HomeNetwork } from "./reach";

/** The management cluster, where this stack builds it. The AWS SDK is loaded for that alone. */
export async function createPlatform({ management, environment, ...config }: FleetConfig) {
  if (management.kind !== "eks") return undefined;
  const settings = platformSettings(management, declaresFleet({ management, ...config }) ? environment : undefined);
  const { ManagementPlatform, platformReady } = await import("../components/management/management-platform");
  const platform = new ManagementPlatform(management.name, settings);
  const { kubeconfig, endpoint, oidcIssuer, vpcId, natAddresses, environments, roleArns, howToGet } = platform;
  const { rancher } = settings;
  const accounts = settings.clusterApi.accounts.map(({ accountId, roleArn }) => [accountId, roleArn] as const);
  const ofRancher = rancher && {
    rancherUrl: platform.rancherUrl,
    rancher: { version: rancher.version, hostname: rancher.hostname, internal: rancher.internalLoadBalancer },
  };
  const { region, vpcRange: range } = settings.cluster;
  const routeTableIds = platform.nodeRouteTableIds;
  const gatewayId = gatewayOf(config.network.reach, region);
  const ofNetwork = { region, vpcId, range, natAddresses, routeTableIds, ...(gatewayId && { gatewayId }) };
  const ofAccess = { roleArns, accounts: Object.fromEntries(accounts), environments };
  return {
    ready: platformReady(platform),
    natAddresses,
    home: { managementName: management.name, region, range, vpcId, ...perZone(platform) },
    outputs: { kubeconfig, endpoint, oidcIssuer, ...ofNetwork, ...ofAccess, ...ofRancher, howToGet },
  };
}

/** Of a management platform, in order of zones. */
interface PerZone {
  readonly nodeSubnetIds: pulumi.Output<string[]>;
  readonly nodeRouteTableIds: pulumi.Output<string[]>;
}

/** One each for the three zones: how many there are is known before they are. */
function perZone({ nodeSubnetIds, nodeRouteTableIds }: PerZone): Pick<HomeNetwork, "subnetIds" | "routeTableIds"> {
  const each = (ids: pulumi.Output<string[]>) => [0, 1, 2].map((zone) => ids.apply((all) => all[zone] ?? ""));
  return { subnetIds: each(nodeSubnetIds), routeTableIds: each(nodeRouteTableIds) };
}

/** The transit gateway that this stack attaches the management network to. */
function gatewayOf(reach: ReachConfig, region: string): string | undefined {
  if (reach.kind !== "transit-gateway") return undefined;
  return Object.entries(reach.gateways).find(([each]) => each === region)?.[1].id;
}
