import damerauLevenshtein from "damerau-levenshtein";

import { SandboxProblem } from "../problem";
import { PROCESS_NAMES } from "../management/names";

/** The stacks that a sandbox runs, in the order in which they are brought up. */
export const STACKS = ["sandbox-production", "sandbox-staging"] as const;

/** What `demo` can show. */
export const DEMOS = ["rollout"] as const;
export type Demo = (typeof DEMOS)[number];

const COMMANDS = ["start", "status", "up", "preview", "demo", "down", "logs", "kubeconfig", "env", "help"] as const;

export type CommandName = (typeof COMMANDS)[number];

export interface CommandLine {
  /** `start` if none is given. */
  readonly command: CommandName;
  /** The stack, demo, process or workload cluster that the command is about. */
  readonly subject?: string;
  /** Passed on to pulumi; for other commands, options of theirs. */
  readonly rest: readonly string[];
}

/** What may follow a command's name: undefined if nothing may. */
const SUBJECTS: Record<CommandName, { readonly what: string; readonly known?: readonly string[] } | undefined> = {
  start: undefined,
  status: undefined,
  up: { what: "stack", known: STACKS },
  preview: { what: "stack", known: STACKS },
  demo: { what: "demo", known: DEMOS },
  down: undefined,
  logs: { what: "log", known: [...PROCESS_NAMES, ...STACKS] },
  kubeconfig: { what: "cluster" },
  env: undefined,
  help: undefined,
};

/** Options that are not pulumi's. */
const OPTIONS: Partial<Record<CommandName, readonly string[]>> = { demo: ["--keep"] };

/**
 * @param args What follows `npm run sandbox`.
 * @throws SandboxProblem with exit code 2 that names what is wrong and what was probably meant.
 */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const [first = "start", ...others] = args;
  if (args.some((arg) => arg === "--help" || arg === "-h")) return { command: "help", rest: [] };
  const command = known("command", first, COMMANDS) as CommandName;
  const subjects = SUBJECTS[command];
  const passesOn = command === "up" || command === "preview";
  const [subject, ...rest] = others[0]?.startsWith("-") ? [undefined, ...others] : others;
  if (command === "demo" && subject === undefined) throw wrong(`Name a demo: \`demo ${DEMOS.join("`, `demo ")}\`.`);
  const surplus = passesOn
    ? undefined
    : [...(subjects === undefined ? [subject] : []), ...rest].find(
        (arg) => arg !== undefined && !OPTIONS[command]?.includes(arg),
      );
  if (surplus !== undefined) {
    const kind = surplus.startsWith("-") ? "option" : "argument";
    throw wrong(`\`${command}\` has no ${kind} ${surplus}.`);
  }
  if (subject !== undefined && subjects?.known !== undefined) known(subjects.what, subject, subjects.known);
  return { command, ...(subject === undefined ? {} : { subject }), rest: rest.filter((arg) => arg !== undefined) };
}

function known(what: string, got: string, names: readonly string[]): string {
  if (names.includes(got)) return got;
  const nearest = closest(got, names);
  const meant = nearest === undefined ? `Known: ${names.join(", ")}.` : `Did you mean \`${nearest}\`?`;
  throw wrong(`Unknown ${got.startsWith("-") ? "option" : what} ${got}. ${meant}`);
}

function wrong(message: string): SandboxProblem {
  return new SandboxProblem(`${message}\n\`npm run sandbox help\` lists what there is.`, 2);
}

/** The name that takes the fewest edits, if that is at most a third of it, or the only one that `got` begins or ends. */
function closest(got: string, names: readonly string[]): string | undefined {
  const part = names.filter((name) => got.length > 1 && (name.startsWith(got) || name.endsWith(got)));
  if (part.length === 1) return part[0];
  const ranked = names
    .map((name) => ({ name, edits: damerauLevenshtein(got, name).steps }))
    .sort((a, b) => a.edits - b.edits);
  return ranked.find(({ name, edits }) => edits <= Math.max(1, Math.floor(name.length / 3)))?.name;
}
