import { parseArgs } from "node:util";

import { nearest } from "../fleet/suggest";
import { type Command, type Option, type Options } from "./command";
import { UsageError } from "./errors";

/** Options that every command has. */
export const COMMON_OPTIONS = {
  stack: { type: "text", value: "STACK", short: "s", summary: "the stack; default: see `help`" },
  "config-file": { type: "text", value: "FILE", summary: "its configuration; default: Pulumi.<stack>.yaml" },
  json: { type: "flag", summary: "the answer as JSON" },
  help: { type: "flag", short: "h", summary: "the command's help" },
} as const satisfies Options;

export interface CommandLine {
  readonly positionals: readonly string[];
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
}

/** The command's name: the first word that is neither an option nor the value of a common one. */
export function commandName(args: readonly string[]): string | undefined {
  return read(args, COMMON_OPTIONS).positionals[0];
}

/**
 * @param args Everything after `npm run fleet --`, with the command's name.
 * @throws UsageError that names what is wrong and what was probably meant.
 */
export function parseCommandLine(args: readonly string[], command: Command): CommandLine {
  const options: Options = { ...command.options, ...COMMON_OPTIONS };
  const { values, positionals, tokens } = read(withBareValues(args, options), options);
  for (const token of tokens) {
    if (token.kind === "option") checkOption(token, options, command.name);
  }
  if (values["help"] === true) return { values, positionals: [] };
  const given = positionals.slice(1);
  checkPositionals(given, command);
  return { values, positionals: given };
}

type OptionToken = { name: string; rawName: string; value?: string | undefined; inlineValue?: boolean | undefined };

function read(args: readonly string[], options: Options) {
  const known = Object.entries(options).map(([name, { type, short }]) => [
    name,
    { type: type === "flag" ? ("boolean" as const) : ("string" as const), ...(short === undefined ? {} : { short }) },
  ]);
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(known) as Record<string, { type: "boolean" | "string"; short?: string }>,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  return { values: values as CommandLine["values"], positionals, tokens };
}

/** `--watch` and `--watch 5` both become one word, which is what parseArgs can read. */
function withBareValues(args: readonly string[], options: Options): string[] {
  const result: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? "";
    const [, option] = Object.entries(options).find(([name, each]) => isWritten(arg, name, each)) ?? [];
    if (option?.type !== "text" || option.bare === undefined) {
      result.push(arg);
      continue;
    }
    const next = args[index + 1] ?? "";
    const follows = /^\d+(\.\d+)?$/.test(next);
    if (follows) index++;
    const value = follows ? next : option.bare;
    result.push(arg.startsWith("--") ? `${arg}=${value}` : `${arg}${value}`);
  }
  return result;
}

function isWritten(arg: string, name: string, { short }: Option): boolean {
  return arg === `--${name}` || (short !== undefined && arg === `-${short}`);
}

function checkOption({ name, rawName, value, inlineValue }: OptionToken, options: Options, command: string): void {
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (option === undefined) throw new UsageError(`${command} has no option ${rawName}. ${hint(name, options)}`);
  if (option.type === "flag") {
    if (value !== undefined) throw new UsageError(`${rawName} takes no value (got ${value}). Leave the value out.`);
    return;
  }
  if (value === undefined || value === "" || (!inlineValue && value.startsWith("-"))) {
    throw new UsageError(`${rawName} needs a value. Write ${rawName} ${option.value}.`);
  }
  if (option.choices !== undefined) checkChoice(rawName, value, option.choices);
}

function checkPositionals(given: readonly string[], { name, positionals = [] }: Command): void {
  const surplus = given[positionals.length];
  if (surplus !== undefined) {
    const wanted = positionals.length === 0 ? "takes no argument" : `takes ${usageOf(positionals)} only`;
    throw new UsageError(`${name} ${wanted} (got ${surplus}). Remove it.`);
  }
  const missing = positionals[given.length];
  if (missing !== undefined && !missing.optional) {
    throw new UsageError(`${name} needs ${missing.name}, ${missing.summary}. Write ${name} ${usageOf(positionals)}.`);
  }
  for (const [index, value] of given.entries()) {
    const { name: what = "", choices } = positionals[index] ?? {};
    if (choices !== undefined) checkChoice(what, value, choices);
  }
}

function checkChoice(what: string, got: string, choices: readonly string[]): void {
  if (choices.includes(got)) return;
  const meant = nearest(got, choices);
  const hint = meant === undefined ? `Write one of: ${choices.join(", ")}` : `Did you mean ${meant}?`;
  throw new UsageError(`${what}: ${got} is not known. ${hint}${hint.endsWith("?") ? "" : "."}`);
}

function hint(name: string, options: Options): string {
  const meant = nearest(name, Object.keys(options));
  return meant === undefined ? "Remove it, or see which there are." : `Did you mean --${meant}?`;
}

/** `CLUSTER [PATH]` */
export function usageOf(positionals: NonNullable<Command["positionals"]>): string {
  return positionals.map(({ name, optional }) => (optional ? `[${name}]` : name)).join(" ");
}

/** `-s, --stack STACK` */
export function optionUsage(name: string, option: Option): string {
  const value = option.type === "flag" ? "" : option.bare === undefined ? ` ${option.value}` : ` [${option.value}]`;
  return `${option.short === undefined ? "" : `-${option.short}, `}--${name}${value}`;
}
