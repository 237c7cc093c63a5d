import assert from "node:assert/strict";

import { upgrades } from "../../../../fleet/config/schema/upgrades";
import { reportText, rolloutReport } from "../../../../fleet/rollout/report";
import { ago, arrived, cluster, decided, live, nodeGroup, NOW, track, underWay } from "./decide/fixtures";

function text(fleet: Parameters<typeof decided>[0], rules: object = {}, more: Parameters<typeof decided>[2] = {}) {
  const report = rolloutReport(decided(fleet, rules, more), upgrades.parse(rules));
  return report && reportText(report, NOW);
}

const ZONE = "Europe/Berlin";

const TRACK = track({ stage: "canary" });

/** All that a table may have to show. */
const RULES = {
  stages: [
    { name: "canary", maxConcurrency: 2, maxFailures: 1 },
    { name: "rest", maxConcurrency: "25%" },
  ],
  windows: [{ days: ["Sat"], start: "02:00", duration: "4h", zone: ZONE, stages: ["rest"] }],
  freezes: [{ from: "2026-12-01", to: "2026-12-03", zone: ZONE, stages: ["rest"], reason: "sale" }],
  skip: [{ clusters: ["edge"], reason: "is moved", until: "2026-12-24" }],
  pause: [{ clusters: ["lab"], reason: "audit", until: "2026-11-30" }],
};

const EKS = { kubernetes: "v1.36.0" };
const FLEET = [
  cluster("bank", { stage: "canary", live: live({ ours: false }) }),
  cluster("data", {
    stage: "canary",
    live: live({ revision: { kubernetes: "v1.34.1", class: "class-a" } }),
    target: { kubernetes: "v1.36.2", class: "class-b" },
    through: (minor) => ({ kubernetes: `v${minor}.9`, class: "class-b" }),
  }),
  cluster("done", { stage: "canary", live: arrived("2d") }),
  cluster("edge", { stage: "canary" }),
  cluster("game", { stage: "canary", live: arrived("1d"), target: { kubernetes: "v1.36.1" } }),
  cluster("host", { stage: "canary", live: underWay("10h") }),
  cluster("kube", {
    stage: "canary",
    distribution: "eks",
    target: EKS,
    live: arrived("2d", { revision: EKS, nodeGroups: [nodeGroup({ version: "v1.35.0", behind: true })] }),
  }),
  cluster("shop-1", { stage: "rest", paused: "Cluster API leaves it alone (paused: true)" }),
  cluster("shop-2", { stage: "rest" }),
  cluster("shop-3", { stage: "rest" }),
  cluster("shop-4", { stage: "rest", live: underWay("10m") }),
];

const TABLE = `\
Rollout at 2026-12-01 12:00 UTC: 2 to move in this run, 1 moving, 1 failed, 2 waiting, 1 paused, 1 left out, 1 adopted, 1 ahead of their target, 1 at their target
  stage canary (rev-02e997cf36): 3 of 7 through, 1 failed
  stage rest (rev-285e1b2ac8): 0 of 4 through, 1 moving
  CLUSTER            STAGE   FROM -> TO                                        ACTION   WHY                                                                          NEXT
  add-ons of canary  canary  Cilium 1.18.1 -> 1.18.2                           step
  bank               canary  v1.35.4 -> v1.36.2                                adopt    is adopted as it lives; a later run may move it
  data               canary  v1.34.1 class-a -> v1.35.9 class-b, then v1.36.2  step
  edge               canary  v1.35.4 -> v1.36.2                                skipped  until 2026-12-24: is moved
  game               canary  v1.36.2 -> v1.36.1                                ahead    runs v1.36.2, newer than v1.36.1; versions never go back
  host               canary  v1.36.2                                           failed   has not settled since 2026-12-01T02:00:00.000Z: RollingOut: 2 of 3 machines
  kube               canary  v1.36.0                                           nodes    node groups follow to v1.36.0
  shop-1             rest    v1.35.4 -> v1.36.2                                paused   Cluster API leaves it alone (paused: true)
  shop-2 and 1 more  rest    v1.35.4 -> v1.36.2                                wait     stage canary is not through: bank and 2 more (has steps to take)
  shop-4             rest    v1.36.2                                           moving   RollingOut: 2 of 3 machines
  cluster-fleet:upgrades.pause[0] has ended and holds nothing any more: remove it.`;

describe("the table of a rollout", () => {
  it("shows stages, everybody that moves or is held with the reason, and notes", () => {
    assert.equal(text(FLEET, RULES, { tracks: [TRACK] }), TABLE);
  });

  it("is none where every cluster is at its target, or about to be made there", () => {
    const { live: _live, ...made } = cluster("beta");
    assert.equal(text([cluster("alpha", { live: arrived("2d") }), made]), undefined);
  });

  it("shows notes alone where there is nothing else", () => {
    const pause = [{ clusters: ["alpha"], reason: "audit", until: "2026-11-30" }];
    assert.equal(
      text([cluster("alpha", { live: arrived("2d") })], { pause }),
      [
        "Rollout at 2026-12-01 12:00 UTC: 1 at their target",
        "  cluster-fleet:upgrades.pause[0] has ended and holds nothing any more: remove it.",
      ].join("\n"),
    );
  });

  it("names the next moment in the zone of the first window", () => {
    const windows = [{ days: ["Sat"], start: "02:00", duration: "4h", zone: ZONE }];
    assert.match(
      text([cluster("alpha")], { windows }) ?? "",
      /no window is open {2}Sat 2026-12-05 02:00 Europe\/Berlin$/m,
    );
    const stages = [{ name: "all", startAfter: "2026-12-24" }];
    assert.match(text([cluster("alpha")], { stages }) ?? "", /Thu 2026-12-24 00:00 UTC$/m);
  });

  it("shows clusters that are not managed as one row, where there is something else to show", () => {
    const plain = (name: string) => cluster(name, { target: {}, live: live({ revision: {} }) });
    assert.equal(text([plain("legacy-1"), plain("legacy-2")]), undefined);
    const shown = text([cluster("alpha"), plain("legacy-1"), plain("legacy-2")]) ?? "";
    assert.match(shown, /^Rollout at .*: 1 to move in this run, 2 not managed$/m);
    assert.match(shown, /^ {2}legacy-1 and 1 more +all +unmanaged +whoever made it moves its version$/m);
  });

  it("shows what is under way, or follows, where it is now, not where it is to go", () => {
    const next = { kubernetes: "v1.37.0" };
    const nodeGroups = [nodeGroup({ version: "v1.35.0", behind: true })];
    const kube = cluster("kube", {
      distribution: "eks",
      target: next,
      live: arrived("2d", { revision: EKS, nodeGroups }),
    });
    assert.match(text([kube]) ?? "", /kube {5}all {4}v1\.36\.0 {5}nodes/m);
    const alpha = cluster("alpha", { target: next, live: underWay("10m") });
    assert.match(text([alpha]) ?? "", /alpha {4}all {4}v1\.36\.2 {5}moving/m);
  });

  it("tells that a stage is halted, being mended, or complete", () => {
    const stages = [{ name: "canary" }, { name: "rest" }];
    const of = (live: ReturnType<typeof arrived>) =>
      text([cluster("alpha", { stage: "canary", live }), cluster("beta", { stage: "rest" })], { stages }) ?? "";
    assert.match(of(underWay("10h")), /^ {2}stage canary \(rev-\w+\): 0 of 1 through, 1 failed, halted$/m);
    assert.match(of(arrived("2d")), /^ {2}stage canary \(rev-\w+\): 1 of 1 through, complete$/m);
    const step = { from: "v1.36.2", to: "v1.36.2", started: ago("10m"), mends: true as const };
    assert.match(
      of(underWay("10m", { step })),
      /^ {2}stage canary \(rev-\w+\): 0 of 1 through, 1 moving, being mended$/m,
    );
  });

  it("counts clusters that are made", () => {
    const { live: _live, ...made } = cluster("beta");
    assert.match(text([cluster("alpha"), made]) ?? "", /: 1 to move in this run, 1 to be made$/m);
  });

  it("shows add-ons that wait, with all that changes and their next moment, and none that are done", () => {
    const windows = [{ days: ["Sat"], start: "02:00", duration: "4h" }];
    const changes = ["cilium 1.18.1 -> 1.18.2", "metrics-server 3.12.1 -> 3.13.0"];
    const tracks = [
      { ...TRACK, stage: "all", changes },
      { ...TRACK, name: "quiet", stage: "all", changes: [] },
    ];
    const shown = text([cluster("alpha", { live: arrived("2d") })], { windows }, { tracks }) ?? "";
    assert.match(
      shown,
      /^ {2}add-ons of canary {2}all {4}cilium 1\.18\.1 -> 1\.18\.2, metrics-server 3\.12\.1 -> 3\.13\.0 {2}wait {4}no window is open {2}Sat 2026-12-05 02:00 UTC$/m,
    );
    assert.doesNotMatch(shown, /quiet/);
  });

  it("lists the versions that follow a step", () => {
    const alpha = cluster("alpha", { live: live({ revision: { kubernetes: "v1.33.2" } }) });
    assert.match(text([alpha]) ?? "", /v1\.33\.2 -> v1\.34\.9, then v1\.35\.9, v1\.36\.2 {2}step$/m);
    assert.match(text([{ ...alpha, paused: "audit" }]) ?? "", /v1\.33\.2 -> v1\.36\.2 {2}paused/m);
  });

  it("says that a step mends its cluster", () => {
    const alpha = cluster("alpha", {
      target: { kubernetes: "v1.36.2", class: "class-b" },
      live: underWay("10h", { revision: { kubernetes: "v1.36.2", class: "class-a" }, terminal: "no quota" }),
    });
    assert.match(text([alpha]) ?? "", /alpha {4}all {4}class-a -> class-b {2}step {4}mends it: class-a -> class-b$/m);
  });
});
