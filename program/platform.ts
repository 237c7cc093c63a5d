import { type FleetConfig } from "../fleet/config/config";
import { platformSettings } from "../fleet/management/platform";
import { declaresFleet } from "./look";

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
    rancher: { version: rancher.version, hostname: rancher.hostname },
  };
  const ofNetwork = { vpcId, range: settings.cluster.vpcRange, natAddresses };
  const ofAccess = { roleArns, accounts: Object.fromEntries(accounts), environments };
  return {
    ready: platformReady(platform),
    natAddresses,
    outputs: { kubeconfig, endpoint, oidcIssuer, ...ofNetwork, ...ofAccess, ...ofRancher, howToGet },
  };
}
