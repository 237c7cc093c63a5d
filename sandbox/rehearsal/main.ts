import { findOrMakePython } from "../aws-api/environment";
import { killEngines } from "../engine/run";
import { handleInterrupts } from "../interrupt";
import { toolsFolder } from "../layout";
import { SandboxProblem } from "../problem";
import { createReport } from "../report";
import { withTemporarySandbox } from "../temporary";
import { productionOnAwsApi } from "./aws-api/production";
import { ARRIVING, foreignKinds } from "./kinds/foreign-kinds";
import { onStage } from "./on-stage";
import { REHEARSALS } from "./rehearsals";
import { describeSurroundings, standInController } from "./surroundings";

const NAMES = Object.keys(REHEARSALS) as (keyof typeof REHEARSALS)[];

const AWS_API = "--aws-api";

const USAGE = `npm run rehearse -- STACK: runs a stack end to end on this machine, without an AWS account

${NAMES.map((name) => `  ${name.padEnd(12)} ${REHEARSALS[name].summary}`).join("\n")}

  production ${AWS_API}
               its clusters are made too, in a simulated AWS account in which no machine boots; needs Python 3.11

Real: the Pulumi engine, the policy pack, the program, a Kubernetes API server, Cluster API with its webhooks.
Simulated: AWS (order and shape of its resources), the machines of the workload clusters. See docs/rehearsal.md.`;

/** `npm run rehearse`. */
async function main([name, ...rest]: readonly string[]): Promise<void> {
  if (name === undefined || ["help", "--help", "-h"].includes(name)) return console.log(USAGE);
  const known = NAMES.find((each) => each === name);
  const onAwsApi = known === "production" && rest.length === 1 && rest[0] === AWS_API;
  if (known === undefined || (rest.length > 0 && !onAwsApi)) {
    throw new SandboxProblem(`There is no rehearsal of ${[name, ...rest].join(" ")}.\n\n${USAGE}`, 2);
  }
  const report = createReport(process.stdout);
  const python = onAwsApi ? await findOrMakePython(toolsFolder(), report) : undefined;
  const options = { prefix: "cf-rehearsal-", report, later: ARRIVING };
  await withTemporarySandbox(options, async ({ engine, management, paths, tools }) => {
    for (const line of describeSurroundings(foreignKinds(tools))) report.line(line);
    report.line(`\nRehearsal of ${known}: ${REHEARSALS[known].summary}`);
    const stage = { engine, paths, say: (shown: string) => report.line(`  ✔ ${shown}`) };
    await onStage(standInController(paths, tools, management), () =>
      python === undefined ? REHEARSALS[known].run(stage) : productionOnAwsApi({ ...stage, management, python }),
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
