import { counted } from "../words";
import { formatPath, type Path } from "./path";
import { type RuleId } from "./rules";

/** One mistake in the configuration: where, what and what to do. */
export interface Problem {
  /** The rule that is broken; every rule has an example in the corpus of broken stack files. */
  readonly rule: RuleId;
  readonly path: Path;
  /** What is wrong, without a full stop. */
  readonly what: string;
  /** The value as found; absent where there is none. Never a secret. */
  readonly got?: unknown;
  /** What to do, an imperative without a full stop. */
  readonly remedy: string;
  /** Where to look, e.g. `Pulumi.production.yaml:12:7`; absent where nobody looked. */
  readonly at?: string;
}

/** Finds where the value at a path was set, in words for the user; `undefined` where that cannot be told. */
export type Locate = (path: Path) => string | undefined;

/** Mistakes of the user, all that were found. Its message is a numbered list; it needs no stack trace. */
export class FleetConfigError extends Error {
  constructor(
    readonly problems: readonly Problem[],
    readonly title = "The configuration of this stack cannot be used",
  ) {
    super(`${title} (${counted(problems.length, "problem")}):\n${problems.map(numbered).join("\n")}`);
    this.name = "FleetConfigError";
  }

  /** The same mistakes, each with the place where its value was set. */
  located(locate: Locate): FleetConfigError {
    return new FleetConfigError(
      this.problems.map((problem) => ({ ...problem, at: problem.at ?? locate(problem.path) })),
      this.title,
    );
  }
}

/** `path: what is wrong (got X). Do Y.` */
export function describeProblem({ path, what, got, remedy }: Problem): string {
  const found = got === undefined ? "" : ` (got ${shown(got)})`;
  return `${formatPath(path)}: ${what}${found}. ${remedy}.`;
}

const SHOWN_LENGTH = 120;

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= SHOWN_LENGTH ? text : `${text.slice(0, SHOWN_LENGTH)}…`;
}

function numbered(problem: Problem, index: number): string {
  const number = `  ${index + 1}. `;
  const place = problem.at === undefined ? "" : `\n${" ".repeat(number.length)}${problem.at}`;
  return `${number}${describeProblem(problem)}${place}`;
}
