import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type ParsedNode } from "yaml";

import { type RawConfig } from "./config";
import { type Path, valueAt } from "./path";
import { type Locate } from "./problems";
import { NAMESPACE } from "./raw";

/** The text of a configuration file. */
export interface ConfigFile {
  /** As messages name it, e.g. `Pulumi.production.yaml`. */
  readonly name: string;
  readonly text: string;
}

const ELSEWHERE = "set outside the stack file: by --config, --config-file or an ESC environment";

/**
 * Tells where the values of a configuration stand. The engine's values are the ones that count; the files are searched
 * for their places only, and a file that says something else is not named.
 * @param raw The engine's values.
 * @param read Gives the stack file, then the project file, when they are first needed; the first that has a path
 * wins, as in the engine.
 */
export function locator(raw: RawConfig, read: () => readonly ConfigFile[]): Locate {
  let documents: ReturnType<typeof parsedFile>[] | undefined;
  return (path) => {
    const there = existing(raw, path);
    if (there.length === 0) {
      return undefined;
    }
    documents ??= read().map(parsedFile);
    for (const { name, lines, root } of documents) {
      const found = find(root, there);
      if (found !== undefined && agrees(found.value, valueAt(raw, there))) {
        const { line, col } = lines.linePos(found.offset);
        return `${name}:${line}:${col}`;
      }
    }
    return ELSEWHERE;
  };
}

function parsedFile({ name, text }: ConfigFile) {
  const lines = new LineCounter();
  return { name, lines, root: parseDocument(text, { lineCounter: lines, logLevel: "silent" }).contents };
}

/** The part of a path that the configuration has: what is missing is looked for in what should hold it. */
function existing(raw: RawConfig, path: Path): Path {
  const end = path.findIndex((_, index) => valueAt(raw, path.slice(0, index + 1)) === undefined);
  return end === -1 ? path : path.slice(0, end);
}

interface Found {
  readonly value: Node | null;
  /** Of the key that names it, or of the list item itself. */
  readonly offset: number;
}

function find(root: ParsedNode | null, [key = "", ...rest]: Path): Found | undefined {
  const config = entry(root, "config")?.value ?? null;
  const top = entry(config, `${NAMESPACE}:${key}`) ?? entry(config, String(key));
  return rest.reduce<Found | undefined>(
    (found, part) => found && entry(found.value, part),
    // In the project file a value may stand under `value` or `default`.
    top && (withValue(top) ?? top),
  );
}

function withValue(top: Found): Found | undefined {
  const inner = entry(top.value, "value") ?? entry(top.value, "default");
  return inner && { value: inner.value, offset: top.offset };
}

function entry(node: Node | null, part: string | number): Found | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(part)] as Node | undefined;
    return item && { value: item, offset: item.range?.[0] ?? 0 };
  }
  if (!isMap(node)) {
    return undefined;
  }
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
  const offset = isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
  return pair && { value: pair.value as Node | null, offset: offset ?? 0 };
}

/** Maps and lists are taken at their place; a text may differ in what the engine makes of it, such as dates. */
function agrees(node: Node | null, engine: unknown): boolean {
  if (!isScalar(node) || node.value === null || engine === null || typeof engine === "object") {
    return true;
  }
  const [file, value] = [String(node.value), String(engine)];
  return (
    file === value ||
    (typeof engine === "number" && [Number(file), octal(node.source)].includes(engine)) ||
    value.startsWith(`${file} `) ||
    value.startsWith(`${file.slice(0, ISO_SECOND.length).replace("T", " ")} `)
  );
}

const ISO_SECOND = "2026-12-24T18:00:00";

/** The engine reads `010` as 8. */
function octal(source = ""): number {
  return /^0[0-7]+$/.test(source) ? parseInt(source, 8) : NaN;
}
