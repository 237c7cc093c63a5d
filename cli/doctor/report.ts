import { type Output, type Style } from "../output";
import { wrap } from "../wrap";
import { type Outcome, type Result } from "./check";
import { type Examined } from "./examine";

const STYLES: Readonly<Record<Result, Style>> = {
  ok: "green",
  warning: "yellow",
  failed: "red",
  skipped: "dim",
  unchecked: "dim",
};
const WORDS: Readonly<Record<Result, string>> = {
  ok: "ok",
  warning: "warning",
  failed: "FAILED",
  skipped: "skipped",
  unchecked: "not checked",
};
const NAME_WIDTH = 15;
const WORD_WIDTH = 13;

/** Prints what was found; the remedies stand below what they are for. */
export function reportDoctor(examined: readonly Examined[], out: Output): void {
  if (out.json) {
    out.data(doctorDocument(examined));
    return;
  }
  for (const { stack, outcomes } of examined) {
    out.line(out.style("bold", stack === undefined ? "This machine" : `Stack ${stack}`));
    for (const outcome of outcomes) for (const line of linesOf(outcome, out)) out.line(line);
    out.line();
  }
  out.line(verdict(examined));
}

export function isHealthy(examined: readonly Examined[]): boolean {
  return examined.every(({ outcomes }) => outcomes.every(({ result }) => result !== "failed"));
}

function linesOf({ name, result, detail, remedy }: Outcome, out: Output): string[] {
  const word = out.style(STYLES[result], WORDS[result].padEnd(WORD_WIDTH));
  const indent = 2 + NAME_WIDTH + WORD_WIDTH;
  const [first = "", ...rest] = wrap(detail, out.columns - indent);
  const remedies = remedy === undefined ? [] : wrap(`-> ${remedy}`, out.columns - indent);
  return [
    `  ${name.padEnd(NAME_WIDTH)}${word}${first}`,
    ...[...rest, ...remedies].map((line) => `${" ".repeat(indent)}${line}`),
  ];
}

function verdict(examined: readonly Examined[]): string {
  const all = examined.flatMap(({ outcomes }) => outcomes);
  const count = (result: Result) => all.filter((outcome) => outcome.result === result).length;
  const [failures, warnings] = [count("failed"), count("warning")];
  const said = [
    ...(failures === 0 ? [] : [`${failures} failed`]),
    ...(warnings === 0 ? [] : [`${warnings} ${warnings === 1 ? "warning" : "warnings"}`]),
  ];
  return said.length === 0 ? "Everything that was checked is in order." : `${said.join(", ")}.`;
}

function doctorDocument(examined: readonly Examined[]): object {
  return {
    healthy: isHealthy(examined),
    checks: examined.flatMap(({ stack, outcomes }) =>
      outcomes.map(({ name, result, detail, remedy }) => ({
        stack: stack ?? null,
        check: name,
        result,
        detail,
        remedy: remedy ?? null,
      })),
    ),
  };
}
