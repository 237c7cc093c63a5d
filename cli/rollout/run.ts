import { rolloutReport } from "../../fleet/rollout/report";
import { type ShownStep } from "../../fleet/rollout/types";
import { EXIT } from "../errors";
import { type Output } from "../output";
import { judge, type Verdict } from "../preview-gate/judge";
import { type Look } from "./look";
import { type OtherChange, otherChanges } from "./other-changes";
import { isChange } from "./previewed";
import { type RolloutStack } from "./rollout-stack";
import { printRollout } from "./table";

/** What a preview came to. */
export interface Previewed {
  readonly decided: readonly ShownStep[];
  readonly others: readonly OtherChange[];
  /** What the preview gate says of it. */
  readonly gate: Verdict;
  /** An update would do something. */
  readonly changes: boolean;
}

/**
 * Previews, tells what belongs to the rollout from what does not, and judges the whole of it.
 * @returns The exit code where that failed. @throws ManagementClusterError where it failed because of that.
 */
export async function previewRun(stack: RolloutStack, { gateRules }: Look, out: Output): Promise<Previewed | number> {
  const preview = await stack.preview();
  if (preview.failed !== undefined) {
    out.note(`pulumi preview failed; nothing was changed:\n${preview.failed}`);
    await requireReachable(stack);
    return EXIT.failed;
  }
  const { steps, decided } = preview;
  const clusters = new Set(decided.map(({ cluster }) => cluster));
  const others = otherChanges(steps, { clusters });
  return { decided, others, gate: judge(steps, gateRules), changes: steps.some(isChange) };
}

/**
 * Updates, by the steps that the preview before it decided.
 * @returns The exit code where that failed. @throws ManagementClusterError where it failed because of that.
 */
export async function updateRun(stack: RolloutStack, out: Output): Promise<number | undefined> {
  const { code, locked } = await stack.up();
  if (locked !== undefined) {
    out.note(`Stack ${stack.name} is locked by another run; nothing was changed:\n${locked}`);
    return EXIT.locked;
  }
  if (code === 0) return undefined;
  out.note(
    `pulumi up ended with exit code ${code}; above stands why. What it had done stays, and no further run was started. ` +
      `\`npm run fleet -- doctor --stack ${stack.name}\` looks at the stack.`,
  );
  await requireReachable(stack);
  return EXIT.failed;
}

/** A run that failed may have failed because nobody answers: that has an exit code of its own. */
async function requireReachable(stack: RolloutStack): Promise<void> {
  try {
    await stack.look();
  } catch (error) {
    if (error instanceof Error && error.name === "ManagementClusterError") throw error;
  }
}

/** The rollout as one table, where there is anything to say. */
export function printLook({ rollout, upgrades, at }: Look, out: Output): void {
  const report = rolloutReport(rollout, upgrades);
  if (report !== undefined) printRollout(report, at, out);
}
