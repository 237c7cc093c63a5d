import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { identify, isAlive, type ProcessIdentity } from "./identity";

interface LockOwner extends ProcessIdentity {
  readonly host: string;
}

/** Thrown by {@link takeLock} when a running process holds the lock. */
export class LockHeld extends Error {
  constructor(
    readonly file: string,
    readonly pid: number,
    readonly host: string,
  ) {
    super(`${file} is held by process ${pid} on ${host}`);
    this.name = "LockHeld";
  }
}

/**
 * Takes a lock for this process. A lock whose owner has ended is taken over; one from another host never is,
 * as nobody here can tell whether its owner lives.
 * @returns A function that gives the lock back; safe to call twice.
 * @throws LockHeld
 */
export function takeLock(file: string): () => void {
  mkdirSync(path.dirname(file), { recursive: true });
  const own: LockOwner = { ...self(), host: os.hostname() };
  // Written aside and linked into place: the lock never exists without its owner's name in it.
  const draft = `${file}.${own.pid}`;
  writeFileSync(draft, JSON.stringify(own));
  try {
    while (!linked(draft, file)) removeStale(file);
  } finally {
    rmSync(draft, { force: true });
  }
  return () => {
    if (sameOwner(readOwner(file), own)) rmSync(file, { force: true });
  };
}

function self(): ProcessIdentity {
  const identity = identify(process.pid);
  if (identity === undefined) throw new Error("this process cannot find itself in the process table: is `ps` missing?");
  return identity;
}

function linked(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function removeStale(file: string): void {
  const owner = readOwner(file);
  if (owner === undefined) return; // given back meanwhile
  if (owner.host !== os.hostname() || isAlive(owner)) throw new LockHeld(file, owner.pid, owner.host);
  // Renamed first: of two processes that find the same stale lock only one moves it away, and one that moved
  // a fresh lock by mistake sees that here and puts it back.
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  if (!sameOwner(readOwner(aside), owner)) linked(aside, file);
  unlinkSync(aside);
}

function readOwner(file: string): LockOwner | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as LockOwner;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new Error(`${file} is not a lock file of cluster-fleet. Remove it if nothing runs.`, { cause: error });
  }
}

function sameOwner(a: LockOwner | undefined, b: LockOwner): boolean {
  return a !== undefined && a.pid === b.pid && a.started === b.started && a.host === b.host;
}
