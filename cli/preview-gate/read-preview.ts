import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";

import { CliError, UsageError } from "../errors";
import { type PreviewDocument, previewErrors, previewOf } from "../rollout/previewed";
import { userPath } from "../user-path";

/** The file's name that stands for standard input. */
const STANDARD_INPUT = "-";

/**
 * What `pulumi preview --json` wrote into a file, or writes into our standard input.
 * @throws CliError if it is not there, or not the whole of a preview that ended well; UsageError if nobody writes.
 */
export async function readPreview(file = STANDARD_INPUT, input = process.stdin): Promise<PreviewDocument> {
  if (file !== STANDARD_INPUT) return previewIn(readText(file), file);
  if (input.isTTY)
    throw new UsageError("No preview was given. Name its file, or write pulumi preview --json | in front.");
  return previewIn(await text(input), "Standard input");
}

/**
 * @param source For messages.
 * @throws CliError unless it is the whole of a preview that ended well: of any other the gate could not say that it
 * shows all that a run would do.
 */
export function previewIn(written: string, source: string): PreviewDocument {
  if (written.trim() === "") {
    throw new CliError(
      `${source} is empty: pulumi preview --json wrote nothing. Look at what it said, and run it again.`,
    );
  }
  const preview = previewOf(parsed(written, source));
  const errors = preview && previewErrors(preview);
  if (errors) {
    throw new CliError(`The preview failed, so it does not show all that a run would do. Mend this first:\n${errors}`);
  }
  if (preview === undefined || preview.steps.length === 0) {
    throw new CliError(
      `${source} is JSON, but not what pulumi preview --json prints: it has no steps. Give the whole of what that prints.`,
    );
  }
  return preview;
}

/** The stack that a preview is of. */
export function stackOf({ steps: [first] }: PreviewDocument): string {
  return first?.urn.split("::")[0]?.split(":").at(-1) ?? "";
}

function readText(file: string): string {
  try {
    return readFileSync(userPath(file), "utf8");
  } catch (error) {
    throw new CliError(`${file} cannot be read (${(error as Error).message}). Name the file that the preview is in.`);
  }
}

function parsed(written: string, source: string): unknown {
  try {
    return JSON.parse(written);
  } catch (error) {
    throw new CliError(
      `${source} is not JSON, or was cut off (${(error as Error).message}). Give the whole of what pulumi preview ` +
        `--json prints, alone, without PULUMI_ENABLE_STREAMING_JSON_PREVIEW.`,
    );
  }
}
