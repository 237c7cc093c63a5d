import { type ObservedCluster } from "../../fleet/observed";
import { alone, type Context, startSandbox } from "../commands/context";
import { table } from "../commands/fleet";
import { SandboxProblem } from "../problem";
import { elapsed } from "../report";
import { DemoStack } from "./demo-stack";
import { runFleetCommand } from "./fleet-command";
import { changeText, keptText, NEXT, storyText } from "./rollout-words";

/** The version in which the clusters are made. */
const BEFORE = "v1.34.3";
/** The one that their stack file asks for then. */
const AFTER = "v1.35.2";

/**
 * Six small clusters go to the next minor in three stages, led by `fleet rollout` itself. A demo that was stopped goes on
 * where it was; what a complete one left is made anew.
 * @param keep The clusters stay when it ends.
 */
export async function demoRollout(context: Context, keep: boolean): Promise<void> {
  const { paths, report } = context;
  await alone(paths, async () => {
    const stack = new DemoStack(context, await startSandbox(context), "rollout");
    const begin = Date.now();
    await begun(stack, report);
    await lead(context, stack.name);
    const clusters = await stack.live();
    report.line(`\n${table(clusters)}\n\n${storyText(clusters)}\n`);
    if (!keep) await stack.remove();
    report.line(keep ? keptText(stack.file, stack.name) : `\n${NEXT}`);
    report.line(`\nThe demo took ${elapsed(Date.now() - begin)}.`);
  });
}

/** Returns when there is something to lead: a rollout that is to begin, or one that was stopped. */
async function begun(stack: DemoStack, report: Context["report"]): Promise<void> {
  const act = nextAct(await stack.live(), stack.clusters);
  if (act === "go on") {
    await stack.recover();
    report.line(`\nA demo was stopped in the middle. It goes on from what lives:\n\n${table(await stack.live())}`);
    return;
  }
  if (act === "begin anew") await stack.remove();
  stack.declare(BEFORE);
  await stack.bringUp();
  report.line(`\n${table(await stack.live())}\n`);
  stack.declare(AFTER);
  report.line(changeText(stack.file, BEFORE, AFTER));
}

export type Act = "begin" | "go on" | "begin anew";

/** What a demo does first, by what an earlier one left. @param declared Names of its clusters. */
export function nextAct(live: readonly ObservedCluster[], declared: readonly string[]): Act {
  if (live.every(({ version, deleting }) => version === BEFORE && !deleting)) return "begin";
  const isWhole = declared.every((name) => live.some((each) => each.name === name && !each.deleting));
  const isOver = live.every(({ settled, available }) => settled && available) && versionsOf(live).size === 1;
  return isWhole && !isOver ? "go on" : "begin anew";
}

function versionsOf(clusters: readonly ObservedCluster[]): ReadonlySet<string | undefined> {
  return new Set(clusters.map(({ version }) => version));
}

/** The product's own supervisor, in front of the user. */
async function lead({ paths, report }: Context, stack: string): Promise<void> {
  const args = ["rollout", "--stack", stack, "--yes", "--poll", "2s"];
  report.line(`\n$ npm run fleet -- ${args.join(" ")}`);
  const { code, interrupted } = await runFleetCommand(paths, args);
  const goOn = "`npm run sandbox -- demo rollout` goes on from here, `npm run sandbox down` removes everything.";
  if (interrupted) throw new SandboxProblem(`The demo was stopped; its clusters stay as they are. ${goOn}`, 130);
  if (code !== 0) throw new SandboxProblem(`\`fleet rollout\` ended with exit code ${code}; above stands why. ${goOn}`);
}
