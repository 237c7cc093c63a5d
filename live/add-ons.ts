import { z } from "zod";

import { ADD_ON, TRACK } from "../fleet/baseline/labels";
import { MANAGED_BY, MANAGER } from "../fleet/labels";
import { type ObservedAddOn } from "../fleet/observed";
import { type LiveObject } from "./management-client";

const text = z.string().default("");
const proxy = z.object({
  spec: z.object({
    clusterSelector: z.json(),
    chartName: text,
    repoURL: text,
    version: text,
    releaseName: text,
    namespace: text,
    valuesTemplate: text,
  }),
  status: z
    .object({
      observedGeneration: z.number().optional(),
      conditions: z
        .array(z.object({ type: z.string(), status: z.string(), lastTransitionTime: z.string(), message: text }))
        .default([]),
    })
    .prefault({}),
});

/** The add-ons of ours, from the `HelmChartProxy`s of a management cluster. */
export function observedAddOns(proxies: readonly LiveObject[]): ObservedAddOn[] {
  return proxies
    .filter(({ metadata }) => metadata.labels?.[MANAGED_BY] === MANAGER)
    .map((object) => {
      const { metadata } = object;
      const {
        spec: { clusterSelector: selector, ...spec },
        status,
      } = proxy.parse(object);
      const ready = status.conditions.find(({ type }) => type === "Ready");
      return {
        namespace: metadata.namespace,
        name: metadata.name,
        addOn: metadata.labels?.[ADD_ON] ?? "",
        track: metadata.labels?.[TRACK] ?? "",
        selector,
        spec,
        ready: ready?.status === "True" && status.observedGeneration === metadata.generation,
        since: ready?.lastTransitionTime ?? metadata.creationTimestamp,
        reason: ready?.message ?? "",
      };
    });
}
