import { ARRIVING } from "../../sandbox/rehearsal/kinds/foreign-kinds";
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
  const options = { prefix: "cf-test-rehearsal-", report: createReport(process.stderr), later: ARRIVING };
  await withTemporarySandbox(options, async ({ engine, management, paths, tools }) => {
    await onStage(standInController(paths, tools, management), () =>
      REHEARSALS[name].run({ engine, paths, say: (text) => void shown.push(text) }),
    );
  });
  return shown;
}
