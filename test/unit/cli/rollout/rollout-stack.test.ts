import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { type Interrupts } from "../../../../cli/rollout/interrupts";
import { rolloutStack } from "../../../../cli/rollout/rollout-stack";
import { stackContext } from "../../../../cli/stack-context";

/** What Pulumi does instead; `$1` is its verb, `$CALLS` a file for what was called. */
const WELL = `
case "$1" in
preview)
  printf '{"at":"2026-12-05T01:00:00Z","steps":[{"cluster":"a","to":"v1.35.2"}]}' > "$CLUSTER_FLEET_DECISIONS"
  echo '{"steps": [{"op": "same", "urn": "u"}], "diagnostics": []}';;
up) cat "$CLUSTER_FLEET_DECISIONS" >> "$CALLS"; echo "Updating"; echo "warning: slow" >&2;;
esac`;

describe("the engine of a rollout", () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(path.join(os.tmpdir(), "cluster-fleet-test-"))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const calls = () => readFileSync(path.join(folder, "calls"), "utf8");

  function engine(script: string, passTo: Interrupts["passTo"] = () => () => undefined) {
    const file = path.join(folder, "calls");
    writeFileSync(path.join(folder, "pulumi"), `#!/bin/sh\necho "$@" >> "$CALLS"\n${script}\n`, { mode: 0o755 });
    const env = { PATH: `${folder}:${process.env["PATH"]}`, CALLS: file };
    const shown: string[] = [];
    const { signal } = new AbortController();
    const stack = rolloutStack(stackContext({ name: "prod", configFile: "/x.yaml", env }), {
      interrupts: { signal, passTo, sleep: () => Promise.resolve() },
      args: ["--policy-pack=/policy"],
      show: (text) => void shown.push(text),
      colour: false,
    });
    return { stack, shown: () => shown.join("") };
  }

  it("previews as a document, updates without another preview, by the steps of the preview alone", async () => {
    const { stack, shown } = engine(WELL);
    const preview = await stack.preview();
    assert.deepEqual(preview, { steps: [{ op: "same", urn: "u" }], decided: [{ cluster: "a", to: "v1.35.2" }] });
    assert.deepEqual(await stack.up(), { code: 0 });
    const about = "--stack prod --config-file /x.yaml --policy-pack=/policy --non-interactive";
    assert.equal(
      calls(),
      `preview --json --color=never ${about}\nup --yes --skip-preview --color=never ${about}\n` +
        '{"at":"2026-12-05T01:00:00Z","steps":[{"cluster":"a","to":"v1.35.2"}]}',
    );
    assert.match(shown(), /^Updating\n/m);
    assert.match(shown(), /^warning: slow\n/m);
    stack.close();
  });

  it("keeps what previews decided to its user, and forgets it at the end", async () => {
    const { stack } = engine('dirname "$CLUSTER_FLEET_DECISIONS" > "$CALLS"; exit 1');
    await stack.preview();
    const kept = calls().trim();
    assert.equal(statSync(kept).mode & 0o777, 0o700);
    stack.close();
    assert.equal(existsSync(kept), false);
  });

  it("says why a preview failed: by its document, else by what the engine said", async () => {
    const document = '{"steps": [], "diagnostics": [{"severity": "error", "message": "error: no such version"}]}';
    const told = engine(`echo '${document}'; exit 1`).stack;
    assert.deepEqual(await told.preview(), { failed: "no such version" });
    told.close();
    const { stack } = engine('echo "error: no stack named prod" >&2; exit 255');
    assert.deepEqual(await stack.preview(), { failed: "error: no stack named prod" });
    stack.close();
  });

  it("knows a lock by the engine's words", async () => {
    const said = [
      "error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or delete the " +
        "lock file with \\`pulumi cancel\\`.",
      "  file:///state/.pulumi/locks/organization/cluster-fleet/prod/1.json: created by me@ci (pid 7) at 2026-12-05",
    ];
    const { stack } = engine(`printf '%s\\n' "${said[0]}" "${said[1]}" >&2; exit 255`);
    const { code, locked } = await stack.up();
    assert.equal(code, 255);
    assert.match(
      locked ?? "",
      /^the stack is currently locked by 1 lock\(s\)\..*`pulumi cancel`\.\nfile:.*me@ci \(pid 7\)/,
    );
    stack.close();
    const failed = engine("exit 1").stack;
    assert.deepEqual(await failed.up(), { code: 1 });
    failed.close();
  });

  it("hands Ctrl-C on to the engine, and waits for its end", async () => {
    let interrupt: (() => void) | undefined;
    const passTo = (handler: () => void) => {
      interrupt = handler;
      return () => (interrupt = undefined);
    };
    const { stack, shown } = engine(
      "trap 'echo stopping; exit 3' INT; echo started; while :; do sleep 0.05; done",
      passTo,
    );
    const run = stack.up();
    while (shown() === "") await new Promise((resolve) => setTimeout(resolve, 10));
    interrupt?.();
    assert.deepEqual([await run, shown()], [{ code: 3 }, "started\nstopping\n"]);
    assert.equal(interrupt, undefined);
    stack.close();
  });
});
