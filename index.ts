import * as path from "node:path";

import * as pulumi from "@pulumi/pulumi";

import { clustersOf, Fleet } from "./components/fleet";
import { costNote } from "./fleet/cost/fleet-cost";
import { parseConfig } from "./fleet/config/parse";
import { locator } from "./fleet/config/positions";
import { requireAllowedUpgrade } from "./fleet/management/upgrade-problems";
import { ownNetworks } from "./fleet/network/neighbours";
import { declaredVersions, planFleet } from "./fleet/plan";
import { configFiles } from "./live/config-files";
import { forgetLeftRevisions } from "./program/base-records";
import { engineConfig, secretKeys } from "./program/configuration";
import { ownEarlierOutputs, stackOutputs } from "./program/earlier-outputs";
import { explained } from "./program/explained";
import { declaresFleet, look } from "./program/look";
import { findManagement } from "./program/management";
import { compareNeighbours } from "./program/neighbours";
import { peerVersions } from "./program/peers";
import { awsFacts } from "./program/aws-facts";
import { createPlatform } from "./program/platform";
import { runLimits, tellRollout } from "./program/rollout";
import { createReach, homeNetwork, planReach } from "./program/reach";

/** The program of every stack: read the configuration, look at what lives, plan, create. */
export = async function program() {
  const raw = engineConfig();
  const file = (name: string) => path.join(pulumi.getRootDirectory(), name);
  const locate = locator(raw, () => configFiles(file(`Pulumi.${pulumi.getStack()}.yaml`), file("Pulumi.yaml")));
  const { config, limits, found, observed, plan, peers, beside, reach } = await explained(locate, async () => {
    const config = parseConfig(raw, secretKeys());
    const limits = runLimits();
    const outputs = stackOutputs();
    const earlier = ownEarlierOutputs(outputs);
    const found = await findManagement(config, earlier, outputs);
    if (config.management.kind === "eks") requireAllowedUpgrade(config.management, found.running ?? {});
    const [observed, peers] = await Promise.all([
      look(config, found, earlier),
      peerVersions(config.peers, found.source, outputs),
    ]);
    const plan = planFleet(config, observed, found.side, limits);
    const beside = await compareNeighbours(config, observed, outputs);
    const reach = await planReach(config, plan, found, observed, earlier);
    return { config, limits, found, observed, plan, peers, beside, reach };
  });

  tellRollout(plan, config, limits);
  await forgetLeftRevisions(plan, observed, found.source);
  // Times and reasons are no inputs: the next preview would differ by them alone.
  const { notes, rollout: _rollout, ...facts } = plan;
  const said = [...notes, ...beside, ...(reach?.notes ?? []), costNote(config, new Date())];
  said.forEach((note) => note && void pulumi.log.info(note));
  const platform = await createPlatform(config);
  const fleet = declaresFleet(config)
    ? new Fleet(
        config.environment,
        {
          ...facts,
          peers,
          ...awsFacts(config, plan, found.side, platform?.natAddresses),
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
  const home = homeNetwork(platform?.home, found);
  if (reach !== undefined && home !== undefined) {
    await createReach(config.environment, reach, home, fleet === undefined ? new Map() : clustersOf(fleet));
  }
  return {
    environment: config.environment,
    namespace: plan.namespace,
    management: { ...found.output, ...platform?.outputs },
    clusters: fleet?.clusterNames ?? [],
    classes: fleet?.classNames ?? [],
    versions: declaredVersions(plan),
    networks: ownNetworks(config),
    ...(reach === undefined || reach.links.length === 0 ? {} : { reach: reach.links }),
  };
};
