import type fc from "fast-check";
import { assert, property } from "fast-check";

import { type CLAIMS } from "./model/claims";
import { play, stories } from "./model/stories";

/** Every claim about single runs, over random fleets and what happens to them. */
export function checkRuns(holds: (typeof CLAIMS)[string], how: fc.Parameters<unknown>): void {
  assert(
    property(stories, (story) => {
      play(story).forEach(holds);
    }),
    how,
  );
}
