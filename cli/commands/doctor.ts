import { defineCommand } from "../command";
import { EXIT, UsageError } from "../errors";

export const doctor = defineCommand({
  name: "doctor",
  summary: "checks tools, backend, stack, management cluster, rights; says what to do",
  details: `Every check runs even if another one fails; those that depend on a failed one are skipped. Nothing
is changed and no secret is shown. Exit code 1 if a check failed; warnings do not count.`,
  async run({ out, stacks }) {
    const { examine } = await import("../doctor/examine");
    const { isHealthy, reportDoctor } = await import("../doctor/report");
    const { sandboxEnvironment } = await import("../sandbox-environment");
    const chosen = await stacks().catch((error: unknown) => {
      if (error instanceof UsageError) return error;
      throw error;
    });
    const examined = await examine(chosen, sandboxEnvironment());
    reportDoctor(examined, out);
    return isHealthy(examined) ? EXIT.done : EXIT.failed;
  },
});
