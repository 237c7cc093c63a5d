import assert from "node:assert/strict";

import { ONLY_STAGE, type Stage } from "../../../../../fleet/config/schema/upgrades";
import { decide } from "../../../../../fleet/rollout/decide";
import { type Decision, type RolloutCluster, type RolloutInput } from "../../../../../fleet/rollout/types";
import * as facts from "./facts";
import { type Scene } from "./stories";
import { observe } from "./world";

/** What has to hold of every run, in words, and how it is told. */
export const CLAIMS: Record<string, (scene: Scene) => void> = {
  "starts no step outside a window, inside a freeze, or where it does not fit": inTime,
  "moves no more clusters of a stage at a time than it may": inNumber,
  "starts no step of a stage before all earlier ones are through and have soaked": inOrder,
  "starts nothing in a halted stage but what mends it": haltedStaysHalted,
  "starts nothing without approval, before its moment, or behind a shut gate": letThrough,
  "skips no minor and never goes back": minorByMinor,
  "moves node groups after their settled control plane, and never beyond it": nodesFollow,
  "moves no paused, skipped or adopted cluster": heldStay,
  "declares a cluster that it does not move exactly as it lives": asTheyLive,
  "decides the same twice": theSame,
  "decides for every cluster once, and says why": withReasons,
  "has nothing left to do at the same moment": emptyAfterwards,
  "takes some of the steps that were shown, and none on hold": shownAlone,
  "names a moment to come at which time no longer holds a cluster": nextMoment,
};

interface Mover {
  readonly decision: Decision;
  readonly cluster: RolloutCluster;
  readonly stage: Stage;
}

const isMove = ({ action }: Decision) => action === "step" || action === "nodes";

function stagesOf({ upgrades }: RolloutInput): readonly Stage[] {
  return upgrades.stages.length === 0 ? [ONLY_STAGE] : upgrades.stages;
}

function clusterOf({ clusters }: RolloutInput, name: string): RolloutCluster {
  const cluster = clusters.find((each) => each.name === name);
  assert.ok(cluster);
  return cluster;
}

function movers({ input, rollout }: Pick<Scene, "input" | "rollout">): Mover[] {
  return rollout.decisions.filter(isMove).map((decision) => {
    const cluster = clusterOf(input, decision.cluster);
    const stage = stagesOf(input).find(({ name }) => name === cluster.stage);
    assert.ok(stage);
    return { decision, cluster, stage };
  });
}

function inTime(scene: Scene): void {
  for (const { decision, cluster, stage } of movers(scene)) {
    assert.ok(hasTime(scene, scene.now, decision, cluster, stage), cluster.name);
  }
}

function hasTime({ input, scan }: Scene, now: number, decision: Decision, cluster: RolloutCluster, stage: Stage) {
  const [from, to] = [decision.from?.kubernetes, decision.declare.kubernetes].map(facts.numbers);
  const step = {
    stage: stage.name,
    ms: stage.stepDuration === undefined ? cluster.stepMs : facts.span(stage.stepDuration),
    isMinor: decision.action === "nodes" || from?.[0] !== to?.[0],
  };
  const rules = {
    windows: facts.isFree("windows", cluster, input, now) ? [] : input.upgrades.windows,
    freezes: facts.isFree("freezes", cluster, input, now) ? [] : input.upgrades.freezes,
  };
  return facts.hasTime(step, rules, scan, now);
}

function inNumber({ input, rollout, now }: Scene): void {
  for (const stage of stagesOf(input)) {
    const all = input.clusters.filter((cluster) => cluster.stage === stage.name);
    const started = rollout.decisions.filter((each) => each.stage === stage.name && isMove(each));
    const moving = all.filter(
      (cluster) => facts.isMoving(cluster, stage, now) && !facts.isSkipped(cluster, input.upgrades, now),
    );
    const both = new Set([...started.map(({ cluster }) => cluster), ...moving.map(({ name }) => name)]);
    const begun = started.filter(({ cluster }) => !moving.some(({ name }) => name === cluster));
    assert.ok(begun.length === 0 || both.size <= facts.mostAtATime(stage, all.length), stage.name);
  }
}

/** Those of a stage that count. */
function counted({ input, now }: Scene, stage: Stage): RolloutCluster[] {
  return input.clusters.filter(
    (cluster) => cluster.stage === stage.name && !facts.isSkipped(cluster, input.upgrades, now),
  );
}

function isHalted(scene: Scene, stage: Stage): boolean {
  const all = counted(scene, stage);
  const failed = all.filter((cluster) => facts.hasFailed(cluster, stage, scene.now));
  return failed.length > facts.mayFail(stage, all.length);
}

function inOrder(scene: Scene): void {
  const { input, now } = scene;
  const stages = stagesOf(input);
  for (const { decision, stage } of movers(scene).filter(({ decision }) => decision.action === "step")) {
    for (const earlier of stages.slice(0, stages.indexOf(stage))) {
      assert.ok(!isHalted(scene, earlier), `${decision.cluster}: ${earlier.name} is halted`);
      for (const cluster of counted(scene, earlier)) {
        if (facts.hasFailed(cluster, earlier, now)) continue;
        assert.ok(facts.isThrough(cluster, earlier, now), `${decision.cluster} went before ${cluster.name}`);
        const soaked = facts.restsSince(cluster, earlier) + facts.span(earlier.soak) <= now;
        assert.ok(soaked || facts.soakIsOff(earlier.name, input.upgrades, now), `${cluster.name} has not soaked`);
      }
    }
  }
}

function haltedStaysHalted(scene: Scene): void {
  for (const { decision, cluster, stage } of movers(scene)) {
    if (!isHalted(scene, stage)) continue;
    assert.ok(facts.hasFailed(cluster, stage, scene.now), cluster.name);
    assert.equal(decision.declare.kubernetes, decision.from?.kubernetes);
  }
}

function letThrough(scene: Scene): void {
  const { input, now, rollout } = scene;
  for (const { cluster, stage } of movers(scene).filter(({ decision }) => decision.action === "step")) {
    const { approval, approved, startAfter = "1970-01-01", gates } = stage;
    const revision = rollout.stages.find(({ name }) => name === stage.name)?.revision;
    const isFree = facts.isFree("approval", cluster, input, now);
    assert.ok(!approval || approved === revision || isFree, cluster.name);
    assert.ok(Date.parse(startAfter.length === 10 ? startAfter : `${startAfter}Z`) <= now, cluster.name);
    const stages = stagesOf(input);
    const before = stages[stages.indexOf(stage) - 1];
    const shut =
      before === undefined
        ? []
        : counted(scene, before).filter(({ live }) => live && !live.conditions.includes("Smoke"));
    assert.ok(gates.length === 0 || shut.length === 0, cluster.name);
  }
}

function minorByMinor({ rollout }: Scene): void {
  for (const { from, declare, target, action, rest } of rollout.decisions) {
    if (from === undefined) continue;
    const [[before], [after]] = [facts.numbers(from.kubernetes), facts.numbers(declare.kubernetes)];
    assert.ok(after - before === 0 || (after - before === 1 && action === "step"));
    assert.ok(!facts.isNewer(from.kubernetes, declare.kubernetes));
    assert.ok(action !== "step" || !facts.isNewer(declare.kubernetes, target.kubernetes));
    const way = [declare.kubernetes, ...(action === "step" ? rest : [])].map((each) => facts.numbers(each)[0]);
    assert.ok(way.every((minor, index) => index === 0 || minor === (way[index - 1] ?? 0) + 1));
    assert.ok(action !== "step" || way.at(-1) === facts.numbers(target.kubernetes)[0]);
  }
}

function nodesFollow(scene: Scene): void {
  for (const { decision, cluster, stage } of movers(scene)) {
    const { live } = cluster;
    assert.ok(live);
    if (decision.action === "step") {
      const mends =
        facts.hasFailed(cluster, stage, scene.now) && decision.declare.kubernetes === live.revision.kubernetes;
      assert.ok(!facts.isBehind(cluster) || mends, `${cluster.name} leaves its nodes behind`);
      assert.equal(decision.nodes, false);
      continue;
    }
    assert.ok(live.settled && live.available && live.base?.applied !== false, cluster.name);
    assert.ok(Date.parse(live.since) + facts.span(stage.nodesAfter) <= scene.now, `${cluster.name} has not baked`);
    assert.deepEqual(decision.declare, live.revision);
  }
  for (const { life } of scene.after.clusters) {
    for (const { version } of life?.groups ?? []) assert.ok(!facts.isNewer(version, life?.revision.kubernetes));
  }
}

function heldStay({ input, rollout, now }: Scene): void {
  for (const decision of rollout.decisions.filter(isMove)) {
    const cluster = clusterOf(input, decision.cluster);
    assert.ok(!facts.isPaused(cluster, input.upgrades, now), `${cluster.name} is paused`);
    assert.ok(!facts.isSkipped(cluster, input.upgrades, now), `${cluster.name} is skipped`);
    assert.ok(cluster.live?.ours, `${cluster.name} is another's`);
  }
}

function asTheyLive({ input, rollout }: Scene): void {
  for (const { cluster: name, action, declare, from, nodes, step } of rollout.decisions) {
    const cluster = clusterOf(input, name);
    const { live, target } = cluster;
    assert.equal(action === "create", live === undefined);
    assert.deepEqual(from, live?.revision);
    if (live === undefined) assert.deepEqual({ declare, nodes }, { declare: target, nodes: true });
    if (live === undefined || action === "step") continue;
    assert.deepEqual(declare, live.revision);
    if (action === "nodes") continue;
    assert.deepEqual(step, live.step);
    assert.equal(nodes, !facts.isBehind(cluster));
  }
}

function theSame({ input, rollout, now }: Scene): void {
  assert.deepEqual(decide(input, new Date(now)), rollout);
}

function withReasons({ input, rollout }: Scene): void {
  assert.deepEqual(
    rollout.decisions.map(({ cluster }) => cluster),
    input.clusters.map(({ name }) => name),
  );
  for (const { action, reason, cluster } of rollout.decisions) {
    const { live } = clusterOf(input, cluster);
    const mayBeSilent = action === "done" && live !== undefined && facts.isWell(live);
    assert.equal(reason === "", mayBeSilent || (action === "done" && live?.reason === ""), `${cluster}: ${action}`);
    assert.doesNotMatch(reason, /undefined|NaN|Invalid/);
  }
}

function emptyAfterwards({ after, rollout, now }: Scene): void {
  // What is adopted may move in the run after that.
  if (rollout.decisions.some(({ action }) => action === "adopt")) return;
  const again = decide(observe(after, now), new Date(now));
  assert.deepEqual(again.decisions.filter(isMove), []);
  const declared = (decisions: readonly Decision[]) =>
    decisions.map(({ cluster, declare, step, action }) => ({
      cluster,
      declare,
      ...(action === "create" ? {} : { step }),
    }));
  assert.deepEqual(
    declared(again.decisions).map(({ cluster, declare }) => ({ cluster, declare })),
    declared(rollout.decisions).map(({ cluster, declare }) => ({ cluster, declare })),
  );
  assert.deepEqual(
    again.decisions.map(({ step }) => step),
    rollout.decisions.map(({ step }) => step),
  );
}

function shownAlone({ input, rollout, now }: Scene): void {
  const steps = rollout.decisions.filter(isMove);
  const shown = shownSteps(rollout.decisions).filter((_, index) => index % 2 === 0);
  const some = decide({ ...input, shown }, new Date(now)).decisions.filter(isMove);
  assert.deepEqual(
    some,
    steps.filter(({ cluster }) => shown.some((step) => step.cluster === cluster)),
  );
  assert.deepEqual(decide({ ...input, hold: true }, new Date(now)).decisions.filter(isMove), []);
}

function shownSteps(decisions: readonly Decision[]) {
  return decisions
    .filter(isMove)
    .map(({ cluster, action, step }) => ({ cluster, to: `${action === "nodes" ? "nodes " : ""}${step?.to}` }));
}

const OF_TIME = [
  /^frozen until /,
  /^no window /,
  /^the window closes in /,
  /^a freeze begins in /,
  /^freezes leave no time /,
  /^its stage starts after /,
  / soaks for another /,
  / bakes for another /,
];

function nextMoment({ input, rollout, now }: Scene): void {
  for (const { cluster, next, action } of rollout.decisions) {
    if (next === undefined) continue;
    assert.equal(action, "wait");
    assert.ok(next.getTime() > now, `${cluster}: ${next.toISOString()} is past`);
    const then = decide(input, next).decisions.find((each) => each.cluster === cluster);
    assert.ok(!OF_TIME.some((reason) => reason.test(then?.reason ?? "")), `${cluster}: ${then?.reason}`);
  }
}
