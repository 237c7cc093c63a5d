import assert from "node:assert/strict";

import { availableVersions, peerVersion } from "../../../fleet/peers";
import { liveCluster } from "./fixtures";

describe("what a peer runs", () => {
  it("is the newest of its versions, compared as versions", () => {
    assert.deepEqual(peerVersion("staging", ["v1.35.10", "v1.35.9", "v1.9.1"]), {
      environment: "staging",
      newestVersion: "v1.35.10",
    });
  });

  it("is nothing where it has no cluster", () =>
    assert.deepEqual(peerVersion("staging", []), { environment: "staging" }));

  it("counts clusters that are Available alone, and plain ones not at all", () => {
    const clusters = [
      liveCluster({ version: "v1.36.1", available: false }),
      liveCluster({ version: "v1.35.2" }),
      liveCluster({ version: undefined }),
    ];
    assert.deepEqual(availableVersions({ clusters, classes: [] }), ["v1.35.2"]);
  });
});
