import { Document, visit } from "yaml";

import { merge } from "../config/levels";
import { type AddOnsConfig } from "../config/schema/baseline";
import { contentHash } from "../content-hash";
import { CLASS, FIELD_MANAGER, MANAGED_BY, MANAGER } from "../labels";
import { addOn } from "./add-ons";
import { type ChartAddOnName } from "./catalogue";
import { chosenAddOn } from "./chosen";
import { ADD_ON, LOGGING, MONITORING, ON, TRACK } from "./labels";
import { type ManagementObject } from "./resource-sets";

export const HELM_CHART_PROXY = { apiVersion: "addons.cluster.x-k8s.io/v1alpha1", kind: "HelmChartProxy" };

/** Cluster API's add-on provider writes the name into a label. */
const NAME_LENGTH = 63;

/**
 * An add-on of one track: a chart that Cluster API's add-on provider for Helm keeps on every cluster of the track that the
 * add-on is for. It is edited in place, because a cluster that it no longer selects loses the add-on; for the same reason
 * nothing that may change of a cluster selects, but its switches.
 *
 * Source: CAAPH 0.6.4, `controllers/helmchartproxy`: another chart, repository, release name or namespace is uninstalled
 * and installed; another version or other values are an upgrade.
 */
export function helmChartProxy(name: ChartAddOnName, track: string, config: AddOnsConfig): ManagementObject {
  const { chart, repo, version, values } = chosenAddOn(name, config);
  const { namespace, releaseName, values: ours } = addOn(name);
  return {
    ...HELM_CHART_PROXY,
    metadata: {
      name: proxyName(name, track),
      labels: { [MANAGED_BY]: MANAGER, [ADD_ON]: name, [TRACK]: track },
      annotations: { [FIELD_MANAGER]: MANAGER },
    },
    spec: {
      clusterSelector: clusterSelector(name, track),
      chartName: chart,
      repoURL: repo,
      version,
      releaseName,
      namespace,
      valuesTemplate: valuesTemplate(withoutNulls(merge(ours(config), values))),
    },
  };
}

/** `<add-on>-<track>`; the track by its hash where the name would be too long. */
export function proxyName(name: ChartAddOnName, track: string): string {
  const full = `${name}-${track}`;
  return full.length <= NAME_LENGTH ? full : `${name}-${contentHash(track)}`;
}

function clusterSelector(name: ChartAddOnName, track: string) {
  const { families, behind } = addOn(name);
  const switches = { monitoring: { [MONITORING]: ON }, logging: { [LOGGING]: ON } };
  return {
    matchLabels: { [TRACK]: track, ...(behind === undefined ? {} : switches[behind]) },
    ...(families === undefined ? {} : { matchExpressions: [{ key: CLASS, operator: "In", values: [...families] }] }),
  };
}

/** Texts in single quotes, or as they are where they have lines: a template in them may use double quotes. */
function valuesTemplate(values: unknown): string {
  const document = new Document(values);
  visit(document, {
    Scalar: (_key, scalar) => {
      if (typeof scalar.value === "string" && scalar.value.includes("\n")) scalar.type = "BLOCK_LITERAL";
    },
  });
  return document.toString({ defaultKeyType: "PLAIN", defaultStringType: "QUOTE_SINGLE", lineWidth: 0 });
}

/** A null of the user's takes our value away, so that the chart's own holds. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(members.map(([key, member]) => [key, withoutNulls(member)]));
}
