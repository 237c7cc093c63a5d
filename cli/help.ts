import { type Command, type Options } from "./command";
import { COMMON_OPTIONS, optionUsage, usageOf } from "./command-line";
import { COMMANDS } from "./commands";
import { DEFAULT_COLUMNS } from "./output";
import { wrap } from "./wrap";

const EXIT_CODES = "Exit code: 0 done; 1 failed (the message says what to do); 2 wrong usage; 3 the answer is no.";

/** `npm run fleet -- help` */
export async function generalHelp(): Promise<string> {
  const commands = await Promise.all(Object.values(COMMANDS).map((load) => load()));
  return `Usage: npm run fleet -- COMMAND [ARGUMENTS] [OPTIONS]

${pairs(commands.map((command) => [invocationOf(command), command.summary]))}
${pairs([["help [COMMAND]", "this text, or what a command does and takes"]], widthOf(commands))}

Every command takes
${optionPairs(COMMON_OPTIONS)}

Which stack: --stack; else $PULUMI_STACK; else the one that \`pulumi stack select\` chose; else, while
a sandbox runs in this clone, all of its stacks. Those need no setting of the shell.

${EXIT_CODES}`;
}

/** `npm run fleet -- help COMMAND` */
export function commandHelp(command: Command): string {
  return [
    `Usage: npm run fleet -- ${invocationOf(command)} [OPTIONS]`,
    `${command.summary[0]?.toUpperCase()}${command.summary.slice(1)}.`,
    ...(command.positionals === undefined
      ? []
      : [pairs(command.positionals.map(({ name, summary }) => [name, summary]))]),
    `Options\n${optionPairs({ ...command.options, ...COMMON_OPTIONS })}`,
    ...(command.details === undefined ? [] : [fitted(command.details)]),
    EXIT_CODES,
  ].join("\n\n");
}

/** Lines that are too long are broken; the others stay as they were written. */
function fitted(text: string): string {
  const lines = text.split("\n");
  return lines.flatMap((line) => (line.length <= DEFAULT_COLUMNS ? line : wrap(line, DEFAULT_COLUMNS))).join("\n");
}

function invocationOf({ name, positionals = [] }: Command): string {
  return [name, usageOf(positionals)].filter(Boolean).join(" ");
}

function optionPairs(options: Options): string {
  return pairs(Object.entries(options).map(([name, option]) => [optionUsage(name, option), option.summary]));
}

function widthOf(commands: readonly Command[]): number {
  return Math.max(...commands.map((command) => invocationOf(command).length));
}

function pairs(rows: readonly (readonly [string, string])[], least = 0): string {
  const width = Math.max(least, ...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join("\n");
}
