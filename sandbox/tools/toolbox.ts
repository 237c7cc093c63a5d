import { readFileSync } from "node:fs";
import { type ComponentName } from "../management/names";
import { type BinaryName, type CrdSource } from "./families";
import { type ComponentManifests, type CustomResourceDefinition } from "./manifests";

/** The programs that a sandbox runs, found or built. */
export interface Toolbox {
  /** Absolute path of the executable. */
  file(name: BinaryName): string;
  /** With a leading `v`. */
  version(name: BinaryName): string;
  manifests(component: ComponentName): ComponentManifests;
  /** Definitions of a system that does not run in the sandbox, as its Go module ships them, without webhooks. */
  crds(source: CrdSource): readonly CustomResourceDefinition[];
}

export interface Tool {
  readonly file: string;
  readonly version: string;
}

/** What lies beside the programs. */
export interface ToolFiles {
  /** JSON files with the manifests of the components. */
  readonly manifests: readonly string[];
  /** JSON file with the definitions of every source. */
  readonly crds: string;
}

export function toolbox(tools: ReadonlyMap<BinaryName, Tool>, files: ToolFiles): Toolbox {
  const tool = (name: BinaryName): Tool => {
    const found = tools.get(name);
    if (found === undefined) throw new Error(`the toolbox lacks ${name}`);
    return found;
  };
  const manifests = readOnce<Record<ComponentName, ComponentManifests>>(files.manifests);
  const crds = readOnce<Record<CrdSource, CustomResourceDefinition[]>>([files.crds]);
  return {
    file: (name) => tool(name).file,
    version: (name) => tool(name).version,
    manifests: (component) => manifests()[component],
    crds: (source) => crds()[source],
  };
}

/** The members of several files together. */
function readOnce<T extends object>(files: readonly string[]): () => T {
  let read: T | undefined;
  return () => (read ??= Object.assign({}, ...files.map((file) => JSON.parse(readFileSync(file, "utf8")) as T)) as T);
}
