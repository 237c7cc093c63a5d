import { parseArgs } from "node:util";

import { SandboxProblem } from "../sandbox/problem";

export interface Options {
  /** Numbers of clusters to measure with, ascending. */
  readonly sizes: readonly number[];
  /** How often each measurement is repeated. */
  readonly rounds: number;
  /** Also write every single measurement to this file. */
  readonly json?: string;
}

export const USAGE = `npm run bench -- [options]

  --sizes 10,100,1000   numbers of clusters to measure with (default)
  --quick               the same as --sizes 10
  --rounds 3            repetitions of each measurement (default 3). From 500 clusters on at most 2, and up runs once and
                        saves the state at its end only: saving it at each step would take an hour
  --json FILE           write every single measurement to FILE, too`;

/**
 * @param args What follows `npm run bench --`.
 * @returns undefined if help is asked for.
 * @throws SandboxProblem with exit code 2 for what cannot be understood.
 */
export function parseOptions(args: readonly string[]): Options | undefined {
  const { sizes, quick, rounds, json, help } = parsed(args);
  if (help) return undefined;
  if (quick && sizes !== undefined) throw wrong("--quick and --sizes exclude each other.");
  const wanted = quick ? "10" : (sizes ?? "10,100,1000");
  return {
    sizes: [...new Set(wanted.split(",").map((text) => natural("--sizes", text)))].sort((a, b) => a - b),
    rounds: natural("--rounds", rounds ?? "3"),
    ...(json === undefined ? {} : { json }),
  };
}

function parsed(args: readonly string[]) {
  const text = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  try {
    return parseArgs({ args: [...args], options: { sizes: text, quick: flag, rounds: text, json: text, help: flag } })
      .values;
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
}

function natural(option: string, text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw wrong(`${option}: ${JSON.stringify(text)} is not a number from 1 to 99999.`);
  return Number(text);
}

function wrong(message: string): SandboxProblem {
  return new SandboxProblem(`${message}\n\n${USAGE}`, 2);
}
