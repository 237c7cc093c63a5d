import { type Command, acceptanceSteps, OptInMissing, optIn } from "./steps";
import { spawnSync } from "node:child_process";

/** `npm run acceptance`, see docs/acceptance.md: builds a management cluster in a real AWS account and takes it down. */
function main(): number {
  const wish = optIn(process.env);
  const identity = JSON.parse(output({ program: "aws", args: ["sts", "get-caller-identity", "--output", "json"] })) as {
    Account: string;
  };
  if (identity.Account !== wish.account) {
    throw new OptInMissing(
      `CLUSTER_FLEET_ACCEPTANCE_ACCOUNT is ${wish.account}, but these credentials belong to ${identity.Account}. ` +
        "Sign in to the account that you mean.",
    );
  }
  const deadline = Date.now() + wish.minutes * 60_000;
  let failure: string | undefined;
  for (const step of acceptanceSteps(wish)) {
    // Once something has failed, or time is up, only what takes the cluster down is still done.
    if ((failure !== undefined || Date.now() > deadline) && !step.always) continue;
    console.log(`\n== ${step.what}`);
    const problem = step.check(run(step.command));
    if (problem !== undefined) failure ??= `${step.what}: ${problem}`;
  }
  if (failure === undefined && Date.now() > deadline) failure = `it took longer than ${wish.minutes} minutes`;
  console.log(failure === undefined ? "\nAccepted; nothing is left in the account." : `\nNot accepted: ${failure}.`);
  return failure === undefined ? 0 : 1;
}

/** Shows the command's output as it comes and returns it. */
function run({ program, args }: Command): { code: number; stdout: string } {
  const { status, stdout } = spawnSync(program, [...args], {
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
    maxBuffer: 64 * 2 ** 20,
  });
  process.stdout.write(stdout ?? "");
  return { code: status ?? 1, stdout: stdout ?? "" };
}

function output(command: Command): string {
  const { code, stdout } = run(command);
  if (code !== 0) throw new OptInMissing(`${command.program} ${command.args.join(" ")} failed. Is it installed?`);
  return stdout;
}

try {
  process.exitCode = main();
} catch (error) {
  if (!(error instanceof OptInMissing)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
