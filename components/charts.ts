import { Release } from "@pulumi/kubernetes/helm/v3";
import * as pulumi from "@pulumi/pulumi";

/** Which chart to install, from where, and what to set otherwise than we do. */
export interface ChartArgs {
  /** Name in the repository, an `oci://` reference or the path of a chart on this machine; plain. */
  chart: string;
  /** Address of the chart repository; plain. Absent for an `oci://` reference and for a path. */
  repo?: string;
  /** Version of the chart as its repository writes it, with or without v; plain. Another one upgrades the release. */
  version: string;
  /**
   * Values laid over ours; plain. Maps merge key by key, everything else replaces ours, lists too; null takes ours
   * away, so that the chart's own default holds. Never a secret: the stack file shows them in clear. Default: none.
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- schema inference knows no other word for "any object"
  values?: any;
}

/** Where a chart is installed and how; see {@link helmRelease}. */
export interface HelmReleaseSettings {
  /** Namespace, which must exist: pass the name of the Namespace resource, so that it comes first and goes last. */
  readonly namespace: pulumi.Input<string>;
  /** Name of the release, as `helm list` shows it. Another one replaces the release: it is removed and installed. */
  readonly releaseName: string;
  /** Our values. What is secret in them must be a secret output; better still, name a Secret that you declare. */
  readonly values: object;
  /** Seconds until the release counts as failed; each hook may take as long. */
  readonly timeoutSeconds: number;
  /**
   * A failed install is removed, a failed upgrade rolled back, at once. Only for charts whose removal harms nothing
   * else: Rancher's deletes what Rancher made, a Cluster API provider's leaves clusters that nobody can delete.
   * Default: false, the failed release stays to be looked at, and the next run upgrades it.
   */
  readonly atomic?: boolean;
}

/** Revisions that Helm keeps, each a Secret: enough to roll back by hand. Helm's own default keeps all. */
const MAX_HISTORY = 10;

/**
 * Installs a chart by Helm itself, with its hooks. Helm waits until what it made is ready; definitions in the chart's
 * `crds/` folder are installed, and never upgraded (that is Helm's rule).
 *
 * @example
 * helmRelease(
 *   `${name}-cert-manager`,
 *   args.charts["cert-manager"],
 *   { namespace: namespace.metadata.name, releaseName: "cert-manager", values: {}, timeoutSeconds: 600 },
 *   { parent: this },
 * );
 */
export function helmRelease(
  name: string,
  { chart, repo, version, values: overrides }: ChartArgs,
  { namespace, releaseName, values, timeoutSeconds, atomic = false }: HelmReleaseSettings,
  opts: pulumi.CustomResourceOptions,
): Release {
  const isPublished = repo !== undefined || chart.startsWith("oci://");
  return new Release(
    name,
    {
      name: releaseName,
      namespace,
      createNamespace: false,
      chart,
      version,
      ...(repo === undefined ? {} : { repositoryOpts: { repo } }),
      values: mergeValues(values, overrides) as Record<string, unknown>,
      // Without it, Helm keeps the last release's values when there are none any more.
      resetValues: true,
      atomic,
      skipAwait: false,
      timeout: timeoutSeconds,
      maxHistory: MAX_HISTORY,
    },
    // A published version never changes, but charts that make certificates render otherwise each time.
    isPublished ? pulumi.mergeOptions(opts, { ignoreChanges: ["checksum"] }) : opts,
  );
}

/** Values stay as secret or unknown as they are: each is moved as a whole. */
function mergeValues(ours: unknown, overrides: unknown): unknown {
  if (overrides === undefined) return ours;
  if (!isMap(overrides)) return overrides;
  if (pulumi.Output.isInstance(ours)) return ours.apply((known) => mergeValues(known, overrides));
  const merged = new Map(isMap(ours) ? Object.entries(ours) : []);
  for (const [key, override] of Object.entries(overrides)) {
    if (override === null) merged.delete(key);
    else merged.set(key, mergeValues(merged.get(key), override));
  }
  return Object.fromEntries(merged);
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !pulumi.Output.isInstance(value);
}
