import assert from "node:assert/strict";

import { momentBegin, momentEnd } from "../../../../../fleet/rollout/time/moments";
import { playedFrom, type Played } from "../../../../../cli/simulate/play";
import { parseConfig } from "../../../../../fleet/config/parse";
import { openingAt } from "../../../../../fleet/rollout/time/windows";
import { assumedAhead } from "../../../../../fleet/rollout/simulate/assumed";
import { page } from "../../../../../cli/simulate/page";
import { exampleStack } from "./example-stack";

const HOUR = 3_600_000;
const FREEZE = {
  from: momentBegin("2026-12-18", "Europe/Berlin").getTime(),
  to: momentEnd("2027-01-03", "Europe/Berlin").getTime(),
};

function playedExample(fail: readonly string[] = []): Played {
  const from = new Date("2026-12-07T00:00:00Z");
  const wish = { from, until: new Date(from.getTime() + 400 * 24 * HOUR), every: HOUR };
  const input = assumedAhead(parseConfig(exampleStack()), "v1.34.3");
  return playedFrom("example", input, { ...wish, failures: { clusters: fail }, assumedVersion: "v1.34.3" });
}

describe("the example of 200 clusters", () => {
  const played = playedExample();
  const { simulation, upgrades } = played;

  it("ends with every cluster at its target and soaked", () => {
    assert.equal(played.clusters, 200);
    assert.deepEqual(simulation.unreached, []);
    assert.ok(simulation.soaked !== undefined);
    assert.equal(new Set(simulation.steps.map(({ cluster }) => cluster)).size, 200);
  });

  it("has every step begin and end within a window of its stage", () => {
    for (const { cluster, stage, start, end } of simulation.steps) {
      const openings = upgrades.windows
        .filter(({ stages }) => stages?.includes(stage) === true)
        .map((window) => openingAt(window, start));
      assert.ok(
        openings.some((opening) => opening !== undefined && end !== undefined && end.getTime() <= opening.to),
        `${cluster} moves at ${start.toISOString()}, outside its windows`,
      );
    }
  });

  it("has no step in the freeze of Christmas, and both before and after it", () => {
    const times = simulation.steps.map(({ start, end }) => [start.getTime(), (end ?? start).getTime()] as const);
    assert.deepEqual(
      times.filter(([start, end]) => end > FREEZE.from && start < FREEZE.to),
      [],
    );
    assert.ok(times.some(([start]) => start < FREEZE.from));
    assert.ok(times.some(([start]) => start >= FREEZE.to));
  });

  it("starts no stage before the one before it has soaked", () => {
    simulation.stages.slice(1).forEach(({ name, begins }, index) => {
      const before = simulation.stages[index]?.soaked;
      assert.ok(begins !== undefined && before !== undefined && begins >= before, name);
    });
  });

  it("says which approval it takes for given", () => {
    assert.deepEqual(
      simulation.approvals.map(({ stage, given }) => [stage, given]),
      [["main", true]],
    );
  });

  it("never gets beyond a canary that fails", () => {
    const [first, ...others] = simulation.steps;
    const last = others.at(-1);
    assert.ok(first !== undefined && last !== undefined);
    const { stages, unreached, through } = playedExample([first.cluster]).simulation;
    assert.equal(through, undefined);
    assert.equal(stages[0]?.halted, true);
    for (const { cluster } of [first, last]) assert.ok(unreached.some((each) => each.cluster === cluster));
  });

  it("is one page that asks for nothing from elsewhere and names every stage and cluster", () => {
    const written = page(played);
    assert.doesNotMatch(written, /<script|<link|<img|src=|href=|url\(|https?:|@import/i);
    for (const { stage, cluster } of simulation.steps) {
      assert.ok(written.includes(stage) && written.includes(cluster), cluster);
    }
    assert.match(written, /<i class="[^"]*freeze/);
    assert.match(written, /<i class="[^"]*soak/);
  });

  it("is a page that shows text as text", () => {
    const [freeze] = upgrades.freezes;
    assert.ok(freeze !== undefined);
    const reason = `<b onclick="x">&'`;
    const written = page({
      ...played,
      stack: "<script>",
      upgrades: { ...upgrades, freezes: [{ ...freeze, reason }] },
    });
    assert.doesNotMatch(written, /<script|<b /);
    assert.ok(written.includes("&#60;b onclick=&#34;x&#34;&#62;&#38;&#39;"));
    assert.ok(written.includes("Rollout of &#60;script&#62;"));
  });
});
