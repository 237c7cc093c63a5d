import { z } from "zod";

import { canonicalJson } from "../content-hash";
import { STEP } from "../labels";
import { type StepRecord } from "./types";

const record = z.strictObject({
  from: z.string(),
  to: z.string(),
  started: z.iso.datetime(),
  mends: z.literal(true).optional(),
});

/** What the record of a step of managed node groups has for the revision before. */
export const NODES = "nodes";

/** The annotations that tell of a cluster's last step. */
export function stepAnnotations(step: StepRecord | undefined): Record<string, string> {
  return step === undefined ? {} : { [STEP]: canonicalJson({ ...step }) };
}

/** Reads what {@link stepAnnotations} writes; anything else counts as no step. */
export function stepOf(annotations: Readonly<Record<string, string>>): StepRecord | undefined {
  try {
    return record.safeParse(JSON.parse(annotations[STEP] ?? "")).data as StepRecord | undefined;
  } catch {
    return undefined;
  }
}
