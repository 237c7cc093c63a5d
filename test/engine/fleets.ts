import * as assert from "node:assert/strict";
import { inMemoryKubeadm } from "../../fleet/classes/in-memory-kubeadm";
import { type ClassRevision } from "../../fleet/classes/class-revision";
import { classes } from "../../fleet/config/schema/fleet";
import { type EngineRun } from "../../sandbox/engine/run";
import { eventually, LIMIT_MS } from "./eventually";
import { type TestSandbox } from "./harness";
import { type TestStack } from "./test-stack";

export interface Size {
  readonly controlPlane?: number;
  readonly workers?: number;
}

/** An entry of `cluster-fleet:clusters`; by default as small as a cluster with workers gets. */
export function cluster({ controlPlane = 1, workers = 1 }: Size = {}): object {
  return {
    class: "in-memory-kubeadm",
    region: "eu-west-1",
    controlPlane: { replicas: controlPlane },
    workers: { default: { replicas: workers } },
  };
}

/** A stack's configuration whose machines start at once. @param more Further keys; they win. */
export function fleetConfig(
  environment: string,
  clusters: Readonly<Record<string, object>>,
  more: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    "cluster-fleet:environment": environment,
    "cluster-fleet:classes": startup("0s"),
    // Kubernetes ends its support one day; these tests go on.
    "cluster-fleet:versions": {
      kubernetes: { "1.35": { standardEnds: "2999-01-01" }, "1.36": { standardEnds: "2999-01-02" } },
    },
    "cluster-fleet:clusters": clusters,
    ...more,
  };
}

/** `cluster-fleet:classes` with one start-up time for everything: another time is another class revision. */
export function startup(duration: string): object {
  return { "in-memory-kubeadm": { startup: { machine: duration, node: duration } } };
}

/** The class revision that {@link startup} makes. */
export function classRevision(duration: string): ClassRevision {
  return inMemoryKubeadm(classes.parse(startup(duration))["in-memory-kubeadm"]);
}

/** @throws AssertionError with the engine's words, unless it ended well. */
export function succeeded(run: EngineRun): EngineRun {
  assert.equal(run.code, 0, `the engine ended with exit code ${run.code}:\n${run.stdout}${run.stderr}`);
  return run;
}

/** @returns What the engine said. @throws AssertionError if it ended well, or with a stack trace. */
export function failed(run: EngineRun): string {
  const said = run.stdout + run.stderr;
  assert.notEqual(run.code, 0, `the engine ended well:\n${said}`);
  assert.doesNotMatch(said, /^\s+at .+:\d+:\d+\)?$|goroutine \d+|panic:/m, "a failure is explained, not traced");
  return said;
}

/** @throws AssertionError unless the engine's output holds this message, however the engine indents it. */
export function assertSays(output: string, message: string): void {
  const unindented = (text: string) => text.replace(/^ +/gm, "");
  assert.ok(unindented(output).includes(unindented(message)), `${message}\n\nis not in:\n${output}`);
}

/** What one cluster of many takes at most: the controllers of the sandbox work on few at a time. */
const EACH_MS = 45_000;

/** Returns when exactly these clusters live in a namespace, all of them available and settled. */
export async function settled(sandbox: TestSandbox, namespace: string, clusters: readonly string[]): Promise<void> {
  const allSettled = async () => {
    const live = (await sandbox.observe(namespace)).clusters;
    assert.deepEqual(
      live.map(({ name, available, settled, reason }) => ({ name, available, settled, reason })),
      [...clusters].sort().map((name) => ({ name, available: true, settled: true, reason: "" })),
    );
  };
  await eventually(`clusters of ${namespace}`, allSettled, 250, Math.max(LIMIT_MS, clusters.length * EACH_MS));
}

/** What a preview would do other than leave alone, as `op name-of-the-resource`, sorted. */
export async function plannedChanges(stack: TestStack, ...args: string[]): Promise<string[]> {
  const steps = await stack.plannedSteps(...args);
  return steps
    .filter(({ op }) => op !== "same" && op !== "read" && op !== "refresh")
    .map(({ op, urn }) => `${op} ${resourceName(urn)}`)
    .sort();
}

/** The logical name at the end of a URN. */
export function resourceName(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

/**
 * In a `describe`: its tests build on each other, so once one has failed the rest are skipped. (Mocha's own `bail`
 * would skip them after a failure of any other file as well.)
 */
export function inOrder(): void {
  let failedBefore = false;
  beforeEach(function () {
    if (failedBefore) this.skip();
  });
  afterEach(function () {
    failedBefore ||= this.currentTest?.state === "failed";
  });
}
