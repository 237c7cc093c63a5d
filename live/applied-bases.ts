import { z } from "zod";

import { partsOf, revisionOfPart } from "../fleet/baseline/resource-sets";
import { type ObservedBase } from "../fleet/observed";
import { type LiveObject } from "./management-client";

const record = z.object({
  spec: z
    .object({
      clusterName: z.string().default(""),
      bindings: z
        .array(
          z.object({
            clusterResourceSetName: z.string(),
            resources: z
              .array(z.object({ applied: z.boolean().default(false), lastAppliedTime: z.string().default("") }))
              .default([]),
          }),
        )
        .default([]),
    })
    .prefault({}),
});

type Entry = z.output<typeof record>["spec"]["bindings"][number];

/**
 * The revisions of the base configuration that Cluster API has noted for each cluster, by `namespace/cluster`.
 * @param records `ClusterResourceSetBinding`s.
 */
export function observedBases(records: readonly LiveObject[]): ReadonlyMap<string, ObservedBase[]> {
  return new Map(
    records.map((object) => {
      const { clusterName, bindings } = record.parse(object).spec;
      const entries = new Map(bindings.map((entry) => [entry.clusterResourceSetName, entry]));
      const revisions = new Set(bindings.flatMap(({ clusterResourceSetName: name }) => revisionOfPart(name) ?? []));
      const { namespace, name } = object.metadata;
      const bases = [...revisions].map((revision) => observedBase(revision, entries));
      return [`${namespace}/${clusterName || name}`, bases];
    }),
  );
}

/** A revision is applied with both of its parts. */
function observedBase(revision: string, entries: ReadonlyMap<string, Entry>): ObservedBase {
  const parts = partsOf(revision).map((set) => entries.get(set)?.resources ?? []);
  return {
    revision,
    applied: parts.every((part) => part.length > 0 && part.every(({ applied }) => applied)),
    since: parts.flat().reduce((latest, { lastAppliedTime: time }) => (time > latest ? time : latest), ""),
  };
}
