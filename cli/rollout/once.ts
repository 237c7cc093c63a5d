import { EXIT } from "../errors";
import { type Output } from "../output";
import { printRefusals } from "../preview-gate/report";
import { verdictOf } from "./look";
import { type RolloutStack } from "./rollout-stack";
import { previewRun, printLook, updateRun } from "./run";
import { printFailures, printOtherChanges, waitText } from "./words";

/**
 * One run for jobs: takes the steps that are allowed now, and refuses where anything else would change.
 * @returns The exit code, see the help of the command.
 */
export async function rolloutOnce(stack: RolloutStack, out: Output): Promise<number> {
  const look = await stack.look();
  printLook(look, out);
  const previewed = await previewRun(stack, look, out);
  if (typeof previewed === "number") return previewed;
  const { others, gate, changes } = previewed;
  if (others.length > 0) {
    out.line("Nothing was changed, for this is no step of the rollout:");
    printOtherChanges(others, out);
    printRefusals(gate, out);
    out.line(`Look at it and apply it yourself: pulumi up --policy-pack policy --stack ${stack.name}`);
    return EXIT.otherChanges;
  }
  if (!gate.passes) {
    out.line("Nothing was changed, for the preview gate refuses it:");
    printRefusals(gate, out);
    return EXIT.otherChanges;
  }
  const held = changes ? await stack.lock() : undefined;
  if (held !== undefined) {
    out.note(held);
    return EXIT.locked;
  }
  const failed = changes ? await updateRun(stack, out) : undefined;
  if (failed !== undefined) return failed;

  if (look.rollout.stages.some(({ halted }) => halted)) {
    printFailures(look, stack.name, out);
    return EXIT.halted;
  }
  if (changes) {
    out.line("All steps that are allowed now were taken.");
    return EXIT.done;
  }
  if (verdictOf(look) === "complete") {
    out.line("Nothing to do: every stage is complete.");
    return EXIT.done;
  }
  out.line(`Nothing may move now. ${waitText(look)}`);
  return EXIT.no;
}
