import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { daysBetween } from "../../../../fleet/dates";
import { calendarData, calendarFile, calendarText, DATA_MAX_AGE_DAYS } from "../../../../fleet/versions";
import { compatibilityData } from "../../../../fleet/versions/compatibility-data";
import { load } from "../../../../fleet/versions/data-file";

const FOLDER = path.join(__dirname, "../../../../fleet/versions/data");
const HOW_TO_REFRESH: Record<string, string> = {
  "calendar.json": "Run: npm run fleet -- versions --refresh --write",
  "compatibility.json": "Read its sources again, correct it and date it: docs/versions.md, Keeping it fresh",
  "support-cost.json": "Read its source again, correct it and date it: docs/versions.md, Keeping it fresh",
};

interface DataFile {
  readonly dated: string;
  readonly sources: Readonly<Record<string, { readonly says: string }>>;
}
const read = (name: string) => JSON.parse(readFileSync(path.join(FOLDER, name), "utf8")) as DataFile;

describe("the version data", () => {
  for (const name of readdirSync(FOLDER)) {
    it(`${name} was checked within ${DATA_MAX_AGE_DAYS} days`, () => {
      const age = -daysBetween(new Date(), read(name).dated);
      assert.ok(age <= DATA_MAX_AGE_DAYS, `${name} was last checked ${age} days ago. ${HOW_TO_REFRESH[name]}`);
      assert.ok(age >= -1, `${name} is dated in the future: ${read(name).dated}`);
    });

    it(`${name} names a dated source for each row, and no source in vain`, () => {
      const { dated, sources, ...tables } = read(name);
      const used = [...JSON.stringify(tables).matchAll(/"sources":\[([^\]]+)\]/g)].flatMap(
        ([, keys]) => JSON.parse(`[${keys}]`) as string[],
      );
      assert.deepEqual([...new Set(used)].sort(), Object.keys(sources).sort());
      assert.ok(Object.values(sources).every(({ says }) => says <= dated));
    });
  }

  it("is written as the refresh writes it, so that a refresh shows its changes alone", () => {
    assert.equal(readFileSync(path.join(FOLDER, "calendar.json"), "utf8"), calendarText(calendarData));
  });

  it("knows for each range of minors an oldest and a newest", () => {
    const { clusterApi, capa, rancher, addOns } = compatibilityData;
    const ranges = [
      ...clusterApi.flatMap(({ management, workload }) => [management, workload]),
      ...capa.map((row) => row.clusterApi),
      ...[...rancher, ...addOns].map(({ kubernetes }) => kubernetes),
    ];
    const number = (minor: string) => Number(minor.split(".")[1]);
    assert.deepEqual(
      ranges.filter(([oldest, newest]) => number(oldest) > number(newest)),
      [],
    );
  });
});

describe("a broken calendar", () => {
  const [first, second, ...others] = calendarData.eks as [Row, Row, ...Row[]];
  type Row = (typeof calendarData.eks)[number];
  const problems = (eks: unknown) =>
    calendarFile.safeParse({ ...calendarData, eks }).error?.issues.map(({ message }) => message);

  it("is refused: minors in sequence, ends in order, later minors end later, patches of their minor", () => {
    assert.deepEqual(problems([first, ...others]), [`${others[0]!.minor} does not follow ${first.minor}`]);
    assert.deepEqual(problems([first, { ...second, extendedEnds: first.extendedEnds }]), [
      `${second.minor} has extendedEnds ${first.extendedEnds}, not after ${first.extendedEnds} of ${first.minor}`,
    ]);
    assert.deepEqual(problems([{ ...first, released: first.standardEnds }]), [
      `${first.minor} has standardEnds ${first.standardEnds}, not after released ${first.standardEnds}`,
    ]);
    assert.deepEqual(problems([{ ...first, extendedEnds: first.standardEnds }]), [
      `${first.minor} has extendedEnds ${first.standardEnds}, not after standardEnds ${first.standardEnds}`,
    ]);
    assert.deepEqual(problems([{ ...first, newestPatch: "v1.2.3" }]), [
      `${first.minor} has newestPatch v1.2.3, of another minor`,
    ]);
  });

  it("ends the program when it is loaded, with the place of the mistake", () => {
    const broken = { ...calendarData, dated: "soon" };
    assert.throws(() => load("calendar.json", calendarFile, broken), {
      message: /^fleet\/versions\/data\/calendar\.json is broken\. Correct it:\n.*is not a date.*\n.*→ at dated$/,
    });
  });
});
