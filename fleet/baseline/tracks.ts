import { type AddOnsConfig } from "../config/schema/baseline";
import { contentHash } from "../content-hash";
import { FIELD_MANAGER, MANAGED_BY, MANAGER } from "../labels";
import { type AddOnSpec, type ObservedAddOn } from "../observed";
import { addOnsOf, reaches } from "./add-ons";
import { type ChartAddOnName } from "./catalogue";
import { ADD_ON, TRACK } from "./labels";
import { type BaselineMember, hasBaseline } from "./plan";
import { HELM_CHART_PROXY, helmChartProxy } from "./proxies";
import { type ManagementObject } from "./resource-sets";

/** The add-ons of a track: what the configuration asks for, and what lives. */
export interface Track {
  readonly name: string;
  /** Sorted by add-on. */
  readonly wanted: readonly Proxy[];
  /** Of ours; empty where the track is new. */
  readonly live: readonly ObservedAddOn[];
}

/** An add-on of a track, as a run declares it. */
export interface Proxy {
  readonly addOn: ChartAddOnName;
  readonly object: ManagementObject;
}

/**
 * The tracks that clusters are in. An add-on is wanted on a track as long as a cluster of the track has it.
 * @param members The clusters as they live, and as the configuration asks for them.
 * @param live Add-ons in the environment's namespace.
 */
export function addOnTracks(
  members: readonly BaselineMember[],
  config: AddOnsConfig,
  live: readonly ObservedAddOn[],
): Track[] {
  const taking = members.filter(hasBaseline);
  const names = [...new Set(taking.map(({ base }) => base.track))].sort();
  return names.map((name) => {
    const ofTrack = taking.filter(({ base }) => base.track === name);
    const wanted = addOnsOf(config).filter((addOn) => ofTrack.some((member) => reaches(addOn, member)));
    return {
      name,
      wanted: wanted.map((addOn) => ({ addOn, object: helmChartProxy(addOn, name, config) })),
      live: live.filter(({ track }) => track === name),
    };
  });
}

/** What a run declares for a track. @param moves They become what the configuration asks for; else they stay as they live. */
export function declaredProxies({ wanted, live }: Track, moves: boolean): ManagementObject[] {
  return moves || live.length === 0 ? wanted.map(({ object }) => object) : live.map(asItLives);
}

/** What differs between the add-ons that live and those that are wanted, in words: `cilium 1.18.4 -> 1.19.1`. */
export function trackChanges({ wanted, live }: Track): string[] {
  const before = new Map(live.map(({ name, spec }) => [name, spec]));
  const after = new Set(wanted.map(({ object }) => object.metadata.name));
  return [
    ...wanted.flatMap(({ addOn, object }) => changesOf(addOn, before.get(object.metadata.name), specOf(object))),
    ...live.flatMap(({ name, addOn, spec }) => (after.has(name) ? [] : [`${addOn} ${spec.version} -> (none)`])),
  ];
}

/** What is wanted of a track, as one word: another chart, version or value is another one. */
export function trackHash({ wanted }: Track): string {
  return `add-ons-${contentHash(wanted.map(({ object }) => ({ ...specOf(object) })))}`;
}

function changesOf(addOn: string, before: AddOnSpec | undefined, after: AddOnSpec): string[] {
  if (before === undefined) return [`${addOn} (none) -> ${after.version}`];
  if (before.version !== after.version) return [`${addOn} ${before.version} -> ${after.version}`];
  const keys = ["chartName", "repoURL", "releaseName", "namespace"] as const;
  const changed = keys.filter((key) => before[key] !== after[key]);
  return changed.length > 0
    ? [`${addOn} ${changed.map((key) => `${key} ${before[key]} -> ${after[key]}`).join(", ")}`]
    : before.valuesTemplate === after.valuesTemplate
      ? []
      : [`${addOn} other values`];
}

function specOf({ spec }: ManagementObject): AddOnSpec {
  const { chartName, repoURL, version, releaseName, namespace, valuesTemplate } = spec as AddOnSpec;
  return { chartName, repoURL, version, releaseName, namespace, valuesTemplate };
}

function asItLives({ name, addOn, track, selector, spec }: ObservedAddOn): ManagementObject {
  return {
    ...HELM_CHART_PROXY,
    metadata: {
      name,
      labels: { [MANAGED_BY]: MANAGER, [ADD_ON]: addOn, [TRACK]: track },
      annotations: { [FIELD_MANAGER]: MANAGER },
    },
    spec: { clusterSelector: selector, ...spec },
  };
}
