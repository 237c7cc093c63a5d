import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { PassThrough } from "node:stream";

import { checkPreview } from "../../../../cli/commands/check-preview";
import { readPreview } from "../../../../cli/preview-gate/read-preview";
import { stackContext } from "../../../../cli/stack-context";
import { type RawConfig } from "../../../../fleet/config/config";
import { rawConfig } from "../../fleet/fixtures";
import { memoryOutput } from "../memory-output";
import { replacement, step, VPC } from "./steps";

describe("fleet check-preview", () => {
  let folder: string;
  before(() => (folder = mkdtempSync(path.join(tmpdir(), "check-preview-"))));
  after(() => rmSync(folder, { recursive: true }));

  /** @param written The whole file, or its steps. */
  async function check(
    written: string | readonly object[],
    { config = {}, json = false, stack = "prod", max }: Partial<Wish> = {},
  ) {
    const file = path.join(folder, "preview.json");
    const text = typeof written === "string" ? written : JSON.stringify({ steps: written, duration: 1 });
    writeFileSync(file, text);
    const values = Object.entries(rawConfig(config)).map(([key, value]) => [
      `cluster-fleet:${key}`,
      { value: typeof value === "string" ? value : JSON.stringify(value) },
    ]);
    const run = () => Promise.resolve(JSON.stringify(Object.fromEntries(values)));
    const { out, stdout } = memoryOutput({ json });
    const code = await checkPreview.run({
      positionals: [file],
      values: { "max-clusters": max },
      out,
      stacks: () => Promise.resolve([stackContext({ name: stack, env: {}, run })]),
    });
    return { code, stdout: stdout(), lines: stdout().trimEnd().split("\n") };
  }

  interface Wish {
    readonly config: RawConfig;
    readonly json: boolean;
    readonly stack: string;
    readonly max: string;
  }

  const waivers = [
    { object: "VPC old", danger: "delete", until: "2020-01-31", reason: "moved out" },
    { object: "KMS key k", danger: "delete", until: "2999-01-31", reason: "CHG-12" },
  ];

  it("passes what endangers nothing: 0", async () => {
    const { code, stdout } = await check([step("same"), step("update", { name: "prod-b" })]);
    assert.deepEqual([code, stdout], [0, "prod: passes; 1 cluster would change, of 10 that may.\n"]);
  });

  it("passes what the stack file gives leave for, and says which leave: 0", async () => {
    const steps = [step("delete", { name: "prod-us-west-2" }), step("delete", { type: "aws:kms/key:Key", name: "k" })];
    const config = { decommission: ["prod-us-west-2"], preview: { waivers } };
    const { code, lines } = await check(steps, { config });
    assert.equal(code, 0);
    assert.deepEqual(lines, [
      "prod: passes; 1 cluster would change, of 10 that may.",
      "WOULD   OBJECT                  FOR  STANDING",
      "delete  cluster prod-us-west-2  -    listed under decommission",
      "delete  KMS key k               -    waived until 2999-01-31: CHG-12",
    ]);
  });

  it("refuses all else: what would happen, why not, what to do instead, and what would lift it: 3", async () => {
    const steps = [
      ...replacement({ type: "pulumi:providers:kubernetes", name: "p", reasons: ["clusterIdentifier"] }),
      step("delete", { type: VPC, name: "old" }),
      step("delete", { name: "prod-a" }),
      step("delete", { name: "prod-b" }),
    ];
    const { code, lines } = await check(steps, { config: { preview: { maxClusters: 1, waivers } } });
    assert.equal(code, 3);
    assert.deepEqual(lines, [
      "prod: refused; 2 clusters would change, of 1 that may.",
      "WOULD    OBJECT          FOR                STANDING",
      "replace  provider p      clusterIdentifier  refused",
      "delete   VPC old         -                  refused",
      "delete   cluster prod-a  -                  refused",
      "delete   cluster prod-b  -                  refused",
      "",
      "provider p would be replaced, for its clusterIdentifier changes. Everything that was declared through it goes with it, every cluster included.",
      "  Instead: Put back what changes; of the management cluster's, that is its name, which is its clusterIdentifier. A changed address or credential alone replaces nothing.",
      "  If it is meant: a waiver in the list waivers of cluster-fleet:preview, in the stack file:",
      "    - { object: provider p, danger: replace, until: YYYY-MM-DD, reason: … }",
      "",
      "VPC old would be deleted. Everything in it has to go first: nodes, control plane, load balancers.",
      "  The waiver of VPC old ended on 2020-01-31 and counts no more (moved out).",
      "  Instead: Put back what declares it.",
      "  If it is meant: a waiver in the list waivers of cluster-fleet:preview, in the stack file:",
      "    - { object: VPC old, danger: delete, until: YYYY-MM-DD, reason: … }",
      "",
      "cluster prod-a, cluster prod-b would be deleted. Cluster API deletes its machines, its network and all that runs on it.",
      "  Instead: Put its lines back under cluster-fleet:clusters. If it shall go, list its name under cluster-fleet:decommission too, and run up twice.",
      "  If it is meant: a waiver in the list waivers of cluster-fleet:preview, in the stack file:",
      "    - { object: cluster prod-a, danger: delete, until: YYYY-MM-DD, reason: … }",
      "    - { object: cluster prod-b, danger: delete, until: YYYY-MM-DD, reason: … }",
      "",
      "2 clusters would change at once (prod-a, prod-b); one run may change 1.",
      "  Instead: change them in parts, or leave it to the stages of a rollout.",
      "  If it is meant: cluster-fleet:preview.maxClusters in the stack file, or --max-clusters 2 for one check-preview. No waiver lifts this.",
    ]);
  });

  it("names ten of many, and counts the others", async () => {
    const names = Array.from({ length: 12 }, (_, index) => `c-${String(index).padStart(2, "0")}`);
    const { code, stdout } = await check(names.map((name) => step("update", { name })));
    assert.equal(code, 3);
    assert.match(stdout, /^12 clusters would change at once \(c-00, .*, c-09 and 2 more\); one run may change 10\.$/m);
  });

  it("takes the number of clusters from the command line", async () => {
    const both = [step("update", { name: "a" }), step("update", { name: "b" })];
    assert.deepEqual([(await check(both, { max: "1" })).code, (await check(both, { max: "2" })).code], [3, 0]);
    await assert.rejects(check(both, { max: "many" }), {
      name: "UsageError",
      message: "--max-clusters takes a number or a share (got many). Write --max-clusters 20, or 25%.",
    });
  });

  it("says the same as JSON", async () => {
    const steps = [step("delete", { type: VPC, name: "old" }), step("delete", { type: "aws:kms/key:Key", name: "k" })];
    const { code, stdout } = await check(steps, { config: { preview: { waivers } }, json: true });
    assert.equal(code, 3);
    assert.deepEqual(JSON.parse(stdout), {
      stack: "prod",
      passes: false,
      clusters: { changed: [], most: 10 },
      dangers: [
        {
          object: "VPC old",
          danger: "delete",
          fields: [],
          loss: "Everything in it has to go first: nodes, control plane, load balancers.",
          remedy: "Put back what declares it.",
          standing: "refused",
          waiver: null,
          endedWaiver: { until: "2020-01-31", reason: "moved out" },
        },
        {
          object: "KMS key k",
          danger: "delete",
          fields: [],
          loss: "What was encrypted with it, such as every Secret of the cluster, can never be read again.",
          remedy: "Put back what declares it.",
          standing: "waiver",
          waiver: { until: "2999-01-31", reason: "CHG-12" },
          endedWaiver: null,
        },
      ],
    });
  });

  it("does not judge a preview by the rules of another stack: wrong usage", async () => {
    await assert.rejects(check([step("same")], { stack: "organization/cluster-fleet/staging" }), {
      name: "UsageError",
      message:
        "The preview is of stack prod, not of organization/cluster-fleet/staging. Write --stack prod, or preview that one.",
    });
    assert.equal((await check([step("same")], { stack: "organization/cluster-fleet/prod" })).code, 0);
  });

  it("does not judge by a configuration with mistakes", async () => {
    await assert.rejects(check([step("same")], { config: { preview: { maxClusters: "half" } } }), {
      name: "FleetConfigError",
      message: /preview\.maxClusters: is neither a number nor a share \(got "half"\)/,
    });
  });

  describe("cannot judge what is not the whole of a preview that ended well", () => {
    const whole = JSON.stringify({ steps: [step("same")] });
    const failed = { steps: [step("same")], diagnostics: [{ severity: "error", message: "error: no such class\n" }] };
    const broken: [string, string, RegExp][] = [
      ["an empty file", "\n", /preview\.json is empty: pulumi preview --json wrote nothing\. Look at what it said/],
      [
        "one that was cut off",
        whole.slice(0, -20),
        /preview\.json is not JSON, or was cut off \(.+\)\. Give the whole/,
      ],
      [
        "a stream of events",
        '{"sequence":0}\n{"sequence":1}\n',
        /is not JSON, or was cut off .+ alone, without PULUMI_ENABLE_STREAMING_JSON_PREVIEW\.$/,
      ],
      ["other JSON", '{"deployment":{}}', /is JSON, but not what pulumi preview --json prints: it has no steps\./],
      ["a list", "[]", /is JSON, but not what pulumi preview --json prints: it has no steps\./],
      ["steps of another shape", '{"steps":[{"op":1}]}', /is JSON, but not what pulumi preview --json prints/],
      [
        "a preview that failed",
        JSON.stringify(failed),
        /^The preview failed, so it does not show all that a run would do\. Mend this first:\nno such class$/,
      ],
      [
        "one that failed before its first step",
        JSON.stringify({ diagnostics: failed.diagnostics }),
        /Mend this first:\nno such class$/,
      ],
    ];
    for (const [what, written, message] of broken) {
      it(what, () => assert.rejects(check(written), { name: "CliError", message }));
    }

    it("a file that is not there", () =>
      assert.rejects(readPreview("/nowhere/preview.json"), {
        name: "CliError",
        message: /^\/nowhere\/preview\.json cannot be read \(ENOENT.*\)\. Name the file that the preview is in\.$/,
      }));
  });

  describe("reads standard input where no file is named", () => {
    const input = (written: string, isTTY?: true) =>
      Object.assign(new PassThrough().end(written), { isTTY }) as unknown as typeof process.stdin;
    const written = JSON.stringify({ steps: [step("same")] });

    for (const file of [undefined, "-"]) {
      it(`as with ${file ?? "nothing"}`, async () =>
        assert.equal((await readPreview(file, input(written))).steps.length, 1));
    }

    it("but not from a terminal, where nobody writes a preview", () =>
      assert.rejects(readPreview(undefined, input("", true)), {
        name: "UsageError",
        message: "No preview was given. Name its file, or write pulumi preview --json | in front.",
      }));
  });
});
