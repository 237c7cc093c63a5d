import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { type SandboxPaths } from "../layout";
import { type ProcessIdentity } from "../process/identity";
import { type ProcessName } from "./names";
import { type Ports } from "./ports";

export interface ProcessRecord extends ProcessIdentity {
  /** Hash of binary, arguments and environment: a process with another one is restarted. */
  readonly fingerprint: string;
}

/** `sandbox.json`: what runs and where. */
export interface SandboxRecord {
  readonly format: 1;
  /** The loopback address that everything listens on. */
  readonly address: string;
  readonly ports: Ports;
  /** Versions by process name. */
  readonly versions: Readonly<Record<string, string>>;
  readonly processes: Readonly<Partial<Record<ProcessName, ProcessRecord>>>;
}

/** @returns undefined if there is no record, or none that can be read: then only the process list tells what runs. */
export function readRecord(paths: SandboxPaths): SandboxRecord | undefined {
  try {
    const record = JSON.parse(readFileSync(paths.record, "utf8")) as SandboxRecord;
    return record.format === 1 ? record : undefined;
  } catch {
    return undefined;
  }
}

/** Replaces the record whole: a reader, or a start after a crash, sees the old or the new one, never half of it. */
export function writeRecord(paths: SandboxPaths, record: SandboxRecord): void {
  mkdirSync(path.dirname(paths.record), { recursive: true });
  const draft = `${paths.record}.new`;
  writeFileSync(draft, `${JSON.stringify(record, undefined, 2)}\n`);
  renameSync(draft, paths.record);
}
