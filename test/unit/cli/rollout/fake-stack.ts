import { type Interrupts } from "../../../../cli/rollout/interrupts";
import { type Look } from "../../../../cli/rollout/look";
import { type PreviewStep } from "../../../../cli/rollout/previewed";
import { type Preview, type RolloutStack, type Update } from "../../../../cli/rollout/rollout-stack";
import { upgrades } from "../../../../fleet/config/schema/upgrades";
import { type ObservedCluster } from "../../../../fleet/observed";
import { type Action, type Decision, type StageState } from "../../../../fleet/rollout/types";
import { liveCluster } from "../../fleet/fixtures";

export const START = new Date("2026-12-05T01:00:00Z");
export const MINUTE = 60_000;

export function decision(cluster: string, action: Action, changes: Partial<Decision> = {}): Decision {
  const [from, to] = [{ kubernetes: "v1.34.3" }, { kubernetes: "v1.35.2" }];
  const declare = action === "step" ? to : from;
  return {
    cluster,
    stage: "canary",
    action,
    from,
    declare,
    target: to,
    nodes: false,
    rest: [],
    reason: "",
    ...changes,
  };
}

export function stage(name: string, changes: Partial<StageState> = {}): StageState {
  const none = { done: 0, moving: 0, failed: 0, halted: false, mending: false, complete: false };
  return { name, revision: "rev-1", clusters: 1, ...none, ...changes };
}

export interface LookFacts {
  readonly decisions: readonly Decision[];
  readonly stages?: readonly StageState[];
  readonly publishes?: readonly string[];
  readonly clusters?: readonly ObservedCluster[];
}

function look({ decisions, stages = [stage("canary")], publishes = [], clusters }: LookFacts, at: Date): Look {
  const live = clusters ?? decisions.map(({ cluster }) => liveCluster({ name: cluster }));
  const rollout = { decisions, stages, addOns: [], notes: [] };
  const gateRules = {
    namespace: "production",
    decommission: [],
    classes: new Set<string>(),
    waivers: [],
    maxClusters: 2,
    now: at,
  };
  return { at, rollout, upgrades: upgrades.parse({}), publishes, namespace: "production", clusters: live, gateRules };
}

/** `a` may take its step. */
export const MAY_STEP: LookFacts = { decisions: [decision("a", "step")] };
/** `a` is on its way. */
export const MOVES: LookFacts = {
  decisions: [decision("a", "moving", { reason: "RollingOut" })],
  stages: [stage("canary", { moving: 1 })],
};
export const COMPLETE: LookFacts = {
  decisions: [decision("a", "done", { from: { kubernetes: "v1.35.2" } })],
  stages: [stage("canary", { done: 1, complete: true })],
};
export const HALTED: LookFacts = {
  decisions: [decision("a", "failed", { reason: "cannot go on: no image" })],
  stages: [stage("canary", { failed: 1, halted: true })],
  clusters: [liveCluster({ name: "a", settled: false, since: "2026-12-04T22:00:00Z", reason: "no image" })],
};

export const STEP_OF_A: Preview = { steps: [clusterStep("a")], decided: [{ cluster: "a", to: "v1.35.2" }] };
export const NO_CHANGE: Preview = { steps: [], decided: [] };

/** The `Cluster` object of a cluster that goes to another version. */
export function clusterStep(name: string, after: object = { version: "v1.35.2" }): PreviewStep {
  return {
    op: "update",
    urn: `urn:pulumi:s::cluster-fleet::kubernetes:cluster.x-k8s.io/v1beta2:Cluster::production-${name}-cluster`,
    oldState: clusterState(name, { version: "v1.34.3" }),
    newState: clusterState(name, after),
  };
}

/** The `Cluster` object of `b`, which goes though nobody listed it under decommission. */
export const DELETION_OF_B: PreviewStep = {
  op: "delete",
  urn: "urn:pulumi:s::cluster-fleet::kubernetes:cluster.x-k8s.io/v1beta2:Cluster::production-b-cluster",
  oldState: clusterState("b", { version: "v1.34.3" }),
};

function clusterState(name: string, topology: object) {
  return {
    type: "kubernetes:cluster.x-k8s.io/v1beta2:Cluster",
    custom: true,
    parent: `urn:pulumi:s::cluster-fleet::cluster-fleet:index:WorkloadCluster::production-${name}`,
    retainOnDelete: false,
    inputs: { kind: "Cluster", metadata: { name, labels: {}, annotations: {} }, spec: { topology } },
  };
}

export interface Story {
  /** One after the other; the last again and again. An error is thrown. */
  readonly looks: readonly (LookFacts | Error)[];
  readonly previews?: readonly Preview[];
  readonly ups?: readonly Update[];
  readonly lock?: string;
  /** The event at which Ctrl-C is pressed, e.g. `sleep 30 s`. */
  readonly interruptAt?: string;
}

export interface FakeStack {
  readonly stack: RolloutStack;
  readonly interrupts: Interrupts;
  /** `look`, `preview`, `up`, `sleep 30 s`. */
  readonly events: string[];
  readonly now: () => Date;
}

/** A stack that lives through a story; only its sleeps take time. */
export function fakeStack({ looks, previews = [], ups = [], lock, interruptAt }: Story): FakeStack {
  const events: string[] = [];
  const controller = new AbortController();
  let now = START.getTime();
  const happens = (event: string) => {
    events.push(event);
    if (event === interruptAt) controller.abort();
    if (events.length > 100) throw new Error(`goes on for ever: ${events.slice(0, 10).join(", ")}`);
  };
  const next = <T>(list: readonly T[], event: string, otherwise: T): T => {
    const before = events.filter((each) => each === event).length;
    happens(event);
    return list[before] ?? list.at(-1) ?? otherwise;
  };
  return {
    events,
    now: () => new Date(now),
    interrupts: {
      signal: controller.signal,
      passTo: () => () => undefined,
      sleep(ms) {
        now += ms;
        happens(`sleep ${ms / 1000} s`);
        return Promise.resolve();
      },
    },
    stack: {
      name: "prod",
      look() {
        const facts = next(looks, "look", COMPLETE);
        return facts instanceof Error ? Promise.reject(facts) : Promise.resolve(look(facts, new Date(now)));
      },
      preview: () => Promise.resolve(next(previews, "preview", NO_CHANGE)),
      up: () => Promise.resolve(next(ups, "up", { code: 0 })),
      lock: () => Promise.resolve(lock),
      close: () => undefined,
    },
  };
}
