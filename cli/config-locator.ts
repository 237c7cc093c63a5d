import { locator } from "../fleet/config/positions";
import { type Locate } from "../fleet/config/problems";
import { configFiles } from "../live/config-files";
import { type StackConfig, type StackContext } from "./stack-context";

/** Tells where the values of a stack's configuration stand. */
export function locatorOf({ files }: StackContext, { raw }: StackConfig): Locate {
  return locator(raw, () => configFiles(files.stack, files.project));
}
