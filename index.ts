import * as pulumi from "@pulumi/pulumi";

import { Fleet, type ManagementClusterArgs } from "./components";
import { builtManagement, type KubeconfigManagement } from "./fleet/config/built";
import { parseConfig, type RawConfig } from "./fleet/config/parse";
import { FleetConfigError } from "./fleet/config/problems";
import { planFleet } from "./fleet/plan";
import { ManagementClusterError } from "./live/management-client";
import { observe } from "./live/observe";

/** The program of every stack: read the configuration, look at what lives, plan, create. */
export = async function program() {
  const { config, management, plan } = await explained(async () => {
    const config = parseConfig(engineConfig());
    const management = builtManagement(config);
    const observed = await observe({ source: management, namespace: config.environment });
    return { config, management, plan: planFleet(config, observed) };
  });

  const { notes, ...facts } = plan;
  notes.forEach((note) => void pulumi.log.info(note));
  const fleet = new Fleet(config.environment, { ...facts, management: managementArgs(management) });
  return {
    environment: config.environment,
    namespace: plan.namespace,
    management,
    clusters: fleet.clusterNames,
    classes: fleet.classNames,
  };
};

function managementArgs({ name, path, context }: KubeconfigManagement): ManagementClusterArgs {
  return { managementName: name, kubeconfigPath: path, kubeconfigContext: context };
}

/** The stack's own keys, as the engine has them. */
function engineConfig(): RawConfig {
  const config = new pulumi.Config("cluster-fleet");
  return {
    environment: config.get("environment"),
    management: config.getObject("management"),
    base: config.getObject("base"),
    classes: config.getObject("classes"),
    clusters: config.getObject("clusters"),
    decommission: config.getObject("decommission"),
  };
}

/** A mistake of the user ends the run with its message alone; anything else is a bug and keeps its stack trace. */
async function explained<T>(step: () => T | Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof FleetConfigError || error instanceof ManagementClusterError) {
      throw withoutStack(new pulumi.RunError(error.message));
    }
    throw error;
  }
}

/**
 * The SDK also formats the stack of a RunError, for its trace. Node takes half a minute for that: its colouring loops
 * over frames such as `node_modules/@pulumi/resource.ts` until the text gets too long for it.
 */
function withoutStack(error: pulumi.RunError): pulumi.RunError {
  error.stack = undefined;
  return error;
}
