import { CLASS, REGION } from "../labels";

/**
 * Templates that Cluster API's add-on provider fills in for each cluster, in Go's template language with Sprig. They look
 * at the `Cluster` object and its control plane. Source: CAAPH 0.6.4, `internal/value_substitutions.go`.
 */

export const CLUSTER_NAME = "{{ .Cluster.metadata.name }}";
export const CLUSTER_REGION = label(REGION);

/** The value of a label of the cluster. */
export function label(key: string): string {
  return `{{ index .Cluster.metadata.labels "${key}" }}`;
}

/** A text for clusters of one class, another for all others. */
export function byClass(family: string, own: string, others: string): string {
  return `{{ if eq (index .Cluster.metadata.labels "${CLASS}") "${family}" }}${own}{{ else }}${others}{{ end }}`;
}

/**
 * The entry of the control plane's minor of Kubernetes. What its oldest machine runs decides, so that during an upgrade
 * nothing is newer than an API server; before there is a machine, what the topology asks for.
 */
export function byMinor(entries: Readonly<Record<string, string>>): string {
  const dict = Object.entries(entries).map(([minor, value]) => `"${minor}" "${value}"`);
  const version = '(dig "status" "version" .Cluster.spec.topology.version (default dict .ControlPlane))';
  return `{{ get (dict ${dict.join(" ")}) (regexFind "[0-9]+[.][0-9]+" ${version}) }}`;
}
