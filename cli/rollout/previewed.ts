import { z } from "zod";

import { valueAt } from "../../fleet/config/path";

const state = z.object({
  type: z.string(),
  /** False for components, which are nothing in the world themselves. */
  custom: z.boolean().default(false),
  inputs: z.record(z.string(), z.unknown()).default({}),
  parent: z.string().default(""),
  retainOnDelete: z.boolean().default(false),
});

const document = z.object({
  steps: z
    .array(
      z.object({
        op: z.string(),
        urn: z.string(),
        oldState: state.optional(),
        newState: state.optional(),
        /** The inputs whose change needs another object in place of this one. */
        replaceReasons: z.array(z.string()).optional(),
      }),
    )
    .default([]),
  diagnostics: z.array(z.object({ message: z.string().default(""), severity: z.string().default("info") })).default([]),
});

/** What `pulumi preview --json` says, as far as it is looked at. */
export type PreviewDocument = z.output<typeof document>;

/** What a run would do with one resource. */
export type PreviewStep = PreviewDocument["steps"][number];

/** Whether a run would do something in the world. */
export function isChange(step: PreviewStep): boolean {
  return !["same", "read", "refresh"].includes(step.op) && stateOf(step)?.custom === true;
}

/** What it would be; what it was, where it goes. */
export function stateOf({ oldState, newState }: PreviewStep) {
  return newState ?? oldState;
}

/** The name of the Kubernetes object; of any other resource, the name that the program gave it. */
export function nameOf(step: PreviewStep): string {
  return String(valueAt(stateOf(step)?.inputs, ["metadata", "name"]) ?? step.urn.split("::").at(-1));
}

/** `urn:pulumi:stack::project::parent$type::name` */
export function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

/** A replacement comes as up to three steps: that which tells of the whole of it stands for them. */
export function onePerReplacement(steps: readonly PreviewStep[]): PreviewStep[] {
  const replaced = new Set(steps.flatMap(({ op, urn }) => (op === "replace" ? [urn] : [])));
  return steps.filter(({ op, urn }) => op === "replace" || !replaced.has(urn));
}

/** @returns Undefined where Pulumi ended before it had one to say. */
export function parsePreview(json: string): PreviewDocument | undefined {
  try {
    return previewOf(JSON.parse(json));
  } catch {
    return undefined;
  }
}

/** @returns Undefined for what is not of the shape that `pulumi preview --json` prints. */
export function previewOf(value: unknown): PreviewDocument | undefined {
  return document.safeParse(value).data;
}

/** The errors that a preview ended with, in the engine's words. */
export function previewErrors({ diagnostics }: PreviewDocument): string {
  const errors = diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message.trim());
  return errors.map((message) => message.replace(/^error: /, "")).join("\n");
}
