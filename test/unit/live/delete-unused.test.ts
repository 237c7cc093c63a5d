import * as assert from "node:assert/strict";

import { revisionObjects } from "../../../fleet/baseline/resource-sets";
import { classRevisions } from "../../../fleet/classes/revisions";
import { parseConfig } from "../../../fleet/config/parse";
import { apiVersionOf } from "../../../live/delete-unused";
import { rawStack } from "../../golden/raw-stack";

describe("deleting unused revisions", () => {
  it("knows the API version of every kind that a class is made of: another one would pass for gone already", () => {
    for (const stack of ["production", "sandbox-production"]) {
      for (const { clusterClass, templates } of classRevisions(parseConfig(rawStack(stack)))) {
        for (const { apiVersion, kind } of [clusterClass, ...templates])
          assert.equal(apiVersionOf(kind), apiVersion, kind);
      }
    }
  });

  it("knows the API version of every kind that a revision of the base configuration is made of", () => {
    const { configMaps, resourceSets } = revisionObjects({ name: "base-00000000aa", namespaces: [], objects: [] });
    for (const { apiVersion, kind } of [...configMaps, ...resourceSets])
      assert.equal(apiVersionOf(kind), apiVersion, kind);
  });
});
