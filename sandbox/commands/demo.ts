import { type Demo } from "./arguments";
import { type Context } from "./context";

/** Shows one thing that the product does, live, on clusters of its own. */
export async function demo(context: Context, name: Demo, options: readonly string[]): Promise<void> {
  const keep = options.includes("--keep");
  switch (name) {
    case "rollout":
      return (await import("../demo/rollout")).demoRollout(context, keep);
  }
}
