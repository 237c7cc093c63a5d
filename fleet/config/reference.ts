import { stackFileSchema } from "./json-schema";
import { NAMESPACE } from "./raw";

interface Node {
  readonly description?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Node | boolean;
  readonly items?: Node;
  readonly oneOf?: readonly Node[];
  readonly anyOf?: readonly Node[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** The reference of every key, as Markdown. Made from the schema: nobody writes in it. */
export function configurationReference(): string {
  const { config } = stackFileSchema()["properties"] as { config: Node };
  const sections = Object.entries(config.properties ?? {}).map(([key, node]) => section(key, node));
  return [
    "# Reference of the stack configuration",
    "",
    "Made from the schema by `npm run generate`; do not edit. How the levels work together is told in",
    "[configuration.md](configuration.md). `<name>` stands for a name of yours, `[]` for an entry of a list.",
    "",
    ...sections,
  ].join("\n");
}

/** Levels that take what a cluster takes: its keys are listed once, at the clusters. */
const LIKE_CLUSTERS = ["base", "overlay"].map((key) => `${NAMESPACE}:${key}`);

function section(key: string, node: Node): string {
  if (LIKE_CLUSTERS.includes(key)) {
    return [`## ${key}`, "", `${node.description} Takes the keys of a cluster, \`<name>.…\` below.`, ""].join("\n");
  }
  const rows = rowsOf("", node);
  const table = rows.length === 0 ? [] : ["| key | what | value |", "| --- | --- | --- |", ...rows, ""];
  return [
    `## ${key}`,
    "",
    `${node.description ?? ""}${rows.length === 0 ? ` Value: ${valueOf(node)}.` : ""}`.trim(),
    "",
    ...table,
  ].join("\n");
}

/** A row for each key below a node. */
function rowsOf(path: string, node: Node): string[] {
  const variants = node.oneOf ?? (node.properties ? undefined : node.anyOf);
  if (variants !== undefined) {
    return [...new Set(variants.flatMap((variant) => rowsOf(path, variant)))];
  }
  const named = Object.entries(node.properties ?? {});
  const any = typeof node.additionalProperties === "object" ? [["<name>", node.additionalProperties] as const] : [];
  return [
    ...[...named, ...any].flatMap(([key, child]) => {
      const at = path === "" ? key : `${path}.${key}`;
      return [
        row(at, child, node.required?.includes(key) === true && child.default === undefined),
        ...rowsOf(at, child),
      ];
    }),
    ...(node.items ? rowsOf(`${path}[]`, node.items) : []),
  ];
}

function row(path: string, node: Node, required: boolean): string {
  const what = `${node.description ?? ""}${required ? " Required." : ""}`.trim();
  return `| \`${path}\` | ${cell(what)} | ${cell(valueOf(node))} |`;
}

function valueOf(node: Node): string {
  if (node.const !== undefined) return `\`${String(node.const)}\``;
  const byDefault =
    node.default === undefined || typeof node.default === "object" ? "" : `, default \`${String(node.default)}\``;
  if (node.enum !== undefined) return `${enumOf(node)}${byDefault}`;
  if (node.items?.enum !== undefined) return `list of ${enumOf(node.items)}`;
  const scalars = node.anyOf?.filter(({ type }) => type === "integer" || type === "string") ?? [];
  if (scalars.length > 1) return `${scalars.map(valueOf).join(" or ")}${byDefault}`;
  const words: Record<string, string> = {
    object: "map",
    array: "list",
    string: "text",
    integer: "number",
    boolean: "true or false",
  };
  const type = words[node.type ?? ""] ?? "map";
  const limits =
    node.maximum !== undefined && node.type === "integer" ? `, ${node.minimum ?? 0} to ${node.maximum}` : "";
  return `${type}${limits}${byDefault}`;
}

function enumOf({ enum: values = [] }: Node): string {
  return values.map((value) => `\`${String(value)}\``).join(", ");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
