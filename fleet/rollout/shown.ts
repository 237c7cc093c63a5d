import { z } from "zod";

import { shownTo } from "./revision";
import { isStart, type Rollout, type ShownStep, trackKey } from "./types";

const step = z.strictObject({ cluster: z.string(), to: z.string() });
const shownSteps = z.strictObject({ at: z.iso.datetime(), steps: z.array(step) });

/** What a preview has decided, for the update after it. */
export interface ShownSteps {
  /** ISO 8601. */
  readonly at: string;
  readonly steps: readonly ShownStep[];
}

/** The steps that a run takes, as text to keep. */
export function shownText({ decisions, addOns }: Rollout, now: Date): string {
  const steps = [
    ...decisions.filter(isStart).map(({ cluster, action, declare }) => ({ cluster, to: shownTo(action, declare) })),
    ...addOns
      .filter(({ action }) => action === "step")
      .map(({ track, target }) => ({ cluster: trackKey(track), to: target })),
  ];
  return `${JSON.stringify({ at: now.toISOString(), steps }, undefined, 2)}\n`;
}

/** Reads what {@link shownText} wrote. @throws Error for any other text. */
export function parseShown(text: string): ShownSteps {
  return shownSteps.parse(JSON.parse(text));
}
