import { onStage } from "../../sandbox/rehearsal/on-stage";
import { standInController } from "../../sandbox/rehearsal/surroundings";
import { REHEARSALS } from "../../sandbox/rehearsal/rehearsals";
import { createReport } from "../../sandbox/report";
import { withTemporarySandbox } from "../../sandbox/temporary";

/**
 * Runs a rehearsal in a sandbox of its own. It fails by itself at whatever is not as it should be.
 * @returns What it has shown.
 */
export async function rehearse(name: keyof typeof REHEARSALS): Promise<string[]> {
  const shown: string[] = [];
  await withTemporarySandbox("cf-test-rehearsal-", createReport(process.stderr), async ({ engine, paths, tools }) => {
    await onStage(standInController(paths, tools), () =>
      REHEARSALS[name].run({ engine, paths, say: (text) => void shown.push(text) }),
    );
  });
  return shown;
}
