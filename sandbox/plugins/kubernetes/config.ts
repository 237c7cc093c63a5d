import { equal, type JsonObject, stringAt } from "../grpc/json";
import { type CheckRequest, type CheckResponse, type DiffRequest, type DiffResponse } from "../grpc/provider";
import { hasUnknown, withoutSecrets } from "../grpc/struct";
import { activeCluster } from "./kubeconfig";
import { kubeconfigText, refusals } from "./settings";

/** Settings that lead to the cluster. */
const CLUSTER_SETTINGS = ["cluster", "context", "kubeconfig"];

/** The provider's configuration as it is; what the stand-in cannot honour is refused. */
export function checkConfig(request: CheckRequest): CheckResponse {
  const failures = refusals(request.news);
  return failures.length > 0 ? { inputs: request.news, failures } : { inputs: request.news };
}

/**
 * What changes in the provider's configuration. Another cluster replaces the provider and everything that it made; two
 * equal values of `clusterIdentifier` say that it is the same cluster, two different ones that it is another.
 */
export async function diffConfig(request: DiffRequest): Promise<DiffResponse> {
  const olds = withoutSecrets(request.olds);
  const news = withoutSecrets(request.news);
  const names = [...new Set([...Object.keys(olds), ...Object.keys(news)])].sort();
  const diffs = names.filter((name) => name !== "version" && !equal(olds[name], news[name]));
  if (diffs.length === 0) return { changes: "DIFF_NONE" };
  const replaces = await replacing(olds, news, diffs);
  return { changes: "DIFF_SOME", diffs, ...(replaces.length > 0 ? { replaces } : {}) };
}

async function replacing(olds: JsonObject, news: JsonObject, diffs: string[]): Promise<string[]> {
  const [oldIdentifier, newIdentifier] = [stringAt(olds, "clusterIdentifier"), stringAt(news, "clusterIdentifier")];
  if (oldIdentifier && oldIdentifier === newIdentifier) return [];
  const identifier = oldIdentifier && newIdentifier ? ["clusterIdentifier"] : [];
  const settings = diffs.filter((name) => CLUSTER_SETTINGS.includes(name));
  const unknown = settings.filter((name) => hasUnknown(news[name]));
  if (unknown.length > 0 || settings.length === 0) return [...identifier, ...unknown];
  const [before, after] = [await activeCluster(selection(olds)), await activeCluster(selection(news))];
  const differs = before !== undefined && after !== undefined && before !== after;
  return differs && olds["kubeconfig"] !== undefined ? [...identifier, ...settings] : identifier;
}

function selection(config: JsonObject) {
  return {
    kubeconfig: kubeconfigText(config["kubeconfig"]),
    context: stringAt(config, "context"),
    cluster: stringAt(config, "cluster"),
  };
}
