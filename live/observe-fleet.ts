import { CoreV1Api } from "@kubernetes/client-node";

import { revisionsToRead } from "../fleet/baseline/held-revisions";
import { partsOf } from "../fleet/baseline/resource-sets";
import { type FleetConfig } from "../fleet/config/config";
import { type Observed } from "../fleet/observed";
import { readBaseText } from "./base-parts";
import { type KubeconfigSource, loadKubeconfig } from "./management-client";
import { observe } from "./observe";

/**
 * Looks at all that the plan of a fleet is made from: what {@link observe} sees of its environment, and of the base
 * configurations that clusters have from before, what they hold.
 * @throws ManagementClusterError as {@link observe}.
 */
export async function observeFleet(config: FleetConfig, source: KubeconfigSource): Promise<Observed> {
  const namespace = config.environment;
  const observed = await observe({ source, namespace });
  const revisions = revisionsToRead(config, observed.clusters);
  if (revisions.length === 0) return observed;
  const api = loadKubeconfig(source).makeApiClient(CoreV1Api);
  const texts: Record<string, string> = {};
  for (const name of revisions.flatMap(partsOf)) {
    const text = await readBaseText(api, namespace, name);
    if (text !== undefined) texts[name] = text;
  }
  return { ...observed, baseTexts: texts };
}
