import { parseArgs } from "node:util";

import { prune } from "./prune";
import { status } from "./status";

const HELP = `Usage: npm run fleet -- <command> --stack STACK

  status           the clusters of the stack's environment, as they live
  prune [--yes]    deletes published class revisions that no cluster uses and that the last up did not declare

Exit code: 0 done; 1 failed; 2 wrong usage.`;

const COMMANDS = { status, prune };

async function main(): Promise<number> {
  let parsed;
  try {
    parsed = parseArgs({
      allowPositionals: true,
      options: {
        stack: { type: "string", short: "s" },
        yes: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    return usage((error as Error).message);
  }
  const { positionals, values } = parsed;
  if (values.help === true) {
    console.log(HELP);
    return 0;
  }
  const command = COMMANDS[positionals[0] as keyof typeof COMMANDS];
  if (command === undefined || positionals.length > 1) {
    return usage(positionals.length === 0 ? "No command was given." : `Unknown command: ${positionals.join(" ")}.`);
  }
  if (values.stack === undefined) {
    return usage("--stack is missing.");
  }
  await command(values.stack, { yes: values.yes ?? false });
  return 0;
}

function usage(problem: string): number {
  console.error(`${problem}\n\n${HELP}`);
  return 2;
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
