import { elapsed } from "../report";
import { STACKS } from "./arguments";
import { alone, type Context, startSandbox } from "./context";
import { table, waitForClusters } from "./fleet";
import { bringUp } from "./stacks";

/** From whatever state to a running fleet. */
export async function start(context: Context): Promise<void> {
  await alone(context.paths, async () => {
    const begin = Date.now();
    const { engine } = await startSandbox(context);
    for (const stack of STACKS) await bringUp(context, engine, stack);
    const clusters = await waitForClusters(context);
    const { line } = context.report;
    line(`\n${table(clusters)}\n`);
    line(`Everything is up after ${elapsed(Date.now() - begin)}. Next:`);
    line("  npm run fleet -- status      every cluster, its health and support; -- doctor: is all in order");
    line("  npm run sandbox preview      what a change of the stack files would do");
    line("  npm run sandbox kubeconfig   reach the management cluster with kubectl");
    line("  npm run sandbox down         stop and remove it");
  });
}
