import { z } from "zod";

import { isoDate } from "../dates";

/** `1.35` */
export const MINOR = /^\d+\.\d+$/;

export const minor = z.string().regex(MINOR);
export const patch = z.string().regex(/^v\d+\.\d+\.\d+$/);

/** Keys of the file's `sources`; every row names at least one. */
const rowSources = z.array(z.string()).min(1);

/** A row of a data file: its fields and where they were read. */
export function row<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject({ ...shape, sources: rowSources });
}

/** A data file: the day of its last check, the sources by key, each with the day on which it said so, and tables. */
export function dataFile<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject({
    dated: isoDate,
    sources: z.record(z.string(), z.strictObject({ at: z.string().min(1), says: isoDate })),
    ...shape,
  });
}

/** The checked contents of a data file that ships with this version; a broken file ends the program at its start. */
export function load<Schema extends z.ZodType>(name: string, schema: Schema, contents: unknown): z.output<Schema> {
  const result = schema.safeParse(contents);
  if (!result.success) {
    throw new Error(`fleet/versions/data/${name} is broken. Correct it:\n${z.prettifyError(result.error)}`);
  }
  return result.data;
}
