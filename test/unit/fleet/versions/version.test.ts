import assert from "node:assert/strict";
import fc from "fast-check";

import { calendar, compareVersions, minorOf, stepBetween, upgradePath } from "../../../../fleet/versions";

const version = fc
  .record({
    minor: fc.integer({ min: 29, max: 39 }),
    patch: fc.integer({ min: 0, max: 12 }),
    suffix: fc.constantFrom("", "", "-rc.1", "-rc.2", "+rke2r1", "+rke2r2", "+rke2r10", "-eks-3abbec1"),
  })
  .map(({ minor, patch, suffix }) => `v1.${minor}.${patch}${suffix}`);

describe("a version", () => {
  it("has a minor, whatever a distribution appends", () => {
    for (const text of ["v1.35.2", "1.35", "v1.35", "v1.35.2+rke2r1", "v1.35.2-eks-3abbec1", "v1.35.0-rc.1"]) {
      assert.equal(minorOf(text), "1.35", text);
    }
  });

  it("that is none is refused with the form to write", () => {
    for (const text of ["latest", "", "v1", "1.35.2.1", "v1.35.x"]) {
      assert.throws(() => minorOf(text), {
        message: `${JSON.stringify(text)} is not a Kubernetes version. Write it in full, such as v1.35.2.`,
      });
    }
  });

  it("is ordered by number, candidates before their release, builds after it", () => {
    const ordered = [
      "v1.9.10",
      "v1.35.2",
      "v1.35.10-rc.2",
      "v1.35.10",
      "v1.35.10+rke2r2",
      "v1.35.10+rke2r10",
      "v1.36.0",
    ];
    assert.deepEqual([...ordered].reverse().sort(compareVersions), ordered);
    assert.equal(compareVersions("v1.35.2", "1.35.2"), 0);
  });

  it("property: the order is total", () => {
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        assert.equal(Math.sign(compareVersions(a, b)) + Math.sign(compareVersions(b, a)), 0);
        assert.equal(compareVersions(a, b) === 0, a === b);
        if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0) assert.ok(compareVersions(a, c) <= 0);
      }),
    );
  });
});

describe("a step between versions", () => {
  it("is nothing, a patch or one minor", () => {
    const steps = [
      ["v1.35.2", "v1.35.2", "none"],
      ["v1.35.2", "v1.35.9", "patch"],
      ["v1.35.2+rke2r1", "v1.35.2+rke2r2", "patch"],
      ["v1.35.9", "v1.36.0", "minor"],
    ] as const;
    for (const [from, to, kind] of steps) {
      assert.deepEqual(stepBetween(from, to), { allowed: true, kind }, `${from} to ${to}`);
    }
  });

  it("is refused with the reason otherwise", () => {
    const steps = [
      ["v1.35.2", "v1.35.1", "v1.35.2 to v1.35.1 is a downgrade, which Cluster API refuses"],
      ["v1.36.0", "v1.35.9", "v1.36.0 to v1.35.9 is a downgrade, which Cluster API refuses"],
      ["v1.34.1", "v1.36.0", "v1.34.1 to v1.36.0 skips 1 minor; the next step is 1.35"],
      ["v1.33.1", "v1.36.0", "v1.33.1 to v1.36.0 skips 2 minors; the next step is 1.34"],
      ["v1.36.0", "v2.0.0", "v1.36.0 to v2.0.0 changes the major version, for which no path is known"],
    ] as const;
    for (const [from, to, reason] of steps) {
      assert.deepEqual(stepBetween(from, to), { allowed: false, reason });
    }
  });
});

describe("the upgrade path", () => {
  const known = calendar({
    kubernetes: { "1.34": { newestPatch: "v1.34.77" } },
    eks: { "1.35": { newestPatch: "v1.35.88" } },
  });

  it("takes the newest patch of each minor on the way", () => {
    assert.deepEqual(upgradePath(known, "kubernetes", "v1.33.1", "v1.35.2"), ["v1.34.77", "v1.35.2"]);
  });

  it("of EKS takes upstream's patch where EKS has none, and the first where nobody has one", () => {
    assert.deepEqual(upgradePath(known, "eks", "v1.33.1", "v1.36.2"), ["v1.34.77", "v1.35.88", "v1.36.2"]);
    assert.deepEqual(upgradePath(known, "eks", "v1.97.0", "v1.99.0"), ["v1.98.0", "v1.99.0"]);
  });

  it("is empty where the target is not newer", () => {
    assert.deepEqual(upgradePath(known, "kubernetes", "v1.35.2", "v1.35.2"), []);
    assert.deepEqual(upgradePath(known, "kubernetes", "v1.35.2", "v1.34.9"), []);
  });

  it("property: it goes by allowed steps, ends at the target and is as short as the minors allow", () => {
    fc.assert(
      fc.property(
        version,
        version,
        fc.constantFrom("kubernetes" as const, "eks" as const),
        (from, to, distribution) => {
          fc.pre(compareVersions(from, to) < 0);
          const path = upgradePath(known, distribution, from, to);
          assert.equal(path.at(-1), to);
          const minors = Number(minorOf(to).slice(2)) - Number(minorOf(from).slice(2));
          assert.equal(path.length, Math.max(1, minors));
          path.forEach((step, index) => assert.ok(stepBetween(path[index - 1] ?? from, step).allowed, path.join(" ")));
        },
      ),
    );
  });
});
