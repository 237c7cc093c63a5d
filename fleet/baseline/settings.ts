import { type BaselineValues } from "../config/schema/baseline";
import { isOnAws } from "../families";

/** A cluster's base configuration, complete. Clusters with equal settings have the same revision. */
export interface BaseSettings {
  readonly environment: string;
  readonly monitoring: boolean;
  readonly logging: boolean;
  readonly networkPolicy: boolean;
  readonly resourceLimits: "none" | "strict";
  /** Guarded namespaces, sorted; `default` is one of them. */
  readonly namespaces: readonly string[];
  /** Of each guarded namespace; counts only with strict limits. */
  readonly quota: { readonly cpu: string; readonly memory: string; readonly pods: number };
}

/** What of a cluster decides its base configuration. */
export interface BaseFacts {
  /** Absent on a plain cluster. */
  readonly class?: string | undefined;
  readonly baseline?: BaselineValues | undefined;
}

/** Room for some tens of services; a limit is there to be met before the bill is. */
const QUOTA = { cpu: "20", memory: "64Gi", pods: 200 };

/**
 * The base configuration of a cluster.
 * @returns Undefined where it has none: in memory no such objects exist, and a plain cluster, which somebody else made,
 * takes part only if the configuration says anything of its base.
 */
export function baseSettings(environment: string, { class: family, baseline }: BaseFacts): BaseSettings | undefined {
  const takesPart = family === undefined ? baseline !== undefined : isOnAws(family);
  if (!takesPart) return undefined;
  const { monitoring, logging, networkPolicy, resourceLimits, namespaces = [], quota } = baseline ?? {};
  return {
    environment,
    monitoring: monitoring ?? true,
    logging: logging ?? true,
    networkPolicy: networkPolicy ?? true,
    resourceLimits: resourceLimits ?? "none",
    namespaces: [...new Set(["default", ...namespaces])].sort(),
    quota: { cpu: quota?.cpu ?? QUOTA.cpu, memory: quota?.memory ?? QUOTA.memory, pods: quota?.pods ?? QUOTA.pods },
  };
}
