import { isRunning } from "../management/cluster";
import { isHealthy } from "../management/api";
import { PROCESS_NAMES } from "../management/names";
import { processSpec } from "../management/processes";
import { readRecord, type SandboxRecord } from "../management/record";
import { SandboxProblem } from "../problem";
import { type Context } from "./context";
import { clustersOf, table } from "./fleet";

/** Prints the processes and, if the API server answers, the fleet. @throws SandboxProblem if any process is down. */
export async function status(context: Context): Promise<void> {
  const { paths, report } = context;
  const record = readRecord(paths);
  if (record === undefined) {
    report.line(`No sandbox runs in ${paths.root}. \`npm run sandbox\` starts one.`);
    return;
  }
  const states = await Promise.all(PROCESS_NAMES.map((name) => stateOf(context, record, name)));
  for (const [index, name] of PROCESS_NAMES.entries()) {
    const version = record.versions[name] ?? "";
    report.line(`${name.padEnd(28)}${version.padEnd(12)}${states[index]}`);
  }
  if (states[PROCESS_NAMES.indexOf("kube-apiserver")] === "ready") report.line(`\n${table(await clustersOf(context))}`);
  if (states.some((state) => state !== "ready")) {
    throw new SandboxProblem("Not everything runs. `npm run sandbox` starts what is missing.");
  }
}

async function stateOf(
  { paths }: Context,
  record: SandboxRecord,
  name: (typeof PROCESS_NAMES)[number],
): Promise<"ready" | "not ready" | "not running"> {
  if (!isRunning(record, name)) return "not running";
  const place = { paths, address: record.address, ports: record.ports };
  return (await isHealthy(processSpec(name, place, "").ready)) ? "ready" : "not ready";
}
