import { isDeepStrictEqual } from "node:util";
import { isMap, isNode, isScalar, type Pair, parseDocument, type YAMLMap } from "yaml";

import { NAMESPACE } from "../../fleet/config/raw";
import { CliError } from "../errors";

/** Text to insert. */
interface Edit {
  readonly at: number;
  readonly insert: string;
}

type Entry = Pair<unknown, unknown>;

/**
 * A stack file with the slots of some clusters written into it. Nothing else changes, not one blank: places are found in
 * the parsed document, and the text around them is left as it is.
 * @param file As messages name it.
 * @throws CliError where the file does not hold a cluster itself, or in a way that nobody but a person should write into.
 */
export function withSlots(file: string, text: string, slots: ReadonlyMap<string, number>): string {
  const document = parseDocument(text, { logLevel: "silent" });
  const [mistake] = document.errors;
  if (mistake !== undefined) {
    throw new CliError(`${file}: cannot be read (${mistake.message.split("\n")[0]}). Nothing was written.`);
  }
  const clusters = clustersOf(document.contents);
  const edits = [...slots].map(([name, slot]) => {
    const entry = clusters && entryOf(clusters, name);
    if (entry === undefined) {
      throw new CliError(
        `${file}: does not hold cluster ${name}, whose values come from --config or an ESC environment. ` +
          `Nothing was written. Write network: { slot: ${slot} } where the cluster stands.`,
      );
    }
    return edit(text, entry, slot) ?? refuse(file, name, slot);
  });
  const written = edits
    .sort((a, b) => b.at - a.at)
    .reduce((before, { at, insert }) => before.slice(0, at) + insert + before.slice(at), text);
  if (!isDeepStrictEqual(parsed(written), withSlot(parsed(text), slots))) {
    throw new CliError(`${file}: would say something else as well. Nothing was written. Write the slots yourself.`);
  }
  return written;
}

function refuse(file: string, name: string, slot: number): never {
  throw new CliError(
    `${file}: cluster ${name} shares its lines with others (an anchor, an alias or a merge), or is no map. ` +
      `Nothing was written. Write network: { slot: ${slot} } there yourself.`,
  );
}

function clustersOf(root: unknown): YAMLMap | undefined {
  const config = mapAt(root, "config");
  return mapAt(config, `${NAMESPACE}:clusters`) ?? mapAt(config, "clusters");
}

function mapAt(node: unknown, key: string): YAMLMap | undefined {
  const value = isMap(node) ? entryOf(node, key)?.value : undefined;
  return isMap(value) ? value : undefined;
}

function entryOf(map: YAMLMap, key: string): Entry | undefined {
  return map.items.find((entry) => isScalar(entry.key) && String(entry.key.value) === key);
}

/** Undefined where a cluster, or its network, is written in a way that others share. */
function edit(text: string, cluster: Entry, slot: number): Edit | undefined {
  const whole = `network: { slot: ${slot} }`;
  if (isEmpty(cluster.value)) {
    return behindKey(cluster, `{ ${whole} }`);
  }
  if (!isOwn(cluster.value)) {
    return undefined;
  }
  const network = entryOf(cluster.value, "network");
  if (network === undefined) {
    return cluster.value.flow === true ? lastIn(cluster.value, whole) : below(text, cluster.value, whole);
  }
  if (isEmpty(network.value)) {
    return behindKey(network, `{ slot: ${slot} }`);
  }
  return isOwn(network.value) ? firstIn(text, network.value, `slot: ${slot}`) : undefined;
}

/** Nothing at all, not even a word for it. */
function isEmpty(value: unknown): boolean {
  return value === null || (isScalar(value) && value.value === null && (value.source ?? "") === "");
}

/** A map that belongs to this place alone. */
function isOwn(value: unknown): value is YAMLMap {
  return isMap(value) && value.anchor === undefined && entryOf(value, "<<") === undefined;
}

function behindKey({ key }: Entry, value: string): Edit | undefined {
  const end = endOf(key);
  return end === undefined ? undefined : { at: end + 1, insert: ` ${value}` };
}

/** Of a map in braces. */
function lastIn(map: YAMLMap, entry: string): Edit | undefined {
  const last = map.items.at(-1);
  const end = endOf(last?.value) ?? endOf(last?.key);
  return last === undefined
    ? insideBraces(map, entry)
    : end === undefined
      ? undefined
      : { at: end, insert: `, ${entry}` };
}

function firstIn(text: string, map: YAMLMap, entry: string): Edit | undefined {
  const [first] = map.items;
  const start = startOf(first?.key);
  if (first === undefined) {
    return insideBraces(map, entry);
  }
  if (start === undefined || map.flow === true) {
    return start === undefined ? undefined : { at: start, insert: `${entry}, ` };
  }
  const indent = indentOf(text, start);
  return indent === undefined ? undefined : { at: start, insert: `${entry}${lineBreak(text)}${indent}` };
}

function insideBraces(map: YAMLMap, entry: string): Edit | undefined {
  const start = startOf(map);
  return map.flow === true && start !== undefined ? { at: start + 1, insert: ` ${entry} ` } : undefined;
}

/** A line of its own under the region or the class, where a person would write it; else at the top. */
function below(text: string, map: YAMLMap, entry: string): Edit | undefined {
  const neighbour = ["region", "class"].map((key) => entryOf(map, key)).find((each) => isScalar(each?.value));
  const [start, end] = [startOf(neighbour?.key), endOf(neighbour?.value)];
  const indent = start === undefined ? undefined : indentOf(text, start);
  if (end === undefined || indent === undefined) {
    return firstIn(text, map, entry);
  }
  const rest = /^[^\r\n]*/.exec(text.slice(end))?.[0] ?? "";
  return { at: end + rest.length, insert: `${lineBreak(text)}${indent}${entry}` };
}

/** What stands before a place on its line; undefined where that is more than blanks. */
function indentOf(text: string, at: number): string | undefined {
  const before = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
  return before.trim() === "" ? before : undefined;
}

function lineBreak(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

function endOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[1] : undefined;
}

type Values = Record<string, unknown>;

function parsed(text: string): Values {
  return parseDocument(text, { logLevel: "silent" }).toJS() as Values;
}

/** What a file has to say once the slots are written. */
function withSlot({ config, ...rest }: Values, slots: ReadonlyMap<string, number>): Values {
  const values = config as Values;
  const key = [`${NAMESPACE}:clusters`, "clusters"].find((each) => isObject(values[each])) ?? "";
  const clusters = { ...(values[key] as Values) };
  for (const [name, slot] of slots) {
    const cluster = (clusters[name] ?? {}) as Values;
    clusters[name] = { ...cluster, network: { ...(cluster["network"] as Values | null), slot } };
  }
  return { ...rest, config: { ...values, [key]: clusters } };
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
