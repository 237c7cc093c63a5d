import { existsSync, readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { isSandboxEntry, type SandboxPaths } from "../layout";
import { SandboxProblem } from "../problem";
import { startDetached, stopDetached } from "../process/detached";
import { isAlive } from "../process/identity";
import { type Toolbox } from "../tools/toolbox";
import { chooseAddress, PROVIDER_PORTS, probePort } from "./address";
import { isHealthy } from "./api";
import { prepareCredentials } from "./credentials";
import { type AwsAccess, fingerprint, type Place, processSpec, type ProcessSpec } from "./processes";
import { PROCESS_NAMES, type ProcessName } from "./names";
import { choosePorts } from "./ports";
import { readRecord, type SandboxRecord, writeRecord } from "./record";
import { lastLines, stopStrays } from "./strays";

const GRACE_MS = 3_000;
const READY_MS = 90_000;

/** The processes of one sandbox's management cluster: starts, stops and watches them one by one. */
export class ManagementProcesses {
  private aws: AwsAccess | undefined;

  private constructor(
    readonly paths: SandboxPaths,
    private readonly tools: Toolbox,
    private record: SandboxRecord,
  ) {}

  /**
   * Finds or chooses address, ports and credentials, and ends what cannot be kept: processes of this sandbox that the
   * record does not know, and those that loaded a certificate that is no longer good. Starts nothing.
   * The caller holds the sandbox's lock.
   */
  static async open(paths: SandboxPaths, tools: Toolbox): Promise<ManagementProcesses> {
    refuseForeignFolder(paths);
    const before = readRecord(paths);
    await stopStrays(paths, before);
    const address = await keepOrChooseAddress(paths, before);
    if (prepareCredentials(paths, address)) await stopAll(before, GRACE_MS);
    const running = PROCESS_NAMES.filter((name) => isRunning(before, name));
    const ports = await choosePorts(address, before?.ports, new Set(running));
    const versions = Object.fromEntries(PROCESS_NAMES.map((name) => [name, tools.version(name)]));
    const record: SandboxRecord = { format: 1, address, ports, versions, processes: before?.processes ?? {} };
    writeRecord(paths, record);
    return new ManagementProcesses(paths, tools, record);
  }

  get place(): Place {
    const { address, ports } = this.record;
    return { paths: this.paths, address, ports, ...(this.aws === undefined ? {} : { aws: this.aws }) };
  }

  /** From now on CAPA, which runs, reconciles against this AWS API, as long as this process lives. */
  async reconcileAws(aws: AwsAccess): Promise<void> {
    this.aws = aws;
    await this.ensure("capa");
  }

  /**
   * Leaves a healthy process alone; starts one that is dead; restarts one that does not answer or that another binary
   * or other arguments are now meant for. Returns when it is ready.
   * @returns Whether it was started.
   * @throws SandboxProblem with the last lines of its log.
   */
  async ensure(name: ProcessName): Promise<boolean> {
    if (isRunning(this.record, name)) {
      const fits = this.record.processes[name]?.fingerprint === fingerprint(this.spec(name));
      if (fits && (await this.answersWithin(name, 10_000))) return false;
      await this.stop(name);
    }
    await this.start(name);
    return true;
  }

  /** Starts a process that does not run, and returns when it is ready. */
  async start(name: ProcessName): Promise<void> {
    const spec = this.spec(name);
    const identity = await startDetached(spec);
    this.remember(name, { ...identity, fingerprint: fingerprint(spec) });
    if (await this.answersWithin(name, READY_MS)) return;
    const how = isRunning(this.record, name) ? `does not get ready within ${READY_MS / 1000} s` : "ended at its start";
    throw new SandboxProblem(
      `${name} ${how}. The last lines of ${spec.log}:\n${lastLines(spec.log, 12)}\n` +
        "`npm run sandbox` tries again; `npm run sandbox down` removes this sandbox's data for a fresh start.",
    );
  }

  /** Stops a process, by SIGTERM first. Nothing happens if it does not run. */
  async stop(name: ProcessName): Promise<void> {
    const process = this.record.processes[name];
    if (process !== undefined) await stopDetached(process, GRACE_MS);
    this.remember(name, undefined);
  }

  async restart(name: ProcessName): Promise<void> {
    await this.stop(name);
    await this.start(name);
  }

  private spec(name: ProcessName): ProcessSpec {
    return processSpec(name, this.place, this.tools.file(name));
  }

  private remember(name: ProcessName, process: SandboxRecord["processes"][ProcessName]): void {
    const { [name]: _before, ...others } = this.record.processes;
    this.record = { ...this.record, processes: process === undefined ? others : { ...others, [name]: process } };
    writeRecord(this.paths, this.record);
  }

  private async answersWithin(name: ProcessName, waitMs: number): Promise<boolean> {
    const { ready } = this.spec(name);
    const deadline = Date.now() + waitMs;
    while (Date.now() < deadline) {
      if (await isHealthy(ready)) return true;
      if (!isRunning(this.record, name)) return false;
      await sleep(50);
    }
    return false;
  }
}

export function isRunning(record: SandboxRecord | undefined, name: ProcessName): boolean {
  const process = record?.processes[name];
  return process !== undefined && isAlive(process);
}

/** Stops all recorded processes, those that depend on others first. */
export async function stopAll(record: SandboxRecord | undefined, graceMs: number): Promise<void> {
  for (const name of [...PROCESS_NAMES].reverse()) {
    const process = record?.processes[name];
    if (process !== undefined) await stopDetached(process, graceMs);
  }
}

/** A sandbox folder named by mistake must not be filled, nor emptied later. */
function refuseForeignFolder(paths: SandboxPaths): void {
  if (!existsSync(paths.root)) return;
  const foreign = readdirSync(paths.root).find((entry) => !isSandboxEntry(entry));
  if (foreign === undefined) return;
  throw new SandboxProblem(
    `${paths.root} holds ${foreign}, which no sandbox wrote. Name a new or empty folder in CLUSTER_FLEET_SANDBOX_DIR.`,
  );
}

/** The clusters of the in-memory provider keep the address that they were made with. */
async function keepOrChooseAddress(paths: SandboxPaths, before: SandboxRecord | undefined): Promise<string> {
  if (before === undefined) return chooseAddress(paths.root);
  if (isRunning(before, "capi-dev")) return before.address;
  for (const port of PROVIDER_PORTS) {
    if ((await probePort(before.address, port)) === "free") continue;
    throw new SandboxProblem(
      `Port ${port} on ${before.address}, where this sandbox lives, is taken by another program. Stop that program, ` +
        "or run `npm run sandbox down` and start afresh.",
    );
  }
  return before.address;
}
