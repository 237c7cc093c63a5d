import * as assert from "node:assert/strict";

import { classRevisions } from "../../../fleet/classes/revisions";
import { parseConfig } from "../../../fleet/config/parse";
import { apiVersionOf } from "../../../live/delete-classes";
import { rawStack } from "../../golden/raw-stack";

describe("deleting class revisions", () => {
  it("knows the API version of every kind that a class is made of: another one would pass for gone already", () => {
    for (const stack of ["production", "sandbox-production"]) {
      for (const { clusterClass, templates } of classRevisions(parseConfig(rawStack(stack)))) {
        for (const { apiVersion, kind } of [clusterClass, ...templates])
          assert.equal(apiVersionOf(kind), apiVersion, kind);
      }
    }
  });
});
