import { writeFileSync } from "node:fs";
import * as os from "node:os";

import { handleInterrupts } from "../sandbox/interrupt";
import { SandboxProblem } from "../sandbox/problem";
import { createReport, type Report } from "../sandbox/report";
import { declaredIn } from "./declared";
import { decideTimes } from "./decide";
import { ourStack } from "./fleets";
import { loadTimes, planTimes } from "./in-process";
import { measureObservation } from "./observation";
import { type Options, parseOptions, USAGE } from "./options";
import { type BenchResult, tables } from "./report/tables";
import { type TemporarySandbox, withTemporarySandbox } from "../sandbox/temporary";
import { measureSize, roundsFor, type SizeResult, type Template } from "./size";
import { type StackState } from "./stack";
import { markdownTable, textTable } from "./report/table";

const PLANNED_CLUSTERS = 10_000;
const OBSERVED_CLUSTERS = 1000;
const REPETITIONS = 5;

/** `npm run bench`, see docs/performance.md. News go to standard error, the result to standard output. */
async function main(args: readonly string[]): Promise<void> {
  const options = parseOptions(args);
  if (options === undefined) return console.log(USAGE);
  const report = createReport(process.stderr);
  const { about, result } = await withTemporarySandbox({ prefix: "cf-bench-", report }, async (sandbox) => ({
    about: surroundings(sandbox),
    result: await measureAll(sandbox, report, options),
  }));
  if (options.json !== undefined) writeFileSync(options.json, json({ about, options, ...result }));
  const facts = [...about, ...result.sizes.map((size) => conditions(size, options))];
  const all = tables(result);
  console.log([facts.join("\n"), ...all.map(textTable)].join("\n\n"));
  console.log(`\nFor docs/performance.md:\n\n${[facts.map(item).join("\n"), ...all.map(markdownTable)].join("\n\n")}`);
}

async function measureAll(sandbox: TemporarySandbox, report: Report, options: Options): Promise<BenchResult> {
  // First, while nothing else is in memory or at work.
  const plan = await planTimes(PLANNED_CLUSTERS, REPETITIONS);
  const rollout = decideTimes(PLANNED_CLUSTERS, REPETITIONS);
  const load = await loadTimes(REPETITIONS);
  const template = await templateOf(sandbox);
  const sizes: SizeResult[] = [];
  for (const clusters of options.sizes) {
    sizes.push(await measureSize(sandbox, report, clusters, options.rounds, template));
  }
  const observation = await measureObservation(sandbox, report, OBSERVED_CLUSTERS, REPETITIONS, template);
  return { sizes, plan, rollout, load, observation };
}

/** From a stack of one cluster, which also warms up all that both programs run on. */
async function templateOf(sandbox: TemporarySandbox): Promise<Template> {
  const stack = await ourStack(sandbox, "ours-for-template", 1);
  await stack.up();
  return { environment: stack.name, declared: declaredIn(JSON.parse(await stack.export()) as StackState) };
}

function surroundings({ engine, tools }: TemporarySandbox): string[] {
  const gibibytes = Math.round(os.totalmem() / 2 ** 30);
  return [
    `${new Date().toISOString().slice(0, 10)}, ${os.cpus().length} processors, ${gibibytes} GiB, Node ${process.version}`,
    `Pulumi ${tools.version("pulumi")}, Kubernetes ${tools.version("kube-apiserver")}, ` +
      `Cluster API ${tools.version("capi-core")}`,
    ...engine.lines,
  ];
}

function conditions({ clusters, loadAverage }: SizeResult, options: Options): string {
  const { previews, ups, checkpoints } = roundsFor(clusters, options.rounds);
  const saving = checkpoints ? "" : " (state saved once, at its end)";
  const rounds = `previews and refreshes ${times(previews)}, up ${times(ups)}${saving}`;
  return `${clusters} clusters: ${rounds}; load average ${loadAverage.toFixed(1)}`;
}

function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}

function item(fact: string): string {
  return `- ${fact}`;
}

function json(result: object): string {
  const value = (_key: string, member: unknown) => (member instanceof Map ? Object.fromEntries(member) : member);
  return `${JSON.stringify(result, value, 2)}\n`;
}

handleInterrupts(() => console.error("\nStopped; the sandbox of this run is removed."));

main(process.argv.slice(2)).then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error instanceof SandboxProblem ? `Error: ${error.message}` : error);
    process.exit(error instanceof SandboxProblem ? error.exitCode : 1);
  },
);
