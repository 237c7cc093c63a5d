import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

import { refresh, versions } from "../../../cli/commands/versions";
import { createOutput } from "../../../cli/output";
import { calendarData, calendarFile } from "../../../fleet/versions";
import { fetchSupport } from "../../../live/versions-source";

/** Answers of the shape of the endoflife.date API v1, by path; what has none is answered with 404. */
type Answers = Record<string, unknown>;

const release = (name: string, fields: object = {}) => ({
  name,
  codename: null,
  label: name,
  releaseDate: "2030-01-01",
  isLts: false,
  ltsFrom: null,
  isEol: false,
  eolFrom: "2031-03-01",
  isMaintained: true,
  latest: { name: `${name}.3`, date: "2030-05-05", link: null },
  ...fields,
});
const product = (...releases: object[]) => ({
  schema_version: "1.1.0",
  last_modified: "2030-06-01T14:05:52+01:00",
  result: { name: "any", releases },
});

const newest = { kubernetes: calendarData.kubernetes.at(-1)!, eks: calendarData.eks.at(-1)! };
/** The minor after a shipped one. */
const next = (minor: string) => `1.${Number(minor.slice(2)) + 1}`;
const shipped = ({ minor, released, standardEnds, extendedEnds }: (typeof calendarData.eks)[number]) =>
  release(minor, { releaseDate: released, eolFrom: standardEnds, eoesFrom: extendedEnds ?? null, latest: null });

describe("the public source of the calendar", () => {
  let server: Server;
  let source: string;
  let folder: string;
  let file: string;
  let answers: Answers;

  before((done) => {
    server = createServer(({ url = "" }, response) => {
      const answer = answers[url];
      if (answer === "silence") return;
      response.statusCode = answer === undefined ? 404 : 200;
      response.end(typeof answer === "string" ? answer : JSON.stringify(answer));
    }).listen(0, "127.0.0.1", () => {
      source = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
      done();
    });
  });
  after((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "versions-"));
    file = path.join(folder, "calendar.json");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const serve = (kubernetes: unknown, eks: unknown) =>
    (answers = { "/api/v1/products/kubernetes": kubernetes, "/api/v1/products/amazon-eks": eks });

  async function run(options: { write?: boolean; json?: boolean } = {}): Promise<string> {
    let text = "";
    const stream = { write: (more: string) => (text += more) };
    const out = createOutput({ stdout: stream, stderr: stream, env: {} }, { json: options.json ?? false });
    await refresh({ source, write: options.write ?? false, on: new Date("2030-06-02T10:00:00Z"), file }, out);
    return text;
  }

  it("is read into plain minors; what it does not know is absent", async () => {
    serve(
      product(release("1.90"), release("1.91", { eolFrom: null, latest: null })),
      product(release("1.90", { eoesFrom: "2032-03-01", latest: { name: "1.90-eks-7" } })),
    );
    assert.deepEqual(await fetchSupport(source), {
      kubernetes: {
        at: `${source}/products/kubernetes`,
        says: "2030-06-01",
        minors: [
          { minor: "1.90", released: "2030-01-01", standardEnds: "2031-03-01", newestPatch: "v1.90.3" },
          { minor: "1.91", released: "2030-01-01" },
        ],
      },
      eks: {
        at: `${source}/products/amazon-eks`,
        says: "2030-06-01",
        minors: [{ minor: "1.90", released: "2030-01-01", standardEnds: "2031-03-01", extendedEnds: "2032-03-01" }],
      },
    });
  });

  it("that says the same changes nothing but the date", async () => {
    serve(product(...calendarData.kubernetes.map(shipped)), product(...calendarData.eks.map(shipped)));
    assert.equal(
      await run(),
      "The source says nothing that the calendar does not.\n" +
        "Nothing was written. Add --write to date the calendar 2030-06-02.\n",
    );
    assert.equal(existsSync(file), false);
    await run({ write: true });
    assert.deepEqual(JSON.parse(readFileSync(file, "utf8")), { ...calendarData, dated: "2030-06-02" });
  });

  it("that knows more is shown as a difference, and taken over on demand", async () => {
    const patched = { ...shipped(newest.kubernetes), latest: { name: `${newest.kubernetes.minor}.99` } };
    const older = {
      ...shipped(calendarData.kubernetes[0]!),
      latest: { name: `${calendarData.kubernetes[0]!.minor}.0` },
    };
    const added = release(next(newest.eks.minor), { eoesFrom: "2032-03-01" });
    const unfinished = release(next(next(newest.eks.minor)), { eolFrom: null });
    serve(product(release("1.20"), older, patched), product(unfinished, added));
    const text = await run({ write: true });
    assert.deepEqual(
      text
        .trimEnd()
        .split("\n")
        .map((line) => line.split(/ {2,}/)),
      [
        ["CALENDAR", "MINOR", "FIELD", "SHIPPED", "SOURCE"],
        [
          "kubernetes",
          newest.kubernetes.minor,
          "newestPatch",
          newest.kubernetes.newestPatch,
          `v${newest.kubernetes.minor}.99`,
        ],
        ["eks", added.name, "released", "-", "2030-01-01"],
        ["eks", added.name, "standardEnds", "-", "2031-03-01"],
        ["eks", added.name, "extendedEnds", "-", "2032-03-01"],
        ["eks", added.name, "newestPatch", "-", `v${added.name}.3`],
        ["The calendar is written, dated 2030-06-02."],
      ],
    );
    const written = calendarFile.parse(JSON.parse(readFileSync(file, "utf8")));
    assert.deepEqual(written.eks.slice(0, -1), calendarData.eks);
    assert.deepEqual(written.eks.at(-1)?.sources, ["refreshed-eks"]);
    assert.deepEqual(written.kubernetes.slice(0, -1), calendarData.kubernetes.slice(0, -1));
    assert.deepEqual(written.kubernetes.at(-1)?.sources, [...newest.kubernetes.sources, "refreshed-kubernetes"]);
    assert.deepEqual(written.sources["refreshed-eks"], { at: `${source}/products/amazon-eks`, says: "2030-06-01" });
  });

  it("that says what cannot be is refused, and nothing is written", async () => {
    const minor = newest.eks.minor;
    serve(product(shipped(newest.kubernetes)), product({ ...shipped(newest.eks), releaseDate: "2039-01-01" }));
    await assert.rejects(run({ write: true }), {
      name: "CliError",
      message:
        "What the source says cannot be:\n" +
        `  eks: ${minor} has standardEnds ${newest.eks.standardEnds}, not after released 2039-01-01\n` +
        "Nothing was changed. Try again later, or edit the calendar by hand.",
    });
    assert.equal(existsSync(file), false);
  });

  it("that answers in another form, with an error or not at all is named, with the remedy", async () => {
    const remedy = "Check the address and the network, or name a mirror with --source.";
    const at = `${source}/products/kubernetes`;
    const good = product(release("1.90"));
    const cases: [unknown, string][] = [
      [undefined, "answers 404"],
      ["<html>", "does not answer with JSON"],
      [{ result: [] }, "does not answer as the endoflife.date API v1 does (last_modified is not as expected)"],
      [
        product(release("1.90", { eolFrom: true })),
        "does not answer as the endoflife.date API v1 does (result.releases.0.eolFrom is not as expected)",
      ],
      ["silence", "gave no answer within 0.2 s"],
    ];
    for (const [answer, what] of cases) {
      serve(answer, good);
      await assert.rejects(fetchSupport(source, 200), {
        name: "VersionsSourceError",
        message: `${at}: ${what}. ${remedy}`,
      });
    }
  });

  it("that cannot be reached changes nothing and says so", async () => {
    const closed = createServer();
    await new Promise<void>((done) => closed.listen(0, "127.0.0.1", done));
    const { port } = closed.address() as AddressInfo;
    await new Promise((done) => closed.close(done));
    source = `http://127.0.0.1:${port}`;
    await assert.rejects(run({ write: true }), {
      name: "CliError",
      message:
        `${source}/products/kubernetes: cannot be reached (connect ECONNREFUSED 127.0.0.1:${port}). ` +
        "Check the address and the network, or name a mirror with --source. Nothing was changed.",
    });
    assert.equal(existsSync(file), false);
  });
});

describe("npm run fleet -- versions", () => {
  async function run(values: object, json = false): Promise<{ text: string; notes: string }> {
    let text = "";
    let notes = "";
    const streams = {
      stdout: { write: (more: string) => (text += more) },
      stderr: { write: (more: string) => (notes += more) },
    };
    const out = createOutput({ ...streams, env: {} }, { json });
    assert.equal(await versions.run({ positionals: [], values, out, stacks: () => Promise.resolve([]) }), 0);
    return { text, notes };
  }

  it("shows each minor with the days left, within 100 columns", async () => {
    const eks = calendarData.eks.at(-1)!;
    const upstream = calendarData.kubernetes.find(({ minor }) => minor === eks.minor)!;
    const { text, notes } = await run({ on: eks.standardEnds });
    const lines = text.split("\n");
    assert.ok(lines.every((line) => line.length <= 100));
    const [minor, , standard, , patch] = lines.find((line) => line.startsWith(eks.minor))!.split(/ {2,}/);
    assert.deepEqual([minor, standard, patch], [eks.minor, `${eks.standardEnds} (0 d)`, upstream.newestPatch]);
    assert.equal(
      notes,
      "The calendar is older than 90 days. Refresh it: npm run fleet -- versions --refresh --write\n",
    );
  });

  it("gives all of it as JSON", async () => {
    const { minor, standardEnds } = calendarData.eks.at(-1)!;
    const answer = JSON.parse((await run({ on: "2026-11-23" }, true)).text) as { eks: { minor: string }[] };
    const row = answer.eks.find((each) => each.minor === minor) as unknown as Record<string, unknown>;
    assert.deepEqual([row["status"], row["until"]], ["supported", standardEnds]);
  });

  it("refuses options that have no meaning together, and days that are none", async () => {
    const cases: [object, string][] = [
      [{ write: true }, "--write needs --refresh. Add it, or leave both out."],
      [{ source: "http://x" }, "--source needs --refresh. Add it, or leave both out."],
      [{ refresh: true, on: "2026-11-23" }, "--on has no meaning with --refresh, which happens today. Leave it out."],
      [{ on: "tomorrow" }, "--on is not a date (got tomorrow). Write it as YYYY-MM-DD."],
    ];
    for (const [values, message] of cases) {
      await assert.rejects(run(values), { name: "UsageError", message });
    }
  });
});
