import assert from "node:assert/strict";

import { CliError, UsageError } from "../../../cli/errors";
import { type Fleet } from "../../../cli/status/look";
import { report } from "../../../cli/status/report";
import { intervalOf, select, selection } from "../../../cli/status/selection";
import { watch } from "../../../cli/status/watch";
import { CLASS, REGION, STAGE } from "../../../fleet/labels";
import { type ObservedCluster } from "../../../fleet/observed";
import { calendar } from "../../../fleet/versions";
import { liveCluster } from "../fleet/fixtures";
import { memoryOutput } from "./memory-output";

const AT = new Date("2026-11-23T07:00:00Z");

function fleet(clusters: readonly Partial<ObservedCluster>[], missing: readonly string[] = []): Fleet {
  const members = clusters.map((changes) => ({
    stack: "prod",
    environment: "production",
    cluster: liveCluster(changes),
    calendar: calendar(),
  }));
  return { at: AT, clusters: members, missing };
}

const labels = (stage: string, region: string) => ({
  labels: { [STAGE]: stage, [REGION]: region, [CLASS]: "in-memory-kubeadm" },
});
const rolling = { settled: false, reason: "RollingOut: 1 of 3" };

describe("fleet status", () => {
  describe("with filters", () => {
    const all = fleet([
      { name: "a", ...labels("canary", "eu-west-1") },
      { name: "b", ...labels("rest", "eu-west-1"), ...rolling },
      { name: "c", ...labels("rest", "us-east-1") },
      { name: "d", labels: {}, classRef: undefined },
    ]).clusters;
    const names = (values: Record<string, string | boolean>) =>
      select(all, selection(values)).map(({ cluster }) => cluster.name);

    for (const [values, expected] of [
      [{}, ["a", "b", "c", "d"]],
      [{ stage: "rest" }, ["b", "c"]],
      [{ stage: "rest", region: "us-east-1" }, ["c"]],
      [{ class: "plain" }, ["d"]],
      [{ "not-ready": true }, ["b"]],
      [{ stage: "canary", "not-ready": true }, []],
    ] as const) {
      it(`shows ${expected.join(", ") || "none"} for ${JSON.stringify(values)}`, () =>
        assert.deepEqual(names(values), expected));
    }

    it("says what there is where nothing has the value asked for", () => {
      assert.throws(
        () => names({ stage: "canry" }),
        new CliError("No cluster has the stage canry. Did you mean canary?"),
      );
      assert.throws(
        () => names({ region: "mars" }),
        new CliError("No cluster has the region mars. There are: eu-west-1, us-east-1."),
      );
      assert.throws(
        () => select(fleet([{ labels: {} }]).clusters, selection({ stage: "x" })),
        new CliError("No cluster has a stage (asked for x). Leave --stage out."),
      );
    });
  });

  describe("is ready", () => {
    const judge = (seen: Fleet, values: Record<string, string | boolean> = {}) =>
      report(seen, { out: memoryOutput().out, wanted: selection(values) }).ready;

    it("when every cluster is available and settled", () => assert.equal(judge(fleet([{}, {}])), true));
    it("not when one is not settled", () => assert.equal(judge(fleet([{}, rolling])), false));
    it("not when one is not available", () => assert.equal(judge(fleet([{ available: false }])), false));
    it("not when one that was declared does not live", () => assert.equal(judge(fleet([{}], ["prod: b"])), false));
    it("not when there is none", () => assert.equal(judge(fleet([])), false));
    it("when --not-ready lists none", () => assert.equal(judge(fleet([{}]), { "not-ready": true }), true));
    it("not when --not-ready lists one", () => assert.equal(judge(fleet([rolling]), { "not-ready": true }), false));
    it("judged by those that are asked for", () => {
      const seen = fleet([labels("canary", "r"), { ...labels("rest", "r"), ...rolling }]);
      assert.equal(judge(seen, { stage: "canary" }), true);
    });
  });

  it("names clusters that were declared and do not live", () => {
    const { out, stdout } = memoryOutput();
    report(fleet([], ["prod: b"]), { out, wanted: selection({}) });
    assert.equal(stdout(), "No clusters.\nprod: b was declared by the last pulumi up and does not live.\n");
  });

  it("prints every documented key as JSON, null where nothing is known", () => {
    const { out, stdout } = memoryOutput({ json: true });
    report(fleet([{ labels: {}, classRef: undefined, version: undefined }]), { out, wanted: selection({}) });
    assert.deepEqual(JSON.parse(stdout()), {
      at: "2026-11-23T07:00:00.000Z",
      ready: true,
      summary: { clusters: 1, available: 1, settled: 1 },
      missing: [],
      clusters: [
        {
          name: "prod-us-west-2",
          namespace: "production",
          stack: "prod",
          environment: "production",
          class: "plain",
          classRevision: null,
          region: null,
          stage: null,
          version: null,
          available: true,
          settled: true,
          deleting: false,
          reason: "",
          controlPlane: { desired: 3, ready: 3, upToDate: 3 },
          workers: { desired: 5, ready: 5, upToDate: 5 },
          created: "2026-11-23T06:00:00Z",
          ageSeconds: 3600,
          support: { status: "unknown", until: null, daysLeft: null },
        },
      ],
    });
  });

  describe("--watch", () => {
    const seconds = 0.001;
    const wanted = selection({});
    /** Shows one fleet after the other, then is stopped. An error stands for a look that fails. */
    async function watched(looks: readonly (Fleet | Error)[], options: object = {}, output = memoryOutput()) {
      const controller = new AbortController();
      let next = 0;
      const look = () => {
        if (next === looks.length) controller.abort(); // what is seen now is no longer shown
        const found = looks[Math.min(next++, looks.length - 1)]!;
        return found instanceof Error ? Promise.reject(found) : Promise.resolve(found);
      };
      const all = { out: output.out, wanted, seconds, expectReady: false, look, stop: controller.signal, ...options };
      return { code: await watch(all), output };
    }

    it("adds a line for each change off a terminal, and none for what stays", async () => {
      const { code, output } = await watched([fleet([{}]), fleet([{}]), fleet([rolling]), fleet([])]);
      assert.equal(code, 0);
      assert.deepEqual(output.stdout().split("\n").slice(2), [
        "1 cluster, 1 available, 1 settled",
        "07:00:00Z production/prod-us-west-2: v1.35.2, available, not settled, control plane 3/3, workers 5/5 " +
          "(RollingOut: 1 of 3)",
        "07:00:00Z 1 cluster, 1 available, 0 settled",
        "07:00:00Z production/prod-us-west-2: no longer listed",
        "07:00:00Z 0 clusters, 0 available, 0 settled",
        "",
      ]);
    });

    it("writes a line of JSON for each change with --json", async () => {
      const { output } = await watched([fleet([{}]), fleet([{}]), fleet([rolling])], {}, memoryOutput({ json: true }));
      const ready = output
        .stdout()
        .trim()
        .split("\n")
        .map((line) => (JSON.parse(line) as { ready: boolean }).ready);
      assert.deepEqual(ready, [true, false]);
    });

    it("repaints a terminal, and counts what does not fit", async () => {
      const many = fleet(Array.from({ length: 20 }, (_, index) => ({ name: `c${index}` })));
      const { output } = await watched([many], {}, memoryOutput({ terminal: true, rows: 10 }));
      assert.ok(output.stdout().startsWith("\u001b[2J\u001b[H"));
      assert.ok(output.stdout().includes("\n… 15 more lines\u001b[K\n"));
    });

    it("ends with 0 as soon as all are ready, with --expect-ready", async () => {
      const { code } = await watched([fleet([rolling]), fleet([{}]), fleet([rolling])], { expectReady: true });
      assert.equal(code, 0);
    });

    it("ends with 3 when it is stopped before that", async () => {
      assert.equal((await watched([fleet([rolling])], { expectReady: true })).code, 3);
    });

    it("goes on when a later look fails, and says so", async () => {
      const { output } = await watched([fleet([{}]), new CliError("gone"), fleet([{}])]);
      assert.match(output.stdout(), /\n\d\d:\d\d:\d\dZ gone\n$/);
    });

    it("ends when the first look fails", async () => {
      await assert.rejects(watched([new CliError("gone")]), new CliError("gone"));
    });

    for (const text of ["0", "3601", "x", "-1"]) {
      it(`refuses ${text} as seconds`, () =>
        assert.throws(
          () => intervalOf(text),
          new UsageError(`--watch takes 1 to 3600 seconds (got ${text}). Write --watch 5.`),
        ));
    }
  });
});
