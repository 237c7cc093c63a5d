import { type Output } from "./output";
import { type StackContext } from "./stack-context";

/** An option of a command. Options that every command has are in `cli/arguments.ts`. */
export type Option = FlagOption | TextOption;

export interface FlagOption {
  readonly type: "flag";
  /** For the help: half a sentence, lower case, no full stop. */
  readonly summary: string;
  /** One letter. */
  readonly short?: string;
}

export interface TextOption {
  readonly type: "text";
  /** What stands for the value in the help, e.g. `FILE`. */
  readonly value: string;
  readonly summary: string;
  readonly short?: string;
  /** The values there are; others are refused with a suggestion. Default: any. */
  readonly choices?: readonly string[];
  /** The value where the option stands alone; what follows it counts as its value only if it is a number. */
  readonly bare?: string;
}

export type Options = Readonly<Record<string, Option>>;

/** What was given for each option: text for text, `true` for flags, undefined where the option is absent. */
export type Values<O extends Options = Options> = {
  readonly [K in keyof O]?: O[K] extends { type: "flag" } ? boolean : string;
};

export interface Positional {
  /** In the help and in messages, e.g. `CLUSTER`. A name of `CLUSTER` is completed with the stacks' clusters. */
  readonly name: string;
  readonly summary: string;
  /** Default: required. Optional ones come last. */
  readonly optional?: true;
  /** The values there are; others are refused with a suggestion. Default: any. */
  readonly choices?: readonly string[];
}

/** What a command is given. */
export interface Invocation<O extends Options = Options> {
  /** As many as the command declares; optional ones may be missing. */
  readonly positionals: readonly string[];
  readonly values: Values<O>;
  readonly out: Output;
  /**
   * The stacks that the command is about: the one named, or all of the sandbox's (see `cli/stack-choice.ts`).
   * @throws UsageError if there is none.
   */
  stacks(): Promise<readonly StackContext[]>;
}

/**
 * A command of `npm run fleet`. Its file, `cli/commands/<name>.ts`, is loaded for its help and its completion too, so
 * it imports what is slow to load (the Kubernetes client, anything of `live/`) inside `run`.
 */
export interface Command<O extends Options = Options> {
  readonly name: string;
  /** One line of the help: a sentence without a full stop, lower case. */
  readonly summary: string;
  readonly positionals?: readonly Positional[];
  readonly options?: O;
  /** Paragraphs after the options in `help COMMAND`. */
  readonly details?: string;
  /** @returns The exit code, one of {@link EXIT}. */
  run(invocation: Invocation<O>): Promise<number>;
}

/** Declares a command; the types of its `values` follow from its options. */
export function defineCommand<const O extends Options = Record<never, never>>(command: Command<O>): Command {
  return command as unknown as Command;
}
