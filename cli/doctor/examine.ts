import { runPulumi } from "../pulumi";
import { type SandboxEnvironment } from "../sandbox-environment";
import { type StackContext } from "../stack-context";
import { failedAs, type Outcome, runChecks } from "./check";
import { machineChecks } from "./machine-checks";
import { managementChecks } from "./management-checks";
import { machineProbes, managementProbes, stackProbes } from "./probes";
import { stackChecks } from "./stack-checks";

/** What was found about the machine, or about one stack. */
export interface Examined {
  /** Undefined: the machine. */
  readonly stack: string | undefined;
  readonly outcomes: readonly Outcome[];
}

/**
 * Runs every check.
 * @param stacks The stacks, or why there is none: then the machine alone is looked at.
 */
export async function examine(
  stacks: readonly StackContext[] | Error,
  sandbox: SandboxEnvironment | undefined,
): Promise<readonly Examined[]> {
  const chosen = stacks instanceof Error ? [] : stacks;
  const env = chosen[0]?.env ?? process.env;
  const machine = await runChecks(machineChecks(machineProbes(env, (args) => runPulumi(args, env))));
  const examined: Examined[] = [{ stack: undefined, outcomes: machine }];
  for (const stack of chosen) {
    const checks = [...stackChecks(stackProbes(stack, sandbox?.file)), ...managementChecks(managementProbes(stack))];
    examined.push({ stack: stack.name, outcomes: await runChecks(checks, machine) });
  }
  return stacks instanceof Error ? [...examined, noStack(stacks)] : examined;
}

function noStack({ message }: Error): Examined {
  return { stack: "(none)", outcomes: [{ name: "stack", ...failedAs(message) }] };
}
