import * as path from "node:path";

import * as pulumi from "@pulumi/pulumi";

import { Fleet, type ManagementClusterArgs } from "./components";
import { builtManagement, type KubeconfigManagement } from "./fleet/config/built";
import { parseConfig } from "./fleet/config/parse";
import { locator } from "./fleet/config/positions";
import { declaredVersions, planFleet } from "./fleet/plan";
import { configFiles } from "./live/config-files";
import { observe } from "./live/observe";
import { engineConfig, secretKeys } from "./program/configuration";
import { explained } from "./program/explained";
import { peerVersions } from "./program/peers";

/** The program of every stack: read the configuration, look at what lives, plan, create. */
export = async function program() {
  const raw = engineConfig();
  const file = (name: string) => path.join(pulumi.getRootDirectory(), name);
  const locate = locator(raw, () => configFiles(file(`Pulumi.${pulumi.getStack()}.yaml`), file("Pulumi.yaml")));
  const { config, management, plan, peers } = await explained(locate, async () => {
    const config = parseConfig(raw, secretKeys());
    const management = builtManagement(config);
    const [observed, peers] = await Promise.all([
      observe({ source: management, namespace: config.environment }),
      peerVersions(config.peers, management),
    ]);
    return { config, management, plan: planFleet(config, observed), peers };
  });

  const { notes, ...facts } = plan;
  notes.forEach((note) => void pulumi.log.info(note));
  const fleet = new Fleet(config.environment, {
    ...facts,
    peers,
    versionOverrides: config.versions,
    management: managementArgs(management),
  });
  return {
    environment: config.environment,
    namespace: plan.namespace,
    management,
    clusters: fleet.clusterNames,
    classes: fleet.classNames,
    versions: declaredVersions(plan),
  };
};

function managementArgs({ name, path, context }: KubeconfigManagement): ManagementClusterArgs {
  return { managementName: name, kubeconfigPath: path, kubeconfigContext: context };
}
