import { existsSync } from "node:fs";
import { toolsFolder } from "../layout";
import { removeSandbox } from "../management/remove";
import { alone, type Context } from "./context";

/** Stops and removes everything but the tool cache. */
export async function down({ paths, report }: Context): Promise<void> {
  if (!existsSync(paths.root)) {
    await removeSandbox(paths); // processes may have survived their folder
    report.line(`There is no sandbox in ${paths.root}.`);
    return;
  }
  const kept = await alone(paths, () => removeSandbox(paths));
  report.line(
    kept.length === 0
      ? `Stopped and removed ${paths.root}. Built tools stay in ${toolsFolder()}.`
      : `Stopped. ${paths.root} stays, as no sandbox wrote what is in it: ${kept.join(", ")}.`,
  );
}
