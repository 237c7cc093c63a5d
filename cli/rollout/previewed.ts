import { z } from "zod";

const state = z.object({
  type: z.string(),
  /** False for components, which are nothing in the world themselves. */
  custom: z.boolean().default(false),
  inputs: z.record(z.string(), z.unknown()).default({}),
  parent: z.string().default(""),
  retainOnDelete: z.boolean().default(false),
});

const document = z.object({
  steps: z.array(z.object({ op: z.string(), urn: z.string(), oldState: state.optional(), newState: state.optional() })),
  diagnostics: z.array(z.object({ message: z.string().default(""), severity: z.string().default("info") })).default([]),
});

/** What `pulumi preview --json` says, as far as it is looked at. */
export type PreviewDocument = z.output<typeof document>;

/** What a run would do with one resource. */
export type PreviewStep = PreviewDocument["steps"][number];

/** Whether a run would do something in the world. */
export function isChange({ op, newState, oldState }: PreviewStep): boolean {
  return !["same", "read", "refresh"].includes(op) && (newState ?? oldState)?.custom === true;
}

/** @returns Undefined where Pulumi ended before it had one to say. */
export function parsePreview(json: string): PreviewDocument | undefined {
  try {
    return document.parse(JSON.parse(json));
  } catch {
    return undefined;
  }
}

/** The errors that a preview ended with, in the engine's words. */
export function previewErrors({ diagnostics }: PreviewDocument): string {
  const errors = diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message.trim());
  return errors.map((message) => message.replace(/^error: /, "")).join("\n");
}
