import assert from "node:assert/strict";
import type fc from "fast-check";
import { assert as assertAlways, property } from "fast-check";

import { type CLAIMS } from "./model/claims";
import { endings, endOf, expectedEnd } from "./model/ends";
import { play, stories } from "./model/stories";

/** Every claim about single runs, over random fleets and what happens to them. */
export function checkRuns(holds: (typeof CLAIMS)[string], how: fc.Parameters<unknown>): void {
  assertAlways(
    property(stories, (story) => {
      play(story).forEach(holds);
    }),
    how,
  );
}

/** A rollout that nothing but time keeps comes to its end, whichever of its updates are killed half way. */
export function checkEnds(how: fc.Parameters<unknown>): void {
  assertAlways(
    property(endings, (ending) => {
      assert.deepEqual(endOf(ending), expectedEnd(ending));
    }),
    how,
  );
}
