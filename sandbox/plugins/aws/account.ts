import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

import { type JsonObject } from "../grpc/json";

/** One thing in the simulated account. */
export interface Held {
  readonly type: string;
  readonly id: string;
  /** Inputs and outputs. */
  readonly properties: JsonObject;
}

/** The account that everything is in; AWS' documentation uses the same. */
export const ACCOUNT = "111122223333";

interface Contents {
  readonly held: readonly Held[];
  /** How many things were ever made. */
  readonly made: number;
}

/**
 * What "AWS" has: a file that is read at each question and rewritten whole at each change, for a stack may have several
 * providers, and a run that is killed, or a later one, has to find what was made before.
 */
export class Account {
  constructor(private readonly file: string) {}

  all(type: string): readonly Held[] {
    return this.read().held.filter((each) => each.type === type);
  }

  find(type: string, id: string): Held | undefined {
    return this.read().held.find((each) => each.type === type && each.id === id);
  }

  /** Adds it, or puts it in the place of the one that has its id. */
  put(thing: Held): void {
    const { held, made } = this.read();
    const others = held.filter((each) => each.type !== thing.type || each.id !== thing.id);
    this.write({ held: [...others, thing], made });
  }

  remove(type: string, id: string): void {
    const { held, made } = this.read();
    this.write({ held: held.filter((each) => each.type !== type || each.id !== id), made });
  }

  /** Seventeen hexadecimal digits that nothing else in the account has, as AWS' own ids. */
  nextHash(): string {
    const { held, made } = this.read();
    this.write({ held, made: made + 1 });
    return createHash("sha256").update(`cluster-fleet ${made}`).digest("hex").slice(0, 17);
  }

  private read(): Contents {
    return existsSync(this.file) ? (JSON.parse(readFileSync(this.file, "utf8")) as Contents) : { held: [], made: 0 };
  }

  private write(contents: Contents): void {
    const draft = `${this.file}.${process.pid}.new`;
    writeFileSync(draft, JSON.stringify(contents, undefined, 1), { mode: 0o600 });
    renameSync(draft, this.file);
  }
}
