import { inspect } from "node:util";

import { nearest } from "../fleet/suggest";
import { type Command } from "./command";
import { commandName, parseCommandLine } from "./command-line";
import { COMMANDS } from "./commands";
import { EXIT, isExplained, UsageError } from "./errors";
import { commandHelp, generalHelp } from "./help";
import { createOutput, type OutputStreams } from "./output";

/**
 * `npm run fleet --`, see docs/cli.md.
 * @param args What follows it.
 * @returns The exit code; what went wrong is said already.
 */
export async function run(args: readonly string[], streams: OutputStreams = process): Promise<number> {
  try {
    return await dispatch(args, streams);
  } catch (error) {
    return explain(error, streams);
  }
}

async function dispatch(args: readonly string[], streams: OutputStreams): Promise<number> {
  const print = async (text: Promise<string>): Promise<number> => {
    createOutput(streams, { json: false }).line(await text);
    return EXIT.done;
  };
  if (args[0] === "__complete") {
    const { complete } = await import("./completion/complete");
    return print(complete(args.slice(1)).then((words) => words.join("\n")));
  }
  const name = commandName(args);
  if (name === "help" || name === undefined) {
    const [about] = args.slice(args.indexOf("help") + 1).filter((word) => !word.startsWith("-"));
    if (name === "help" && about !== undefined) return print(load(about).then(commandHelp));
    if (args.some((arg) => arg === "--help" || arg === "-h" || arg === "help")) return print(generalHelp());
    throw new UsageError("No command was given.");
  }
  const command = await load(name);
  const { values, positionals } = parseCommandLine(args, command);
  if (values["help"] === true) return print(Promise.resolve(commandHelp(command)));
  return command.run({
    values: values as never,
    positionals,
    out: createOutput(streams, { json: values["json"] === true }),
    stacks: async () => {
      const { chooseStacks } = await import("./stack-choice");
      return chooseStacks({ stack: textOf(values["stack"]), configFile: textOf(values["config-file"]) });
    },
  });
}

async function load(name: string): Promise<Command> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command !== undefined) return command();
  const meant = nearest(name, [...Object.keys(COMMANDS), "help"]);
  throw new UsageError(`Unknown command ${name}.${meant === undefined ? "" : ` Did you mean ${meant}?`}`);
}

function textOf(value: string | boolean | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function explain(error: unknown, { stderr }: OutputStreams): number {
  if (error instanceof UsageError) {
    stderr.write(`${error.message}\n\`npm run fleet -- help\` lists what there is.\n`);
    return EXIT.usage;
  }
  stderr.write(`${isExplained(error) ? error.message : inspect(error)}\n`);
  return EXIT.failed;
}
