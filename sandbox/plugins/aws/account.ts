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

/**
 * What "AWS" has: a file that each change rewrites whole, so that a provider which is killed, or a later run, finds
 * what was made before.
 */
export class Account {
  private held: Held[];
  private made: number;

  constructor(private readonly file: string) {
    const text = existsSync(file) ? readFileSync(file, "utf8") : '{"held":[],"made":0}';
    ({ held: this.held, made: this.made } = JSON.parse(text) as { held: Held[]; made: number });
  }

  all(type: string): readonly Held[] {
    return this.held.filter((each) => each.type === type);
  }

  find(type: string, id: string): Held | undefined {
    return this.held.find((each) => each.type === type && each.id === id);
  }

  /** Adds it, or puts it in the place of the one that has its id. */
  put(thing: Held): void {
    const others = this.held.filter((each) => each.type !== thing.type || each.id !== thing.id);
    this.save([...others, thing]);
  }

  remove(type: string, id: string): void {
    this.save(this.held.filter((each) => each.type !== type || each.id !== id));
  }

  /** Seventeen hexadecimal digits that nothing else in the account has, as AWS' own ids. */
  nextHash(): string {
    this.made += 1;
    return createHash("sha256").update(`cluster-fleet ${this.made}`).digest("hex").slice(0, 17);
  }

  private save(held: Held[]): void {
    this.held = held;
    const draft = `${this.file}.new`;
    writeFileSync(draft, JSON.stringify({ held, made: this.made }, undefined, 1), { mode: 0o600 });
    renameSync(draft, this.file);
  }
}
