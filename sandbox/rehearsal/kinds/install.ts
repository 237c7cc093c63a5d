import { setTimeout as sleep } from "node:timers/promises";

import { type Access, apply, request } from "../../management/api";
import { type CustomResourceDefinition } from "../../tools/manifests";
import { type ForeignKinds } from "./foreign-kinds";

const DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
const PATIENCE_MS = 60_000;

/**
 * Brings what a system would have brought: its kinds and, once the API server serves them, its own objects. Whatever is
 * there already is made as it should be.
 * @throws Error if the API server refuses something, or does not serve a kind after a minute.
 */
export async function installForeignKinds(access: Access, { crds, runs, objects }: ForeignKinds): Promise<void> {
  // What runs has brought its definitions, with the address that converts them.
  if (runs === undefined) await Promise.all(crds.map((crd) => apply(access, DEFINITIONS, crd)));
  await Promise.all(crds.flatMap(collections).map((collection) => served(access, collection)));
  // One after the other: a namespace comes before what is in it.
  for (const { collection, object } of objects) await apply(access, collection, object);
}

/** Where the objects of a kind are listed, in each version. */
function collections({ spec }: CustomResourceDefinition): string[] {
  const versions = spec.versions.filter(({ served }) => served);
  return versions.map(({ name }) => `/apis/${spec.group}/${name}/${spec.names.plural}`);
}

async function served(access: Access, collection: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while ((await request(access, "GET", `${collection}?limit=1`)).status !== 200) {
    if (Date.now() > deadline) throw new Error(`the API server does not serve ${collection} after 60 s`);
    await sleep(100);
  }
}
