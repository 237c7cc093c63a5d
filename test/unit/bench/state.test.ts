import * as assert from "node:assert/strict";

import { biggestDifferences, stateSize } from "../../../bench/state";

const exported = (resources: object[]): string =>
  `${JSON.stringify({ version: 3, deployment: { resources } }, undefined, 4)}\n`;

describe("bench state", () => {
  const cluster = { type: "kubernetes:cluster.x-k8s.io/v1beta2:Cluster", outputs: { a: [1, { b: "é" }] } };

  it("counts what a further field adds to the export, byte by byte", () => {
    const [without, withField] = [stateSize(exported([cluster])), stateSize(exported([{ ...cluster, id: "x" }]))];
    assert.equal(withField.parts.get("Cluster.id"), withField.bytes - without.bytes);
    const nested = stateSize(exported([{ type: cluster.type }]));
    assert.equal(without.parts.get("Cluster.outputs"), without.bytes - nested.bytes);
  });

  it("tells the size with and without indentation", () => {
    const { bytes, compactBytes } = stateSize(exported([cluster]));
    assert.equal(bytes, Buffer.byteLength(exported([cluster])));
    assert.equal(compactBytes, Buffer.byteLength(JSON.stringify({ version: 3, deployment: { resources: [cluster] } })));
  });

  it("sums the parts over all resources of a kind", () => {
    const once = stateSize(exported([cluster])).parts.get("Cluster.outputs");
    assert.equal(stateSize(exported([cluster, cluster])).parts.get("Cluster.outputs"), 2 * (once ?? 0));
  });

  it("names first what ours has more of, and last what bare has more of", () => {
    const size = (parts: Record<string, number>) => ({
      bytes: 0,
      compactBytes: 0,
      parts: new Map(Object.entries(parts)),
    });
    const differences = biggestDifferences(size({ a: 5, b: 9, d: 3 }), size({ a: 1, c: 2, d: 3 }));
    assert.deepEqual(differences, [
      ["b", 9],
      ["a", 4],
      ["d", 0],
      ["c", -2],
    ]);
  });
});
