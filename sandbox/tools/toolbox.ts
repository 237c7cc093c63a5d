import { readFileSync } from "node:fs";
import { type ComponentName } from "../management/names";
import { type BinaryName } from "./families";
import { type ComponentManifests } from "./manifests";

/** The programs that a sandbox runs, found or built. */
export interface Toolbox {
  /** Absolute path of the executable. */
  file(name: BinaryName): string;
  /** With a leading `v`. */
  version(name: BinaryName): string;
  manifests(component: ComponentName): ComponentManifests;
}

export interface Tool {
  readonly file: string;
  readonly version: string;
}

/** @param manifests JSON file with the manifests of every component. */
export function toolbox(tools: ReadonlyMap<BinaryName, Tool>, manifests: string): Toolbox {
  const tool = (name: BinaryName): Tool => {
    const found = tools.get(name);
    if (found === undefined) throw new Error(`the toolbox lacks ${name}`);
    return found;
  };
  let read: Record<ComponentName, ComponentManifests> | undefined;
  return {
    file: (name) => tool(name).file,
    version: (name) => tool(name).version,
    manifests(component) {
      read ??= JSON.parse(readFileSync(manifests, "utf8")) as Record<ComponentName, ComponentManifests>;
      return read[component];
    },
  };
}
