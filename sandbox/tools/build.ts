import { appendFileSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { type Report, type Step } from "../report";
import {
  type Binary,
  type BinaryName,
  FAMILIES,
  linkerFlags,
  moduleFolder,
  requiredVersion,
  type ToolFamily,
} from "./families";
import { cached, familyFolder } from "./cache";
import { copyWritable } from "./copy";
import { findTools } from "./found";
import { goVersion, runGo } from "./go";
import { patched, patchesOf, type SourcePatch } from "./loopback";
import { readComponent } from "./manifests";
import { CHARTS, CRDS, keepShippedFiles } from "./shipped";
import { type Tool, toolbox, type Toolbox } from "./toolbox";

const MANIFESTS = "manifests.json";

/**
 * Finds every program a sandbox runs: named by the user, in the cache, or built from source now. A build on two cores
 * takes about fifteen minutes in all; it happens once per machine and set of versions.
 * @param folder The tool cache.
 * @throws SandboxProblem if something must be built and Go cannot do it.
 */
export async function findOrBuildTools(folder: string, report: Report): Promise<Toolbox> {
  const found = findTools(process.env);
  for (const notice of found.notices) report.line(notice);
  const tools = new Map<BinaryName, Tool>(found.tools);
  const wanted = FAMILIES.map((family) => ({
    family,
    binaries: family.binaries.filter(({ name }) => !tools.has(name)),
  })).filter(({ family, binaries }) => binaries.length > 0 || family.shipped !== undefined);
  const manifests: string[] = [];
  let crds = "";
  for (const { family, binaries } of wanted) {
    const place = await provide(folder, family, binaries, report);
    if (family.manifests !== undefined) manifests.push(path.join(place, MANIFESTS));
    if (family.shipped !== undefined) crds = path.join(place, CRDS);
    for (const binary of binaries) {
      const version = requiredVersion(family, binary.module);
      tools.set(binary.name, { file: path.join(place, binary.name), version });
    }
  }
  return toolbox(tools, { manifests, crds });
}

async function provide(
  cache: string,
  family: ToolFamily,
  binaries: readonly Binary[],
  report: Report,
): Promise<string> {
  const place = familyFolder(cache, family, binaries);
  const files = [
    ...binaries.map(({ name }) => name),
    ...(family.manifests === undefined ? [] : [MANIFESTS]),
    ...(family.shipped === undefined ? [] : [CHARTS, CRDS]),
  ];
  let step: Step | undefined;
  const open = () => (step ??= report.step(`Tools, ${family.name}`, { heartbeat: true }));
  try {
    await cached(
      place,
      files,
      async (into) => {
        open().update("looking for Go");
        const version = goVersion(moduleFolder(family));
        await buildFamily(family, binaries, into, (detail) => open().update(`${detail} with Go ${version}`));
      },
      (pid) => open().update(`waiting for process ${pid}, which is building them`),
    );
    step?.done(`built in ${place}`);
  } catch (error) {
    step?.abandon();
    throw error;
  }
  return place;
}

async function buildFamily(
  family: ToolFamily,
  binaries: readonly Binary[],
  into: string,
  progress: (detail: string) => void,
): Promise<void> {
  const module = moduleFolder(family);
  const work = path.join(into, "work");
  mkdirSync(work);
  const patches = patchesOf(family);
  const modfile = patches.length === 0 ? [] : [`-modfile=${await patchedModules(module, patches, work)}`];
  for (const [index, binary] of binaries.entries()) {
    progress(`building ${binary.name} (${index + 1} of ${binaries.length})`);
    const flags = ["-trimpath", "-ldflags", linkerFlags(family, binary), ...modfile];
    await runGo(module, ["build", "-o", path.join(into, binary.name), ...flags, binary.package]);
  }
  if (family.manifests !== undefined) {
    const entries = Object.entries(family.manifests).map(async ([component, { module: name, config }]) => {
      const source = await moduleSource(module, name);
      return [component, readComponent(path.join(source, config))] as const;
    });
    writeFileSync(path.join(into, MANIFESTS), JSON.stringify(Object.fromEntries(await Promise.all(entries))));
  }
  if (family.shipped !== undefined) {
    progress("fetching charts and definitions");
    await keepShippedFiles(family.shipped, into, async (name) => {
      const version = requiredVersion(family, name);
      // With its version: without, Go would want the dependencies of all modules too, and nobody builds them.
      return { folder: await moduleSource(module, `${name}@${version}`), version };
    });
  }
  rmSync(work, { recursive: true });
}

/**
 * Copies the modules to patch, patches the copies and writes a go.mod that takes them in place of the originals (Go
 * refuses to overlay single files of its module cache).
 * @returns That go.mod.
 */
async function patchedModules(module: string, patches: readonly SourcePatch[], work: string): Promise<string> {
  const modfile = path.join(work, "go.mod");
  copyFileSync(path.join(module, "go.mod"), modfile);
  copyFileSync(path.join(module, "go.sum"), path.join(work, "go.sum"));
  for (const [index, patch] of patches.entries()) {
    const copy = path.join(work, `module-${index}`);
    copyWritable(await moduleSource(module, patch.module), copy);
    const file = path.join(copy, patch.file);
    writeFileSync(file, patched(patch, readFileSync(file, "utf8")));
    appendFileSync(modfile, `\nreplace ${patch.module} => ${JSON.stringify(copy)}\n`);
  }
  return modfile;
}

/** Where Go keeps the sources of a module that ours requires; downloads them first where it has to, and checks them. */
async function moduleSource(module: string, name: string): Promise<string> {
  const answer = JSON.parse(await runGo(module, ["mod", "download", "-json", name])) as { Dir: string };
  return answer.Dir;
}
