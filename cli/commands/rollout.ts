import { defineCommand } from "../command";
import { CliError, EXIT, UsageError } from "../errors";
import { type Output } from "../output";

export const rollout = defineCommand({
  name: "rollout",
  summary: "leads a rollout to its end: runs pulumi up whenever steps are allowed",
  options: {
    once: { type: "flag", summary: "one run for jobs: only the steps that are allowed now; never asks" },
    yes: { type: "flag", short: "y", summary: "do not ask" },
    poll: { type: "text", value: "TIME", summary: "between two looks at the fleet, e.g. 2m; default: 30s" },
    until: { type: "text", value: "TIME", summary: "start no run after that time, e.g. 2h; default: no limit" },
    "policy-pack": { type: "text", value: "FOLDER", summary: "passed on to Pulumi; default: policy" },
    "policy-pack-config": { type: "text", value: "FILE", summary: "passed on to Pulumi" },
  },
  details: `Previews, shows which clusters move and what else would change, and asks once. Then it runs
pulumi up whenever a step is allowed, looks at the fleet in between, and sleeps until windows open.
After the first run it takes only steps of the rollout that was agreed to: where a preview shows
anything else, it stops. Ctrl-C ends it; nothing is lost, and the same command goes on.

Every run is judged by the preview gate too, the first one and with --yes: see check-preview.

--once refuses where anything but the allowed steps would change, and asks nobody.

Exit codes of rollout
  0  every stage is complete; --once: or all allowed steps were taken
  1  failed: the configuration, the preview or the update; the message says why
  2  wrong usage
  3  it waits: --once found no step that is allowed now; else it was stopped before its end
  4  a stage is halted: more clusters have failed than may
  5  something else than the steps of the rollout would change, or the preview gate refuses the run
  6  another run holds the stack's lock
  7  the management cluster cannot be looked at`,
  async run({ values, out, stacks }) {
    const { pauseOf, spanOf } = await import("../rollout/times");
    const times = { pollMs: pauseOf(values.poll), untilMs: spanOf(values.until) };
    const asks = values.yes !== true && values.once !== true;
    if (values.once === true && values.until !== undefined) throw new UsageError("--until has no use with --once.");
    refuseHold();
    if (asks && (out.json || !process.stdin.isTTY)) {
      throw new CliError("Nobody can be asked here. Add --yes to start at once, or --once for one run of a job.");
    }
    const [context, another] = await stacks();
    if (context === undefined || another !== undefined) {
      throw new UsageError("A rollout is led for one stack at a time. Add --stack STACK.");
    }

    const { interruptsOfProcess } = await import("../rollout/interrupts");
    const { rolloutStack } = await import("../rollout/rollout-stack");
    const shown = out.json ? await onStandardError() : out;
    const interrupts = interruptsOfProcess();
    const args = await policyArguments(values["policy-pack"], values["policy-pack-config"]);
    const stack = rolloutStack(context, { interrupts, args, show: shown.write, colour: shown.colour });
    let code: number;
    try {
      if (values.once === true) {
        const { rolloutOnce } = await import("../rollout/once");
        code = await rolloutOnce(stack, shown);
      } else {
        const { supervise } = await import("../rollout/supervise");
        const { progressOn } = await import("../rollout/progress");
        const { typedYes } = await import("../rollout/confirm");
        code = await supervise({
          stack,
          out: shown,
          progress: progressOn(shown),
          interrupts,
          ...(asks ? { confirm: typedYes } : {}),
          pollMs: times.pollMs,
          ...(times.untilMs === undefined ? {} : { until: new Date(Date.now() + times.untilMs) }),
          now: () => new Date(),
        });
      }
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "ManagementClusterError") throw error;
      out.note(error.message);
      code = EXIT.unreachable;
    } finally {
      stack.close();
    }
    if (out.json) out.data({ stack: context.name, code, outcome: OUTCOMES[code] });
    return code;
  },
});

const OUTCOMES: Readonly<Record<number, string>> = {
  [EXIT.done]: "done",
  [EXIT.failed]: "failed",
  [EXIT.no]: "waits",
  [EXIT.halted]: "halted",
  [EXIT.otherChanges]: "other-changes",
  [EXIT.locked]: "locked",
  [EXIT.unreachable]: "unreachable",
};

function refuseHold(): void {
  const hold = process.env["FLEET_HOLD"];
  if (hold) throw new UsageError(`FLEET_HOLD=${hold} is set, so that no step may start. Unset it.`);
}

/** With --json the one document is all that goes to standard output. */
async function onStandardError(): Promise<Output> {
  const { createOutput } = await import("../output");
  return createOutput({ stdout: process.stderr, stderr: process.stderr, env: process.env }, { json: false });
}

async function policyArguments(pack: string | undefined, config: string | undefined): Promise<string[]> {
  const { PROJECT_FOLDER } = await import("../pulumi");
  const { userPath } = await import("../user-path");
  const { join } = await import("node:path");
  const folder = pack === undefined ? join(PROJECT_FOLDER, "policy") : userPath(pack);
  return [`--policy-pack=${folder}`, ...(config === undefined ? [] : [`--policy-pack-config=${userPath(config)}`])];
}
