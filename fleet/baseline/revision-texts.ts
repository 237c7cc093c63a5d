import { z } from "zod";

import { canonicalJson, type Json } from "../content-hash";
import { type BaseObject } from "./base-objects";
import { type BaseRevision, revisionOf } from "./base-revision";
import { namespacesPart, objectsWithTexts, type RevisionObjects, type RevisionTexts } from "./resource-sets";

const contents = z.array(
  z.looseObject({
    apiVersion: z.string(),
    kind: z.string(),
    metadata: z.looseObject({ name: z.string(), labels: z.record(z.string(), z.string()) }),
  }),
);

/** A revision as its `ConfigMap`s hold it. */
export interface ReadRevision {
  /** What is there, under the name that it should have. */
  readonly revision: BaseRevision;
  /** Its objects carry that name: by their labels, and the settings in their data. */
  readonly isLabelled: boolean;
}

/** Reads what a revision holds, whatever it is called. @returns Undefined where that is not lists of labelled objects. */
export function readRevision({ namespaces, objects }: RevisionTexts): ReadRevision | undefined {
  const [made, kept] = [objectsIn(namespaces), objectsIn(objects)];
  if (made === undefined || kept === undefined) return undefined;
  const revision = revisionOf(made, kept);
  return { revision, isLabelled: canonical(revision.objects) === canonical(kept) };
}

/**
 * A revision as it lives: what a cluster has that may not move yet is written nowhere else.
 * @param texts Of the `ConfigMap`s of the base configuration that live, by name.
 * @returns Undefined where it is not there as a whole, or is not what its name says.
 */
export function livingRevision(name: string, texts: Readonly<Record<string, string>>): RevisionObjects | undefined {
  const [namespaces, objects] = [texts[namespacesPart(name)], texts[name]];
  if (namespaces === undefined || objects === undefined) return undefined;
  const { revision, isLabelled } = readRevision({ namespaces, objects }) ?? {};
  return revision?.name === name && isLabelled ? objectsWithTexts(name, { namespaces, objects }) : undefined;
}

function objectsIn(text: string): BaseObject[] | undefined {
  try {
    return contents.safeParse(JSON.parse(text)).data as BaseObject[] | undefined;
  } catch {
    return undefined;
  }
}

function canonical(objects: readonly BaseObject[]): string {
  return canonicalJson(objects as unknown as Json);
}
