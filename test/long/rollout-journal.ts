import * as assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { minorOf, minorsBetween } from "../../fleet/versions";
import { parseShown } from "../../fleet/rollout/shown";
import { DECISIONS_FILE } from "../../live/decision-file";
import { killEngines } from "../../sandbox/engine/run";
import { eventually } from "../engine/eventually";
import { settled, succeeded } from "../engine/fleets";
import { type TestSandbox } from "../engine/harness";
import { clockAt } from "../engine/offset-clock";
import { type TestStack } from "../engine/test-stack";

export interface JournalStage {
  readonly maxConcurrency: number;
  readonly clusters: readonly string[];
}

/** What every cluster is to become: its version, and the name of its class. */
export interface Place {
  readonly version: string;
  readonly classRef: string;
}

type Places = ReadonlyMap<string, Place>;

interface Move {
  readonly name: string;
  readonly from: Place;
  readonly to: Place;
}

/**
 * Runs a stack at moments of the test's choice: a preview, an update that is tied to it, and a second preview. Of each run
 * it holds that what moved is what was shown, stage by stage, no more than may at a time and by one minor at most; and that
 * nothing is left to declare. Between two runs everything settles.
 */
export class RolloutJournal {
  private readonly folder = mkdtempSync(path.join(os.tmpdir(), "cf-journal-"));

  constructor(
    private readonly sandbox: TestSandbox,
    private readonly stack: TestStack,
    private readonly stages: readonly JournalStage[],
    /** Exchanged with the stack's configuration. */
    public target: Place,
  ) {}

  /**
   * @param at The moment of the run, ISO 8601 to the minute.
   * @param shownAt That of its preview. Default: the same.
   * @returns What moved, as `name from -> to`, and what the update said.
   */
  async run(at: string, shownAt = at): Promise<{ readonly moved: string[]; readonly said: string }> {
    const before = await this.places();
    const shown = await this.preview(shownAt);
    this.stack.variables = this.variables(at);
    const { stdout: said } = succeeded(await this.stack.up());
    const moves = movesBetween(before, await this.places());
    if (shownAt === at) assert.deepEqual(namesOf(moves), shown, said);
    this.check(before, moves, shown);
    this.stack.variables = { ...this.variables(at), FLEET_HOLD: "all" };
    succeeded(await this.stack.preview("--expect-no-changes"));
    await this.settle();
    return { moved: moves.map(moveText), said };
  }

  /** A run whose engine and plugins are killed once a cluster has moved. @returns What had moved by then. */
  async killedRun(at: string): Promise<string[]> {
    const before = await this.places();
    const shown = await this.preview(at);
    this.stack.variables = this.variables(at);
    const run = this.stack.up("--parallel=1");
    const look = async () => assert.notDeepEqual(movesBetween(before, await this.places()), []);
    await eventually("the first step", look, 5);
    killEngines();
    assert.notEqual((await run).code, 0, "the engine had ended before it was killed");
    const moves = movesBetween(before, await this.places());
    this.check(before, moves, shown);
    await this.stack.recover();
    await this.settle();
    return moves.map(moveText);
  }

  /** What every cluster is at. */
  async places(): Promise<Places> {
    const { clusters } = await this.sandbox.observe(this.stack.name);
    return new Map(clusters.map(({ name, version = "", classRef = "" }) => [name, { version, classRef }]));
  }

  async settle(): Promise<void> {
    await settled(
      this.sandbox,
      this.stack.name,
      this.stages.flatMap(({ clusters }) => clusters),
    );
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** @returns Names of the clusters that it lets move. */
  private async preview(at: string): Promise<string[]> {
    this.stack.variables = this.variables(at);
    succeeded(await this.stack.preview());
    return parseShown(readFileSync(this.decisions, "utf8"))
      .steps.map(({ cluster }) => cluster)
      .sort();
  }

  private variables(at: string): NodeJS.ProcessEnv {
    return { ...clockAt(new Date(at)), [DECISIONS_FILE]: this.decisions };
  }

  private get decisions(): string {
    return path.join(this.folder, "decisions.json");
  }

  private check(before: Places, moves: readonly Move[], shown: readonly string[]): void {
    for (const { name, from, to } of moves) {
      const minors = minorsBetween(minorOf(from.version), minorOf(to.version));
      assert.ok(minors === 0 || minors === 1, `${name} went from ${from.version} to ${to.version}`);
      assert.ok(shown.includes(name), `${name} moved, and the preview did not show it`);
    }
    for (const [index, { maxConcurrency, clusters }] of this.stages.entries()) {
      const moved = namesOf(moves).filter((name) => clusters.includes(name));
      assert.ok(moved.length <= maxConcurrency, `${moved.join(", ")} moved at the same time`);
      if (moved.length === 0) continue;
      const earlier = this.stages.slice(0, index).flatMap((stage) => stage.clusters);
      for (const name of earlier)
        assert.deepEqual(before.get(name), this.target, `${moved.join(", ")} went before ${name}`);
    }
  }
}

function movesBetween(before: Places, after: Places): Move[] {
  return [...before].flatMap(([name, from]) => {
    const to = after.get(name) ?? { version: "gone", classRef: "" };
    return from.version === to.version && from.classRef === to.classRef ? [] : [{ name, from, to }];
  });
}

function namesOf(moves: readonly Move[]): string[] {
  return moves.map(({ name }) => name).sort();
}

/** `rest-1 1.34 -> 1.35`; where the class changed, `rest-1 to in-memory-kubeadm-0a1b2c3d4e`. */
function moveText({ name, from, to }: Move): string {
  return from.classRef === to.classRef
    ? `${name} ${minorOf(from.version)} -> ${minorOf(to.version)}`
    : `${name} to ${to.classRef}`;
}
