import { setTimeout as sleep } from "node:timers/promises";
import { fleetTable } from "../../cli/fleet-table";
import { type ObservedCluster } from "../../fleet/observed";
import { observe } from "../../live/observe";
import { SandboxProblem } from "../problem";
import { type Context } from "./context";

const POLL_MS = 2_000;
/** A fleet that shows no change for this long is stuck. */
const STUCK_MS = 10 * 60_000;

/** Every cluster on the sandbox's management cluster, or in one namespace of it. */
export async function clustersOf({ paths }: Context, namespace?: string): Promise<readonly ObservedCluster[]> {
  return (await observe({ source: { path: paths.kubeconfig }, namespace })).clusters;
}

export function table(clusters: readonly ObservedCluster[]): string {
  return fleetTable(clusters, { columns: process.stdout.columns ?? 100 });
}

/**
 * Returns when every cluster is available and nothing is under way in it.
 * @param namespace Whose clusters. Default: all.
 * @throws SandboxProblem with the fleet's state, if that does not change for ten minutes.
 */
export async function waitForClusters(context: Context, namespace?: string): Promise<readonly ObservedCluster[]> {
  const step = context.report.step("Workload clusters");
  let last = { news: "", at: Date.now() };
  try {
    for (;;) {
      const clusters = await clustersOf(context, namespace);
      const waiting = clusters.filter(({ available, settled }) => !(available && settled));
      if (waiting.length === 0) {
        step.done(`${clusters.length} of ${clusters.length} available and settled`);
        return clusters;
      }
      const news = progress(clusters, waiting);
      step.update(news);
      if (news !== last.news) last = { news, at: Date.now() };
      if (Date.now() - last.at > STUCK_MS) {
        throw new SandboxProblem(
          `The clusters have not changed for ${STUCK_MS / 60_000} minutes:\n${table(clusters)}\n` +
            "`npm run sandbox logs` shows where the controllers' logs are.",
        );
      }
      await sleep(POLL_MS);
    }
  } catch (error) {
    step.abandon();
    throw error;
  }
}

function progress(clusters: readonly ObservedCluster[], waiting: readonly ObservedCluster[]): string {
  const counts = clusters.map(({ name, controlPlane, workers }) => {
    const [ready, desired] = [controlPlane.ready + workers.ready, controlPlane.desired + workers.desired];
    return `${name} ${ready}/${desired}`;
  });
  return `${clusters.length - waiting.length} of ${clusters.length} done; machines ready: ${counts.join(", ")}`;
}
