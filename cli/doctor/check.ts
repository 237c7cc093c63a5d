/** What a check found. A warning does not make the doctor fail; `unchecked` says why nobody looked. */
export type Result = "ok" | "warning" | "failed" | "skipped" | "unchecked";

export interface Finding {
  readonly result: Result;
  /** What was found: half a sentence, no full stop. */
  readonly detail: string;
  /** What to do, a sentence; with every warning and failure. */
  readonly remedy?: string;
}

/** One thing that must be right. */
export interface Check {
  /** Public: scripts rely on it. */
  readonly name: string;
  /** Names of checks before it whose failure makes this one pointless; those that are absent count as passed. */
  readonly needs?: readonly string[];
  /** An error that it throws is its failure. */
  run(): Promise<Finding>;
}

export interface Outcome extends Finding {
  readonly name: string;
}

/** Runs the checks one after the other, all of them; one whose needs are not met is skipped and says why. */
export async function runChecks(
  checks: readonly Check[],
  earlier: readonly Outcome[] = [],
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { name, needs = [], run } of checks) {
    const unmet = [...earlier, ...outcomes].find((each) => needs.includes(each.name) && !isMet(each));
    const finding = unmet === undefined ? await run().catch(failure) : skipped(unmet);
    outcomes.push({ name, ...finding });
  }
  return outcomes;
}

export function ok(detail: string): Finding {
  return { result: "ok", detail };
}

export function warning(detail: string, remedy: string): Finding {
  return { result: "warning", detail, remedy };
}

export function failed(detail: string, remedy: string): Finding {
  return { result: "failed", detail, remedy };
}

export function unchecked(why: string): Finding {
  return { result: "unchecked", detail: why };
}

function isMet({ result }: Outcome): boolean {
  return result === "ok" || result === "warning";
}

function skipped({ name, result }: Outcome): Finding {
  const why = { failed: "failed", skipped: "was skipped", unchecked: "was not checked" }[result as "failed"];
  return { result: "skipped", detail: `${name} ${why}` };
}

function failure(error: unknown): Finding {
  return failedAs(error instanceof Error ? error.message : String(error));
}

/** A failure from an error's words: ours say what is wrong in their first sentence, and what to do after it. */
export function failedAs(message: string): Finding {
  const [what = "", ...rest] = message.trim().split(/(?<=\.\)?) (?=[A-Z])/);
  return failed(what.replace(/\.$/, ""), rest.join(" ") || "Put this right, then run the doctor again.");
}
