import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";

import { REPOSITORY } from "../../../../sandbox/layout";
import { READY_RULES } from "../../../../sandbox/rehearsal/controller/rules";
import { foreignKinds } from "../../../../sandbox/rehearsal/kinds/foreign-kinds";
import { describeSurroundings } from "../../../../sandbox/rehearsal/surroundings";

const crd = { metadata: { name: "demos.example.com" } } as never;
const manifests = () => ({ crds: [crd], webhooks: [] });
const kinds = foreignKinds({ crds: () => [crd], manifests, version: () => "v1.13.4" });
const guide = readFileSync(path.join(REPOSITORY, "docs", "rehearsal.md"), "utf8");

describe("the surroundings of a rehearsal", () => {
  it("say whose definitions are real, and mark ours on the API server", () => {
    assert.deepEqual(
      kinds.map(({ name, definitions }) => [name, definitions]),
      [
        ["cert-manager", "real"],
        ["cluster-api-operator", "real"],
        ["turtles", "stand-in"],
        ["capa", "real"],
        ["caaph", "real"],
      ],
    );
    const standIns = kinds.filter(({ definitions }) => definitions === "stand-in").flatMap(({ crds }) => crds);
    const mark = { "cluster-fleet.io/stand-in": "true" };
    assert.deepEqual(
      standIns.map(({ metadata }) => metadata),
      [
        { name: "capiproviders.turtles-capi.cattle.io", labels: mark, annotations: mark },
        { name: "clusterctlconfigs.turtles-capi.cattle.io", labels: mark, annotations: mark },
      ],
    );
  });

  it("have the core that runs in the sandbox as Rancher's", () => {
    const objects = kinds.find(({ name }) => name === "turtles")?.objects.map(({ object }) => object);
    assert.deepEqual(objects?.at(-1), {
      apiVersion: "turtles-capi.cattle.io/v1alpha1",
      kind: "CAPIProvider",
      metadata: { name: "cluster-api" },
      spec: { name: "cluster-api", type: "core", version: "v1.13.4", enableAutomaticUpdate: false },
    });
  });

  it("are printed: every system, every kind that is marked ready, every chart of ours", () => {
    const lines = describeSurroundings(kinds);
    for (const { kind, insteadOf, gets } of READY_RULES) {
      assert.ok(lines.some((line) => line.startsWith(`${kind} `) && line.includes(insteadOf) && line.endsWith(gets)));
    }
    for (const { name, arrive } of kinds) {
      assert.ok(lines.some((line) => line.startsWith(`${name} `) && line.endsWith(arrive)));
    }
    assert.ok(
      lines.includes("Stand-ins for charts: traefik. A chart that is only recorded says so beside its resource."),
    );
  });

  it("stand in the guide as they are", () => {
    const rows = guide.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
    const has = (...cells: string[]) => rows.some((row) => cells.every((cell, index) => row[index + 1] === cell));
    for (const { kind, insteadOf, gets } of READY_RULES) assert.ok(has(`\`${kind}\``, insteadOf, gets), kind);
    for (const { name, definitions, arrive } of kinds) assert.ok(has(name, definitions, arrive), name);
  });
});
