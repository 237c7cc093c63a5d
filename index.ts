import * as path from "node:path";

import * as pulumi from "@pulumi/pulumi";

import { Fleet } from "./components/fleet";
import { type FleetConfig } from "./fleet/config/config";
import { requireBuilt } from "./fleet/config/built";
import { parseConfig } from "./fleet/config/parse";
import { locator } from "./fleet/config/positions";
import { platformSettings } from "./fleet/management/platform";
import { requireAllowedUpgrade } from "./fleet/management/upgrade-problems";
import { declaredVersions, planFleet } from "./fleet/plan";
import { configFiles } from "./live/config-files";
import { engineConfig, secretKeys } from "./program/configuration";
import { ownEarlierOutputs } from "./program/earlier-outputs";
import { explained } from "./program/explained";
import { declaresFleet, look } from "./program/look";
import { findManagement } from "./program/management";
import { peerVersions } from "./program/peers";

/** The program of every stack: read the configuration, look at what lives, plan, create. */
export = async function program() {
  const raw = engineConfig();
  const file = (name: string) => path.join(pulumi.getRootDirectory(), name);
  const locate = locator(raw, () => configFiles(file(`Pulumi.${pulumi.getStack()}.yaml`), file("Pulumi.yaml")));
  const { config, found, plan, peers } = await explained(locate, async () => {
    const config = parseConfig(raw, secretKeys());
    requireBuilt(config);
    const earlier = ownEarlierOutputs();
    const found = await findManagement(config, earlier);
    if (config.management.kind === "eks") requireAllowedUpgrade(config.management, found.running ?? {});
    const [observed, peers] = await Promise.all([
      look(config, found, earlier),
      peerVersions(config.peers, found.source),
    ]);
    return { config, found, plan: planFleet(config, observed), peers };
  });

  const { notes, ...facts } = plan;
  notes.forEach((note) => void pulumi.log.info(note));
  const platform = await createPlatform(config);
  const fleet = declaresFleet(config)
    ? new Fleet(
        config.environment,
        {
          ...facts,
          peers,
          versionOverrides: config.versions,
          management: {
            ...found.access,
            ...(platform === undefined ? {} : { kubeconfig: platform.outputs.kubeconfig }),
          },
          createNamespace: config.management.kind === "kubeconfig",
        },
        { dependsOn: platform?.ready ?? [] },
      )
    : undefined;
  return {
    environment: config.environment,
    namespace: plan.namespace,
    management: { ...found.output, ...platform?.outputs },
    clusters: fleet?.clusterNames ?? [],
    classes: fleet?.classNames ?? [],
    versions: declaredVersions(plan),
  };
};

/** The management cluster, where this stack builds it. The AWS SDK is loaded for that alone. */
async function createPlatform({ management, environment, ...config }: FleetConfig) {
  if (management.kind !== "eks") return undefined;
  const settings = platformSettings(management, declaresFleet({ management, ...config }) ? environment : undefined);
  const { ManagementPlatform, platformReady } = await import("./components/management/management-platform");
  const platform = new ManagementPlatform(management.name, settings);
  const { kubeconfig, endpoint, oidcIssuer, vpcId, natAddresses, environments, roleArns, howToGet } = platform;
  const { rancher } = settings;
  const ofRancher = rancher && {
    rancherUrl: platform.rancherUrl,
    rancher: { version: rancher.version, hostname: rancher.hostname },
  };
  return {
    ready: platformReady(platform),
    outputs: { kubeconfig, endpoint, oidcIssuer, vpcId, natAddresses, environments, roleArns, ...ofRancher, howToGet },
  };
}
