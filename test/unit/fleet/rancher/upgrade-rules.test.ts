import assert from "node:assert/strict";
import fc from "fast-check";

import { type RancherChange, rancherUpgradeProblems } from "../../../../fleet/rancher/upgrade-rules";
import { compatibilityData } from "../../../../fleet/versions/compatibility-data";
import { lines } from "./fixtures";

const told = (change: RancherChange) => lines(rancherUpgradeProblems(change));

describe("a change of Rancher", () => {
  const allowed: [string, RancherChange][] = [
    ["a first installation before there is a cluster", { target: "v2.15.0", targetKubernetes: "v1.35" }],
    ["a first installation", { target: "v2.15.0", managementKubernetes: "v1.36" }],
    ["nothing", { current: "v2.15.0", target: "v2.15.0", managementKubernetes: "v1.35", installedTurtles: "0.27.0" }],
    ["a patch", { current: "2.15.0", target: "v2.15.3", managementKubernetes: "1.35" }],
    ["the next minor", { current: "v2.14.4", target: "v2.15.0", managementKubernetes: "v1.35" }],
    [
      "the next minor, with an EKS that the present one takes too",
      { current: "v2.14.4", target: "v2.15.0", managementKubernetes: "v1.33", targetKubernetes: "v1.34" },
    ],
    [
      "the cure of a cluster that somebody made too new for the present one",
      { current: "v2.14.4", target: "v2.15.0", managementKubernetes: "v1.36", targetKubernetes: "v1.36" },
    ],
    [
      "EKS alone, within what Rancher takes",
      { current: "v2.15.0", target: "v2.15.0", managementKubernetes: "v1.35", targetKubernetes: "v1.36" },
    ],
    [
      "the next minor after the last upgrade is over",
      { current: "v2.14.4", target: "v2.15.0", managementKubernetes: "v1.35", installedTurtles: "v0.26.2" },
    ],
    [
      "a patch while Turtles is still on its way",
      { current: "v2.15.0", target: "v2.15.1", managementKubernetes: "v1.35", installedTurtles: "0.26.4" },
    ],
    [
      "anything under the same name",
      { current: "v2.15.0", target: "v2.15.1", currentHostname: "r.example.com", hostname: "r.example.com" },
    ],
  ];
  for (const [name, change] of allowed) {
    it(`may be ${name}`, () => {
      assert.deepEqual(told(change), []);
    });
  }

  const refused: [string, RancherChange, string[]][] = [
    [
      "a release that breaks clusters on EKS, and says nothing else about it",
      { current: "v2.14.4", target: "v2.16.0", managementKubernetes: "v1.33" },
      [
        "rancher.version: is 2.16 or newer: it brings Cluster API 1.14, with which clusters on EKS never finish an upgrade " +
          '(got "v2.16.0"). Use 2.13, 2.14, 2.15.',
      ],
    ],
    [
      "a release of which nothing is known",
      { target: "v2.11.16" },
      [
        'rancher.version: is a release that does not bring Cluster API by itself (got "v2.11.16"). Use 2.13, 2.14, 2.15.',
      ],
    ],
    [
      "a release without Turtles",
      { target: "v2.12.12" },
      [
        'rancher.version: is a release that does not bring Cluster API by itself (got "v2.12.12"). Use 2.13, 2.14, 2.15.',
      ],
    ],
    [
      "a pre-release",
      { target: "v2.15.1-rc1" },
      [
        "rancher.version: is a pre-release, from and to which Rancher supports no upgrade " +
          '(got "v2.15.1-rc1"). Use 2.13, 2.14, 2.15.',
      ],
    ],
    [
      "an older minor",
      { current: "v2.15.0", target: "v2.14.4", managementKubernetes: "v1.35" },
      [
        "rancher.version: is older than what runs, v2.15.0; Rancher does not go back " +
          '(got "v2.14.4"). Keep v2.15.0, or restore the backup that was made before the upgrade.',
      ],
    ],
    [
      "an older patch",
      { current: "v2.15.1", target: "v2.15.0", managementKubernetes: "v1.35" },
      [
        "rancher.version: is older than what runs, v2.15.1; Rancher does not go back " +
          '(got "v2.15.0"). Keep v2.15.1, or restore the backup that was made before the upgrade.',
      ],
    ],
    [
      "a leap over a minor",
      { current: "v2.13.8", target: "v2.15.0", managementKubernetes: "v1.34" },
      [
        'rancher.version: skips 1 minor after what runs, v2.13.8 (got "v2.15.0"). ' +
          "Go to the newest patch of 2.14 first, in a run of its own.",
      ],
    ],
    [
      "a leap over two minors",
      { current: "v2.12.12", target: "v2.15.0", managementKubernetes: "v1.34" },
      [
        'rancher.version: skips 2 minors after what runs, v2.12.12 (got "v2.15.0"). ' +
          "Go to the newest patch of 2.13 first, in a run of its own.",
      ],
    ],
    [
      "a Kubernetes that is too new for the chart",
      { target: "v2.15.0", managementKubernetes: "v1.37" },
      [
        "version: is newer than what Rancher 2.15 runs on, 1.34 to 1.36 (its chart asks for <1.37) " +
          '(got "v1.37"). Use 1.36 or older, or a newer Rancher.',
      ],
    ],
    [
      "a Kubernetes that is too old",
      { current: "v2.14.4", target: "v2.15.0", managementKubernetes: "v1.33" },
      [
        'version: is older than what Rancher 2.15 runs on, 1.34 to 1.36 (got "v1.33"). ' +
          "Take EKS to 1.34 first, in runs of its own, one minor at a time.",
      ],
    ],
    [
      "an EKS that goes up before the Rancher that takes it, in one run",
      { current: "v2.14.4", target: "v2.15.0", managementKubernetes: "v1.35", targetKubernetes: "v1.36" },
      [
        "version: is newer than what the Rancher that runs, v2.14.4, takes, up to 1.35; EKS moves before Rancher " +
          '(got "v1.36"). Leave EKS as it is in this run, take Rancher to v2.15.0, then EKS.',
      ],
    ],
    [
      "an EKS that goes up beyond Rancher alone",
      { current: "v2.14.4", target: "v2.14.4", managementKubernetes: "v1.35", targetKubernetes: "v1.36" },
      [
        "version: is newer than what the Rancher that runs, v2.14.4, takes, up to 1.35; EKS moves before Rancher " +
          '(got "v1.36"). Leave EKS as it is; take Rancher to 2.15 first.',
      ],
    ],
    [
      "an EKS that no usable Rancher takes",
      { current: "v2.15.0", target: "v2.15.0", managementKubernetes: "v1.36", targetKubernetes: "v1.37" },
      [
        "version: is newer than what the Rancher that runs, v2.15.0, takes, up to 1.36; EKS moves before Rancher " +
          '(got "v1.37"). Leave EKS as it is; take Rancher to a minor that takes it first.',
      ],
    ],
    [
      "a Turtles that somebody else installed",
      { current: "v2.12.12", target: "v2.13.8", managementKubernetes: "v1.33", installedTurtles: "0.24.3" },
      [
        "rancher.version: goes to a Rancher that brings Turtles, beside the Turtles 0.24.3 that somebody installed " +
          '(got "v2.13.8"). Uninstall that one first as Rancher\'s manual says (Turtles, migration).',
      ],
    ],
    [
      "a second upgrade before the first is over",
      { current: "v2.14.4", target: "v2.15.0", managementKubernetes: "v1.35", installedTurtles: "0.25.6" },
      [
        "rancher.version: begins an upgrade before the last one is over: Rancher v2.14.4 brings Turtles 0.26.4, and " +
          '0.25.6 runs (got "v2.15.0"). Keep v2.14.4 until the App rancher-turtles is at 0.26.4.',
      ],
    ],
    [
      "another name",
      { target: "v2.15.0", current: "v2.15.0", currentHostname: "old.example.com", hostname: "new.example.com" },
      [
        "rancher.hostname: is not the name that Rancher runs under, old.example.com, by which every cluster's agent calls it " +
          '(got "new.example.com"). Keep old.example.com.',
      ],
    ],
  ];
  for (const [name, change, messages] of refused) {
    it(`may not be ${name}`, () => {
      assert.deepEqual(told(change), messages);
    });
  }

  it("is told all that is wrong with it", () => {
    const problems = rancherUpgradeProblems({
      current: "v2.13.8",
      target: "v2.15.0",
      managementKubernetes: "v1.33",
      installedTurtles: "0.24.0",
      currentHostname: "old.example.com",
      hostname: "new.example.com",
    });
    assert.deepEqual(
      problems.map(({ path }) => path.join(".")),
      ["rancher.version", "version", "rancher.version", "rancher.hostname"],
    );
  });
});

const minors = compatibilityData.rancher.map(({ minor }) => minor);
const release = fc
  .tuple(fc.constantFrom(...minors, "2.16", "2.17"), fc.nat(20))
  .map(([minor, patch]) => `v${minor}.${patch}`);
const kubernetes = fc.integer({ min: 30, max: 40 }).map((minor) => `v1.${minor}`);
const minorNumber = (version: string) => Number(version.split(".")[1]);

describe("every change of Rancher that is allowed", () => {
  const change = fc.record({
    current: fc.option(release, { nil: undefined }),
    target: release,
    managementKubernetes: kubernetes,
    targetKubernetes: fc.option(kubernetes, { nil: undefined }),
  });

  it("is at most one minor up, never down, and never to a refused one", () => {
    fc.assert(
      fc.property(change, (each) => {
        fc.pre(rancherUpgradeProblems(each).length === 0);
        assert.ok(minorNumber(each.target) < minorNumber(compatibilityData.refusedRancher.since));
        const up = each.current === undefined ? 0 : minorNumber(each.target) - minorNumber(each.current);
        assert.ok(up === 0 || up === 1);
      }),
    );
  });

  it("takes EKS nowhere that a Rancher which runs during it does not follow", () => {
    fc.assert(
      fc.property(change, (each) => {
        fc.pre(rancherUpgradeProblems(each).length === 0);
        const { current, target, managementKubernetes, targetKubernetes } = each;
        const bound = (rancher: string) =>
          compatibilityData.rancher.find(({ minor }) => rancher.startsWith(`v${minor}.`))!.kubernetes[1];
        const after = targetKubernetes ?? managementKubernetes;
        assert.ok(minorNumber(after) <= minorNumber(bound(target)));
        assert.ok(
          current === undefined || after === managementKubernetes || minorNumber(after) <= minorNumber(bound(current)),
        );
      }),
    );
  });
});

describe("the next minor of Rancher", () => {
  it("can always be reached on some Kubernetes that both take, so that no fleet is stuck", () => {
    const usable = compatibilityData.rancher.filter(({ turtles }) => turtles !== undefined);
    for (const [index, { minor, kubernetes: range }] of usable.slice(1).entries()) {
      const before = usable[index]!;
      const both = before.kubernetes[1];
      const change = { current: `v${before.minor}.9`, target: `v${minor}.0`, managementKubernetes: `v${both}` };
      assert.deepEqual(told(change), [], `${before.minor} to ${minor} on ${both}, of ${range.join(" to ")}`);
    }
  });
});
