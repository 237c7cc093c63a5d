import { upgrades } from "../fleet/config/schema/upgrades";
import { revisionText } from "../fleet/rollout/revision";
import {
  type LiveCluster,
  type Revision,
  type RolloutCluster,
  type RolloutInput,
  type RolloutTrack,
} from "../fleet/rollout/types";
import { calendar } from "../fleet/versions";
import { clusterNames } from "./fleets";

/** A Wednesday, outside the windows of these fleets. */
export const NOW = new Date("2026-11-25T12:00:00Z");

const DAY_MS = 86_400_000;
const BEGUN = new Date(NOW.getTime() - 6 * DAY_MS);

const TARGET: Revision = {
  kubernetes: "v1.36.2",
  class: "aws-eks-0a1b2c3d4e",
  machines: "0a1b2c3d4e",
  base: "base-0a1b2c3d4e",
};
const BEFORE: Revision = { ...TARGET, kubernetes: "v1.35.4" };

const SATURDAY = { days: ["Sat"], start: "02:00", duration: "8h", zone: "Europe/Berlin" };
const ALL = [{ name: "all", maxConcurrency: "100%", nodesAfter: "7d" }];
const STAGES = 10;
const MANY_STAGES = 500;
const MANY_WINDOWS = 50;
const MANY_FREEZES = 100;
const MANY_HOLDS = 200;

/** Fleets about which it is as much work to decide as it can plausibly be, by what makes it so. */
export const ROLLOUT_FLEETS: Readonly<Record<string, (count: number) => RolloutInput>> = {
  "all take a step": (count) => input(waiting(count), { stages: ALL }),
  "all take the step that a preview has shown": (count) => ({
    ...input(waiting(count), { stages: ALL }),
    shown: clusterNames(count).map((cluster) => ({ cluster, to: revisionText(TARGET) })),
  }),
  "all are under way": (count) => input(fleet(count, underWay), { stages: ALL, windows: [SATURDAY] }),
  "all wait for a window": (count) => input(waiting(count), { stages: ALL, windows: [SATURDAY] }),
  "six minors behind": (count) =>
    input(fleet(count, sixMinorsBehind), { stages: ALL, windows: [SATURDAY], forceBefore: "30d" }),
  "control planes bake, one window": (count) => input(fleet(count, baking), { stages: ALL, windows: [SATURDAY] }),
  "control planes bake, 50 windows": (count) => input(fleet(count, baking), { stages: ALL, windows: windows() }),
  "control planes bake, 50 windows, 100 freezes": (count) =>
    input(fleet(count, baking), { stages: ALL, windows: windows(), freezes: freezes(MANY_FREEZES) }),
  "each takes another time for a step": (count) =>
    input(fleet(count, baking).map(withOwnDuration), { stages: ALL, windows: windows(), freezes: freezes(1) }),
  "10 stages, each with its window and freeze": (count) =>
    input(inStages(count, STAGES), {
      stages: stages(STAGES),
      windows: stages(STAGES).map(({ name }) => ({ ...SATURDAY, stages: [name] })),
      freezes: stages(STAGES).map(({ name }) => ({ ...freezes(1)[0], stages: [name] })),
    }),
  "10 stages, all through and soaking": (count) =>
    input(
      inStages(count, STAGES).map((each) => ({ ...each, live: { ...SETTLED, revision: TARGET } })),
      { stages: stages(STAGES).map((stage) => ({ ...stage, soak: "30d" })) },
    ),
  "500 stages": (count) => input(inStages(count, MANY_STAGES), { stages: stages(MANY_STAGES), windows: [SATURDAY] }),
  "10 stages, add-ons go first": (count) => ({
    ...input(inStages(count, STAGES), { stages: stages(STAGES) }),
    tracks: stages(STAGES).map(({ name }) => track(name, inStages(count, STAGES))),
  }),
  "one stage, add-ons go first": (count) => ({
    ...input(waiting(count), { stages: ALL }),
    tracks: [track("all", waiting(count))],
  }),
  "200 pauses, 200 skips, 200 overrides": (count) =>
    input(waiting(count), {
      stages: ALL,
      windows: [SATURDAY],
      pause: holds(count, 0),
      skip: holds(count, 1),
      override: holds(count, 2),
    }),
};

function input(clusters: readonly RolloutCluster[], rules: object): RolloutInput {
  return { upgrades: upgrades.parse(rules), calendar: calendar(), clusters };
}

const SETTLED: LiveCluster = {
  revision: BEFORE,
  ours: true,
  available: true,
  settled: true,
  reason: "",
  since: BEGUN.toISOString(),
  conditions: ["Available", "TopologyReconciled"],
  annotations: {},
};

/** @param live What is special of the cluster at a place in the fleet. */
function fleet(count: number, live: (place: number) => Partial<LiveCluster>): RolloutCluster[] {
  return clusterNames(count).map((name, place) => ({
    name,
    stage: "all",
    distribution: "eks",
    target: TARGET,
    live: { ...SETTLED, ...live(place) },
    stepMs: 3_600_000,
    through: (minor) => ({ ...TARGET, kubernetes: `v${minor}.0` }),
  }));
}

function waiting(count: number): RolloutCluster[] {
  return fleet(count, () => ({}));
}

/** They have begun to bake over six days, no two in the same second. */
function baking(place: number): Partial<LiveCluster> {
  return {
    revision: TARGET,
    since: new Date(BEGUN.getTime() + place * 50_000).toISOString(),
    nodeGroups: [{ version: "v1.35.4", ready: true, behind: true }],
  };
}

function underWay(place: number): Partial<LiveCluster> {
  const started = new Date(NOW.getTime() - place).toISOString();
  const step = { from: revisionText(BEFORE), to: revisionText(TARGET), started };
  return { revision: TARGET, settled: false, reason: "RollingOut: 2 of 3 machines", step };
}

function sixMinorsBehind(): Partial<LiveCluster> {
  return { revision: { ...TARGET, kubernetes: "v1.30.3" } };
}

function withOwnDuration(cluster: RolloutCluster, place: number): RolloutCluster {
  return { ...cluster, stepMs: cluster.stepMs + (place % 3600) * 1000 };
}

function inStages(count: number, stages: number): RolloutCluster[] {
  return waiting(count).map((cluster, place) => ({ ...cluster, stage: stageName(place % stages) }));
}

function stages(count: number): { readonly name: string; readonly maxConcurrency: string }[] {
  return Array.from({ length: count }, (_, index) => ({ name: stageName(index), maxConcurrency: "10%" }));
}

function stageName(index: number): string {
  return `stage-${index}`;
}

function track(stage: string, clusters: readonly RolloutCluster[]): RolloutTrack {
  return {
    name: stage,
    stage,
    clusters: clusters.filter((each) => each.stage === stage).map(({ name }) => name),
    changes: ["metrics-server 3.12.0 -> 3.13.0"],
    target: "add-ons-0a1b2c3d4e",
    ready: true,
    since: BEGUN.toISOString(),
    reason: "",
  };
}

/** Two hours at as many times of the week. */
function windows(): object[] {
  return Array.from({ length: MANY_WINDOWS }, (_, index) => ({
    days: [["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][index % 7]],
    start: `${String((index * 5) % 24).padStart(2, "0")}:${String(index).padStart(2, "0")}`,
    duration: "2h",
    zone: "Europe/Berlin",
  }));
}

/** Two days every week. */
function freezes(count: number): object[] {
  return Array.from({ length: count }, (_, index) => ({
    from: dayAfter(7 * index + 4),
    to: dayAfter(7 * index + 5),
    zone: "Europe/Berlin",
    reason: "closing of the books",
  }));
}

function dayAfter(days: number): string {
  return new Date(NOW.getTime() + days * DAY_MS).toISOString().slice(0, 10);
}

/** Each for a third of its part of the fleet. */
function holds(count: number, third: number): object[] {
  const size = Math.ceil(count / MANY_HOLDS);
  return Array.from({ length: MANY_HOLDS }, (_, index) => ({
    clusters: clusterNames(count)
      .slice(index * size, (index + 1) * size)
      .filter((_name, place) => place % 3 === third),
    until: dayAfter(20 + (index % 28)),
    reason: "asked for by its team",
  }));
}
