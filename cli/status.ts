import { observe } from "../live/observe";
import { fleetTable } from "./fleet-table";
import { stackOutputs } from "./stack-outputs";

/** Prints the clusters of a stack's environment as they live. */
export async function status(stack: string): Promise<void> {
  const { management, namespace } = await stackOutputs(stack);
  const { clusters } = await observe({ source: management, namespace });
  console.log(fleetTable(clusters, { columns: process.stdout.columns ?? 100 }));
}
