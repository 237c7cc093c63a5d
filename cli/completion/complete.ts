import { type Command, type Option, type Options } from "../command";
import { COMMON_OPTIONS, commandName } from "../command-line";
import { COMMANDS } from "../commands";
import { declaredClusters, declaredStacks } from "./stack-files";

/**
 * What may stand in the place of the last word. Called at each Tab: it reads files of the clone and nothing else.
 * @param words Of the command line after `fleet`, the last one as far as it is written (maybe empty).
 */
export async function complete(words: readonly string[]): Promise<string[]> {
  const current = words.at(-1) ?? "";
  const before = words.slice(0, -1);
  return (await candidates(before, current)).filter((word) => word.startsWith(current)).sort();
}

async function candidates(before: readonly string[], current: string): Promise<readonly string[]> {
  const name = commandName(before);
  const command = await commandOf(name);
  const options: Options = { ...command?.options, ...COMMON_OPTIONS };
  const open = openOption(before.at(-1), options);
  if (open !== undefined) return valuesOf(open.name, open.option);
  if (current.startsWith("-")) return Object.keys(options).map((option) => `--${option}`);
  if (name === undefined) return [...Object.keys(COMMANDS), "help"];
  const given = positionalsAfter(before, options);
  if (name === "help") return given.length === 1 ? Object.keys(COMMANDS) : [];
  const positional = command?.positionals?.[given.length - 1];
  if (positional?.choices !== undefined) return positional.choices;
  return positional?.name === "CLUSTER" ? declaredClusters(stackIn(before)) : [];
}

async function commandOf(name: string | undefined): Promise<Command | undefined> {
  return name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name]?.() : undefined;
}

/** The option whose value comes next. */
function openOption(word: string | undefined, options: Options): { name: string; option: Option } | undefined {
  const found = Object.entries(options).find(([name, { short }]) => word === `--${name}` || word === `-${short}`);
  if (found === undefined) return undefined;
  const [name, option] = found;
  return option.type === "text" && option.bare === undefined ? { name, option } : undefined;
}

function valuesOf(name: string, option: Option): readonly string[] {
  if (option.type === "text" && option.choices !== undefined) return option.choices;
  return name === "stack" ? declaredStacks() : [];
}

/** The command's name and what follows it, without options and their values. */
function positionalsAfter(words: readonly string[], options: Options): string[] {
  return words.filter((word, index) => !word.startsWith("-") && openOption(words[index - 1], options) === undefined);
}

function stackIn(words: readonly string[]): string | undefined {
  const index = words.findIndex((word) => word === "--stack" || word === "-s");
  const inline = words.find((word) => word.startsWith("--stack="))?.slice("--stack=".length);
  return inline ?? (index < 0 ? process.env["PULUMI_STACK"] || undefined : words[index + 1]);
}
