import assert from "node:assert/strict";

import { type Simulation } from "../../../../../fleet/rollout/simulate/types";
import { simulate } from "../../../../../fleet/rollout/simulate/simulate";
import { calendar } from "../../../../../fleet/versions";
import { track } from "../decide/fixtures";
import { at, cluster, FROM, HOUR, live, played, rules } from "./fixtures";

/** `c0 Mon 06:00-07:00`, in UTC. */
function stepsOf({ steps }: Simulation): string[] {
  const time = (date: Date) => date.toISOString().slice(11, 16);
  return steps.map(({ cluster, start, end, kind }) => {
    const day = start.toUTCString().slice(0, 3);
    const what = kind === "step" ? "" : ` ${kind}`;
    return `${cluster}${what} ${day} ${time(start)}-${end === undefined ? "fails" : time(end)}`;
  });
}

const three = ["c0", "c1", "c2"].map((name) => cluster(name));

describe("a simulated rollout", () => {
  it("moves one cluster after the other at the runs, as many as may at a time, and soaks", () => {
    const one = played({}, three);
    assert.deepEqual(stepsOf(one), ["c0 Mon 06:00-07:00", "c1 Mon 07:00-08:00", "c2 Mon 08:00-09:00"]);
    assert.deepEqual([one.through, one.soaked], [at("Mon 09:00"), at("Mon 10:00")]);
    assert.deepEqual(one.unreached, []);
    const stages = [{ name: "all", maxConcurrency: 2 }];
    assert.deepEqual(stepsOf(played({ stages }, three)).slice(1), ["c1 Mon 06:00-07:00", "c2 Mon 07:00-08:00"]);
  });

  it("starts at runs alone, however early a step ends", () => {
    const steps = stepsOf(played({}, three, { every: 6 * HOUR }));
    assert.deepEqual(steps, ["c0 Mon 06:00-07:00", "c1 Mon 12:00-13:00", "c2 Mon 18:00-19:00"]);
  });

  it("takes minor after minor, and has node groups follow after their bake", () => {
    const groups = [{ version: "v1.33.0", ready: true, behind: false }];
    const old = cluster("c0", { live: live({ revision: { kubernetes: "v1.33.0" }, nodeGroups: groups }) });
    const simulation = played({ stages: [{ name: "all", nodesAfter: "2h" }] }, [old]);
    assert.deepEqual(stepsOf(simulation), [
      "c0 Mon 06:00-06:15",
      "c0 nodes Mon 09:00-09:45",
      "c0 Mon 10:00-10:15",
      "c0 nodes Mon 13:00-13:45",
    ]);
    assert.deepEqual(
      simulation.steps.map(({ to }) => to.kubernetes),
      ["v1.34.0", "v1.34.0", "v1.35.2", "v1.35.2"],
    );
  });

  it("begins a stage once the one before it has soaked", () => {
    const stages = [{ name: "first", soak: "90m" }, { name: "second" }];
    const clusters = [cluster("c0", { stage: "first" }), cluster("c1", { stage: "second" })];
    const { stages: times } = played({ stages }, clusters);
    assert.deepEqual(
      times.map(({ begins, through, soaked }) => [begins, through, soaked]),
      [
        [at("Mon 06:00"), at("Mon 07:00"), at("Mon 08:30")],
        [at("Mon 09:00"), at("Mon 10:00"), at("Mon 11:00")],
      ],
    );
  });

  it("makes what does not live and adopts what is another's, windows or not", () => {
    const { live: _live, ...unborn } = cluster("c0");
    const others = cluster("c1", { live: live({ ours: false, revision: { kubernetes: "v1.35.2" } }) });
    const windows = [{ days: ["Sat"], start: "02:00", duration: "2h" }];
    assert.deepEqual(stepsOf(played({ windows }, [unborn, others])), [
      "c0 create Mon 06:00-07:00",
      "c1 adopt Mon 06:00-06:00",
    ]);
  });

  it("ends what is under way at the first run", () => {
    const step = { from: "v1.34.3", to: "v1.35.2", started: "2026-11-30T05:30:00Z" };
    const busy = live({ revision: { kubernetes: "v1.35.2" }, settled: false, step, since: step.started });
    const { steps, through } = played({}, [cluster("c0", { live: busy })]);
    assert.deepEqual([steps, through], [[], new Date("2026-11-30T06:30:00Z")]);
  });

  it("has add-ons go before the clusters that have them", () => {
    const addOns = track({ name: "all", clusters: ["c0"], changes: ["calico 3.31.0 -> 3.32.0"] });
    const input = { upgrades: rules(), calendar: calendar(), clusters: [cluster("c0")], tracks: [addOns] };
    const simulation = simulate(input, { from: FROM, until: at("+1 Mon 06:00"), every: HOUR });
    assert.deepEqual(stepsOf(simulation), ["add-ons/all add-ons Mon 06:00-06:15", "c0 Mon 07:00-08:00"]);
    assert.deepEqual(simulation.steps[0]?.changes, addOns.changes);
    assert.deepEqual(simulation.unreached, []);
  });
});

describe("a simulated failure", () => {
  it("halts its stage and keeps all others where they are", () => {
    const simulation = played({}, three, { failures: { clusters: ["c1"] } });
    assert.deepEqual(stepsOf(simulation), ["c0 Mon 06:00-07:00", "c1 Mon 07:00-fails"]);
    const [stage] = simulation.stages;
    assert.deepEqual(
      [stage?.halted, stage?.failed, stage?.through, simulation.through],
      [true, 1, undefined, undefined],
    );
    assert.deepEqual(simulation.unreached, [
      {
        cluster: "c1",
        stage: "all",
        reason: "has not settled since 2026-11-30T07:00:00.000Z: fails in this simulation",
      },
      { cluster: "c2", stage: "all", reason: "stage all is halted: 1 failed" },
    ]);
  });

  it("halts nothing where it may be", () => {
    const stages = [{ name: "all", maxFailures: 1, stepTimeout: "2h" }];
    const simulation = played({ stages }, three, { failures: { clusters: ["c1"] } });
    assert.deepEqual(stepsOf(simulation).at(-1), "c2 Mon 10:00-11:00");
    assert.deepEqual([simulation.stages[0]?.halted, simulation.through], [false, at("Mon 11:00")]);
  });

  it("comes to a share of the steps, the same for the same seed", () => {
    const stages = [{ name: "all", maxConcurrency: "100%", maxFailures: "100%" }];
    const fleet = Array.from({ length: 200 }, (_, index) => cluster(`c${index}`));
    const failed = (seed: number) =>
      played({ stages }, fleet, { failures: { rate: 0.2, seed } }).steps.filter(({ end }) => end === undefined);
    assert.ok(failed(1).length > 20 && failed(1).length < 60);
    assert.deepEqual(failed(1), failed(1));
    assert.notDeepEqual(failed(1), failed(2));
  });
});

describe("a simulated approval", () => {
  const stages = [{ name: "first" }, { name: "second", approval: true }];
  const clusters = [cluster("c0", { stage: "first" }), cluster("c1", { stage: "second" })];

  it("is asked for once the stage before has soaked, and given in that run", () => {
    const { approvals, stages: times } = played({ stages }, clusters);
    const revision = times[1]?.revision;
    assert.deepEqual(approvals, [{ stage: "second", revision, asked: at("Mon 08:00"), given: true }]);
    assert.deepEqual(times[1]?.begins, at("Mon 08:00"));
  });

  it("is waited for where it is not given", () => {
    const { approvals, stages: times, unreached } = played({ stages }, clusters, { withoutApproval: true });
    assert.deepEqual([approvals[0]?.given, times[1]?.begins], [false, undefined]);
    assert.match(unreached[0]?.reason ?? "", /^needs approval: write approved: rev-/);
  });
});

describe("a cluster that is left out of a simulation", () => {
  it("is still waited for while it is made", () => {
    const { live: _live, ...made } = cluster("c0", { stepMs: 2 * HOUR });
    const skip = [{ clusters: ["c0"], until: "2026-12-01", reason: "audit" }];
    const { unreached, through } = played({ skip }, [made], { everyRun: true });
    assert.deepEqual({ unreached, through }, { unreached: [], through: FROM });
  });
});

describe("a missed window", () => {
  const window = { days: ["Tue"], start: "02:00", duration: "3h" };
  const missedBy = (raw: object, clusters = [cluster("c0")], options = {}) =>
    played({ windows: [window], ...raw }, clusters, options).missed.map(({ from, reason, clusters: names }) => [
      from,
      reason,
      names,
    ]);

  it("is none where everybody has had a turn", () => {
    assert.deepEqual(missedBy({}, three), []);
  });

  it("is one that has no turn for all", () => {
    const reason = "waits for its turn: stage all moves 1 at a time";
    assert.deepEqual(missedBy({}, [...three, cluster("c3")]), [[at("Tue 02:00"), reason, ["c3"]]]);
  });

  it("is one that a freeze covers", () => {
    const freezes = [{ from: "2026-12-01", to: "2026-12-02", reason: "sale" }];
    assert.deepEqual(missedBy({ freezes }), [[at("Tue 02:00"), "frozen until 2026-12-03 00:00 UTC: sale", ["c0"]]]);
  });

  it("is each of two that overlap", () => {
    const windows = [{ days: ["Tue", "Wed"], start: "00:00", duration: "30h" }];
    const freezes = [{ from: "2026-12-01", to: "2026-12-05", reason: "sale" }];
    assert.deepEqual(
      missedBy({ windows, freezes }).map(([from]) => from),
      [at("Tue 00:00"), at("Wed 00:00")],
    );
  });

  it("is one that is too short for a step, time after time", () => {
    const until = at("+1 Wed 00:00");
    const missed = missedBy({}, [cluster("c0", { stepMs: 4 * HOUR })], { until });
    const reason = "the window closes in 3 h, a step takes about 4 h";
    assert.deepEqual(
      missed.map(([from]) => from),
      [at("Tue 02:00"), at("+1 Tue 02:00")],
    );
    assert.ok(missed.every(([, why]) => String(why).startsWith(reason)));
  });

  it("is one that no run falls into", () => {
    const missed = missedBy({}, [cluster("c0")], { every: 24 * HOUR, until: at("Fri 06:00") });
    assert.deepEqual(missed, [[at("Tue 02:00"), "no run falls into it: there is one every 1 day", ["c0"]]]);
  });

  it("is none for a cluster that its stage holds back", () => {
    const stages = [{ name: "first", soak: "7d" }, { name: "second" }];
    const clusters = [cluster("c0", { stage: "first" }), cluster("c1", { stage: "second" })];
    assert.deepEqual(missedBy({ stages }, clusters), []);
  });
});

describe("support that ends in a simulation", () => {
  const eks = (name: string) => cluster(name, { distribution: "eks", target: { kubernetes: "v1.35.0" } });

  it("costs what EKS takes for clusters until they leave the minor", () => {
    const windows = [{ days: ["Fri"], start: "00:00", duration: "1h" }];
    const [passed] = played({ windows }, [eks("c0")]).support;
    assert.deepEqual(passed, {
      distribution: "eks",
      minor: "1.34",
      ends: "2026-12-02",
      clusters: ["c0"],
      left: at("Fri 01:00"),
      // 49 hours at USD 0.50.
      usd: 25,
    });
  });

  it("is none where the last has left before", () => {
    assert.deepEqual(played({}, [eks("c0")]).support, []);
  });

  it("is none of the minor that the target is of", () => {
    const failures = { clusters: ["c1"] };
    const until = new Date("2027-12-01T00:00:00Z");
    const { support } = played({}, [eks("c0"), eks("c1")], { failures, until });
    assert.deepEqual(
      support.map(({ minor, clusters, left }) => [minor, clusters, left]),
      [["1.34", ["c1"], undefined]],
    );
  });

  it("is said of upstream's, which costs nothing and mends nothing", () => {
    const [passed] = played({}, [cluster("c0")]).support;
    assert.deepEqual([passed?.ends, passed?.usd, passed?.left], ["2026-10-27", 0, at("Mon 07:00")]);
  });
});
