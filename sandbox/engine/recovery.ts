import { readdirSync, readFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { type SandboxPaths } from "../layout";
import { type ListedProcess } from "../process/list";

/** The project whose stacks live in a sandbox. */
export const PROJECT = "cluster-fleet";

export interface StackLock {
  readonly pid: number;
  readonly hostname: string;
}

export interface LockOwners {
  /** Locks whose engine has ended. */
  readonly dead: readonly StackLock[];
  /** Locks whose engine still runs, or may run on another host. */
  readonly alive: readonly StackLock[];
}

export function stackExists(paths: SandboxPaths, stack: string): boolean {
  return readCheckpoint(paths, stack) !== undefined;
}

/** Engines that hold a stack. A pid that meanwhile belongs to something other than `pulumi` counts as dead. */
export function lockOwners(
  paths: SandboxPaths,
  stack: string,
  processes: readonly ListedProcess[],
  hostname = os.hostname(),
): LockOwners {
  const owners = { dead: [] as StackLock[], alive: [] as StackLock[] };
  for (const lock of readLocks(paths, stack)) {
    const elsewhere = lock.hostname !== hostname;
    const runs = processes.some(({ pid, command }) => pid === lock.pid && command.includes("pulumi"));
    (elsewhere || runs ? owners.alive : owners.dead).push(lock);
  }
  return owners;
}

/** URNs of resources whose creation, update or deletion was under way when an engine was killed. */
export function pendingOperations(paths: SandboxPaths, stack: string): string[] {
  const operations = readCheckpoint(paths, stack)?.checkpoint?.latest?.pending_operations ?? [];
  return operations.map(({ resource }) => resource.urn);
}

interface Checkpoint {
  readonly checkpoint?: {
    readonly latest?: { readonly pending_operations?: readonly { readonly resource: { readonly urn: string } }[] };
  };
}

function readCheckpoint(paths: SandboxPaths, stack: string): Checkpoint | undefined {
  const file = path.join(paths.state, ".pulumi", "stacks", PROJECT, `${stack}.json`);
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Checkpoint;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new Error(`${file} cannot be read as a Pulumi checkpoint. Its last good version lies beside it, as .bak.`, {
      cause: error,
    });
  }
}

function readLocks(paths: SandboxPaths, stack: string): StackLock[] {
  const folder = path.join(paths.state, ".pulumi", "locks", "organization", PROJECT, stack);
  return entries(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => JSON.parse(readFileSync(path.join(folder, name), "utf8")) as StackLock);
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
