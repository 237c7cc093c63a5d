import { killEngines } from "../engine/run";
import { handleInterrupts } from "../interrupt";
import { SandboxProblem } from "../problem";
import { createReport } from "../report";
import { withTemporarySandbox } from "../temporary";
import { ARRIVING, foreignKinds } from "./kinds/foreign-kinds";
import { onStage } from "./on-stage";
import { REHEARSALS } from "./rehearsals";
import { describeSurroundings, standInController } from "./surroundings";

const NAMES = Object.keys(REHEARSALS) as (keyof typeof REHEARSALS)[];

const USAGE = `npm run rehearse -- STACK: runs a stack end to end on this machine, without an AWS account

${NAMES.map((name) => `  ${name.padEnd(12)} ${REHEARSALS[name].summary}`).join("\n")}

Real: the Pulumi engine, the policy pack, the program, a Kubernetes API server, Cluster API with its webhooks.
Simulated: AWS (order and shape of its resources), the machines of the workload clusters. See docs/rehearsal.md.`;

/** `npm run rehearse`. */
async function main([name, ...rest]: readonly string[]): Promise<void> {
  if (name === undefined || ["help", "--help", "-h"].includes(name)) return console.log(USAGE);
  const known = NAMES.find((each) => each === name);
  if (known === undefined || rest.length > 0) {
    throw new SandboxProblem(`There is no rehearsal of ${[name, ...rest].join(" ")}.\n\n${USAGE}`, 2);
  }
  const report = createReport(process.stdout);
  const options = { prefix: "cf-rehearsal-", report, later: ARRIVING };
  await withTemporarySandbox(options, async ({ engine, management, paths, tools }) => {
    for (const line of describeSurroundings(foreignKinds(tools))) report.line(line);
    report.line(`\nRehearsal of ${known}: ${REHEARSALS[known].summary}`);
    await onStage(standInController(paths, tools, management), () =>
      REHEARSALS[known].run({ engine, paths, say: (shown) => report.line(`  ✔ ${shown}`) }),
    );
    report.line("Done; nothing of it is left.");
  });
}

handleInterrupts(() => console.error("\nStopped."));
process.once("exit", killEngines);

main(process.argv.slice(2)).then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error instanceof SandboxProblem ? `Error: ${error.message}` : error);
    process.exit(error instanceof SandboxProblem ? error.exitCode : 1);
  },
);
