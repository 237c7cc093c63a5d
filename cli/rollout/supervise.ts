import { EXIT, isExplained } from "../errors";
import { type Output } from "../output";
import { printRefusals } from "../preview-gate/report";
import { type Interrupts } from "./interrupts";
import { type Look, nextOpening, targetChanges, type Targets, targetsOf, verdictOf } from "./look";
import { type Progress } from "./progress";
import { type RolloutStack } from "./rollout-stack";
import { type Previewed, previewRun, printLook, updateRun } from "./run";
import { goOnWith, printFailures, printOtherChanges } from "./words";

export interface Supervision {
  readonly stack: RolloutStack;
  readonly out: Output;
  readonly progress: Progress;
  readonly interrupts: Interrupts;
  /** Asks the one question; default: nobody is asked. */
  readonly confirm?: (question: string) => Promise<boolean>;
  /** Between two looks. */
  readonly pollMs: number;
  /** No run starts after it. Default: no limit. */
  readonly until?: Date;
  readonly now: () => Date;
}

/** Looks again that long before an opening at the latest: its configuration may have changed. */
const LONGEST_SLEEP_MS = 10 * 60_000;

/**
 * Leads a rollout to its end: shows what a run would do, asks once, and then runs the engine whenever a step is allowed.
 * After the first run, only steps to the targets that were agreed to are taken.
 * @returns The exit code, see the help of the command.
 * @throws ManagementClusterError, FleetConfigError where the first look fails.
 */
export async function supervise(supervision: Supervision): Promise<number> {
  const { stack, out, interrupts } = supervision;
  const first = await stack.look();
  const held = await stack.lock();
  if (held !== undefined) {
    out.note(held);
    return EXIT.locked;
  }
  const agreed = await agree(supervision, first);
  if (typeof agreed === "number") return agreed;

  let { changes } = agreed;
  const targets = targetsOf(first);
  for (;;) {
    if (changes) {
      const failed = await updateRun(stack, out);
      if (interrupts.signal.aborted) return stopped(supervision, "The run under way was asked to stop.");
      if (failed !== undefined) return failed;
    }
    const next = await waitForRun(supervision, targets);
    if (typeof next === "number") return next;
    const previewed = await previewRun(stack, next, out);
    if (interrupts.signal.aborted) return stopped(supervision, "Stopped between two runs.");
    if (typeof previewed === "number") return previewed;
    if (previewed.others.length > 0 || !previewed.gate.passes) return refused(supervision, previewed);
    ({ changes } = previewed);
    // What was allowed at the look was not any more at the preview.
    if (!changes && verdictOf(next) === "run") await interrupts.sleep(supervision.pollMs);
  }
}

/** Shows what the first run does and has it agreed to, with all that follows. */
async function agree({ stack, out, interrupts, confirm }: Supervision, look: Look): Promise<Previewed | number> {
  printLook(look, out);
  const previewed = await previewRun(stack, look, out);
  if (interrupts.signal.aborted) {
    out.line("Nothing was changed.");
    return EXIT.no;
  }
  if (typeof previewed === "number") return previewed;
  const { others, gate, changes } = previewed;
  const verdict = verdictOf(look);
  if (!changes && verdict === "complete") {
    out.line("Nothing to do: every stage is complete.");
    return EXIT.done;
  }
  if (!changes && verdict === "halted") {
    printFailures(look, stack.name, out);
    return EXIT.halted;
  }
  if (!gate.passes) {
    out.line("Nothing was changed, for the preview gate refuses the first run:");
    printRefusals(gate, out);
    return EXIT.otherChanges;
  }
  if (others.length > 0) {
    out.line("Beside the steps of the rollout, the first run changes:");
    printOtherChanges(others, out);
  }
  const question = `${changes ? "Start" : "Wait and start"}, and go on as further steps become allowed?`;
  if (confirm === undefined || (await confirm(question))) return previewed;
  out.line("Nothing was changed.");
  return EXIT.no;
}

/**
 * Looks until a run has something to do.
 * @returns The exit code where it is over before.
 */
async function waitForRun(supervision: Supervision, targets: Targets): Promise<Look | number> {
  const { stack, out, progress, interrupts, until, now } = supervision;
  for (;;) {
    const look = await lookAgain(supervision);
    if (interrupts.signal.aborted) return stopped(supervision, "Stopped between two runs.");
    if (look !== undefined) {
      const changes = targetChanges(targets, targetsOf(look));
      if (changes.length > 0) return retargeted(supervision, changes);
      progress.show(look);
      const verdict = verdictOf(look);
      if (verdict !== "wait") progress.leave();
      if (verdict === "halted") {
        printFailures(look, stack.name, out);
        return EXIT.halted;
      }
      if (verdict === "complete") return completed(look, out);
      if (until !== undefined && now() >= until) return stopped(supervision, "The time of --until is over.");
      if (verdict === "run") return look;
    }
    await interrupts.sleep(pauseOf(look, supervision));
    if (interrupts.signal.aborted) return stopped(supervision, "Stopped between two runs.");
    if (until !== undefined && now() >= until) return stopped(supervision, "The time of --until is over.");
  }
}

/** A look that fails is tried again later; a configuration that cannot be used ends the rollout. */
async function lookAgain({ stack, progress, now, interrupts }: Supervision): Promise<Look | undefined> {
  try {
    return await stack.look();
  } catch (error) {
    if (!isExplained(error) || error.name === "FleetConfigError") throw error;
    if (!interrupts.signal.aborted) progress.say(now(), `${error.message} It is tried again.`);
    return undefined;
  }
}

/** While clusters move, and where no time is known, every poll; else until the next opening. */
function pauseOf(look: Look | undefined, { pollMs, until, now }: Supervision): number {
  const at = now().getTime();
  const limits = until === undefined ? [] : [until.getTime() - at];
  const isMoving = look === undefined || look.rollout.stages.some(({ moving }) => moving > 0);
  const opening = isMoving ? undefined : nextOpening(look);
  const pause = opening === undefined ? pollMs : Math.min(opening.next.getTime() - at, LONGEST_SLEEP_MS);
  return Math.max(0, Math.min(pause, ...limits));
}

function completed({ rollout: { decisions } }: Look, out: Output): number {
  const failed = decisions.filter(({ action }) => action === "failed").map(({ cluster }) => cluster);
  out.line(out.style("green", "Every stage is complete."));
  if (failed.length > 0) out.line(`Failed, no more than their stages allow: ${failed.join(", ")}.`);
  return EXIT.done;
}

function stopped({ stack, progress, out }: Supervision, why: string): number {
  progress.leave();
  out.line(`${why} ${goOnWith(stack.name)}`);
  return EXIT.no;
}

function refused({ stack, out }: Supervision, { others, gate }: Previewed): number {
  const isMore = others.length > 0;
  const why = isMore
    ? "the next run would change more than the steps of the rollout"
    : "the preview gate refuses the next run";
  out.line(`Stopped, for ${why}:`);
  printOtherChanges(others, out);
  printRefusals(gate, out);
  out.line(goOnWith(stack.name));
  return EXIT.otherChanges;
}

function retargeted({ stack, progress, out }: Supervision, changes: readonly string[]): number {
  progress.leave();
  out.line("Stopped, for the configuration asks for something else now:");
  for (const change of changes) out.line(`  ${change}`);
  out.line(goOnWith(stack.name));
  return EXIT.otherChanges;
}
