import assert from "node:assert/strict";

import { daysBetween, isoDate } from "../../../../fleet/dates";
import {
  calendar,
  distributionOf,
  monthlyControlPlaneCost,
  newestPatch,
  supportOf,
  versionOverridesSchema,
} from "../../../../fleet/versions";

const at = (day: string) => new Date(`${day}T23:59:00Z`);
/** Made-up minors, so that a refresh of the shipped data changes no test. */
const OVERRIDES = {
  kubernetes: { "1.90": { released: "2030-01-01", standardEnds: "2031-03-01", newestPatch: "v1.90.4" } },
  eks: { "1.90": { released: "2030-02-01", standardEnds: "2031-04-01", extendedEnds: "2032-04-01" } },
};

describe("support of a version", () => {
  const known = calendar(OVERRIDES);

  it("is counted in days of UTC; an end counts from its first minute", () => {
    const cases = [
      ["kubernetes", "2031-02-28", "supported", "2031-03-01", 1],
      ["kubernetes", "2031-03-01", "ended", "2031-03-01", 0],
      ["kubernetes", "2031-03-11", "ended", "2031-03-01", -10],
      ["eks", "2031-03-31", "supported", "2031-04-01", 1],
      ["eks", "2031-04-01", "extended", "2032-04-01", 366],
      ["eks", "2032-03-31", "extended", "2032-04-01", 1],
      ["eks", "2032-04-02", "ended", "2032-04-01", -1],
    ] as const;
    for (const [distribution, day, status, until, daysLeft] of cases) {
      const expected = { minor: "1.90", status, until, daysLeft, newerThanCalendar: false };
      assert.deepEqual(supportOf(known, distribution, "v1.90.2", at(day)), expected, `${distribution} on ${day}`);
    }
  });

  it("of a minor that the calendar does not have is unknown, too new or too old", () => {
    const unknown = { status: "unknown", newerThanCalendar: true };
    assert.deepEqual(supportOf(known, "eks", "v1.91.0", at("2030-01-01")), { minor: "1.91", ...unknown });
    assert.deepEqual(supportOf(known, "eks", "v1.9.0", at("2030-01-01")), {
      minor: "1.9",
      ...unknown,
      newerThanCalendar: false,
    });
  });

  it("is that of EKS for aws-eks alone", () => {
    const families = ["aws-eks", "aws-kubeadm", "in-memory-kubeadm", "plain"];
    assert.deepEqual(families.map(distributionOf), ["eks", "kubernetes", "kubernetes", "kubernetes"]);
  });

  it("comes with the newest patch of the minor, where one is known", () => {
    assert.equal(newestPatch(known, "kubernetes", "v1.90.0+rke2r1"), "v1.90.4");
    assert.equal(newestPatch(known, "eks", "v1.90.0"), undefined);
  });

  it("costs six times as much once it is extended", () => {
    assert.equal(monthlyControlPlaneCost("standard"), 73);
    assert.equal(monthlyControlPlaneCost("extended"), 438);
  });
});

describe("an override of the calendar", () => {
  it("replaces the fields it names, keeps the others, and adds minors in order", () => {
    const shipped = calendar().kubernetes;
    const newest = shipped.at(-1)!;
    const next = OVERRIDES.kubernetes["1.90"];
    const { kubernetes } = calendar({ kubernetes: { "1.90": next, [newest.minor]: { standardEnds: "2039-01-01" } } });
    assert.deepEqual(kubernetes, [
      ...shipped.slice(0, -1),
      { ...newest, standardEnds: "2039-01-01" },
      { minor: "1.90", ...next },
    ]);
  });

  it("takes the engine's form of an unquoted date", () => {
    const overrides = {
      eks: { "1.90": { released: "2030-02-01 00:00:00 +0000 UTC", standardEnds: "2031-04-01T00:00:00Z" } },
    };
    assert.deepEqual(versionOverridesSchema.parse(overrides), {
      eks: { "1.90": { released: "2030-02-01", standardEnds: "2031-04-01" } },
    });
  });

  it("is refused where it makes no sense, each mistake at its place", () => {
    const { minor: shipped, released } = calendar().eks[0]!;
    const result = versionOverridesSchema.safeParse({
      kubernetes: { "1,35": {}, "1.90": { released: "2030-01-01" } },
      eks: { [shipped]: { standardEnds: "2001-01-01" }, "1.90": { ...OVERRIDES.eks["1.90"], newestPatch: "v1.91.0" } },
    });
    assert.deepEqual(
      result.error?.issues.map(({ path, message }) => `${path.join("/")}: ${message}`),
      [
        'kubernetes/1,35: minor-shape|is not a minor version|Write it in quotes, such as "1.35"',
        "kubernetes/1.90/standardEnds: missing|is missing, for a minor that the calendar does not know|Set it, as YYYY-MM-DD",
        `eks/${shipped}: version-calendar|makes no sense: ${shipped} has standardEnds 2001-01-01, not after released ${released}|Correct it, or remove it for the shipped value`,
        "eks/1.90: version-calendar|makes no sense: 1.90 has newestPatch v1.91.0, of another minor|Correct it, or remove it for the shipped value",
      ],
    );
  });

  it("of a new minor without dates does not pass unseen, should the check be left out", () => {
    assert.throws(() => calendar({ eks: { "1.90": {} } }), {
      message: "versions: 1.90 is not in the calendar. Set its released and standardEnds.",
    });
  });
});

describe("a date", () => {
  it("is a day that exists, as YYYY-MM-DD", () => {
    assert.equal(isoDate.parse("2028-02-29"), "2028-02-29");
    for (const text of [
      "2027-02-29",
      "2027-13-01",
      "27-01-01",
      "2027-1-1",
      "2027-01-01 10:00:00 +0000 UTC",
      "soon",
      20270101,
    ]) {
      const messages = isoDate.safeParse(text).error?.issues.map(({ message }) => message);
      assert.deepEqual(messages, ["date|is not a date|Write it as YYYY-MM-DD"], String(text));
    }
  });

  it("is so many days away, whatever the hour", () => {
    assert.equal(daysBetween(new Date("2026-11-23T00:00:00Z"), "2026-12-02"), 9);
    assert.equal(daysBetween(new Date("2026-11-23T23:59:59Z"), "2026-12-02"), 9);
    assert.equal(daysBetween(new Date("2026-12-03T00:00:00Z"), "2026-12-02"), -1);
  });
});
