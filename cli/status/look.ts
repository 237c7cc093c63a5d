import { type ObservedCluster } from "../../fleet/observed";
import { calendar as calendarOf, type Calendar, versionOverridesSchema } from "../../fleet/versions";
import { observe } from "../../live/observe";
import { NeverUp, type StackConfig, type StackContext } from "../stack-context";

/** What lives of the stacks that a command is about, at one moment. */
export interface Fleet {
  readonly at: Date;
  /** Sorted by namespace, then name. */
  readonly clusters: readonly FleetMember[];
  /** Clusters that the last `pulumi up` declared and that do not live, as `stack: name`. */
  readonly missing: readonly string[];
}

export interface FleetMember {
  readonly stack: string;
  readonly environment: string;
  readonly cluster: ObservedCluster;
  /** The version calendar of its stack. */
  readonly calendar: Calendar;
}

/**
 * Looks at the clusters of each stack's environment.
 * @param note Receives a line for each stack that was never brought up, if another one was.
 * @throws CliError, ManagementClusterError
 */
export async function look(stacks: readonly StackContext[], note: (line: string) => void): Promise<Fleet> {
  const results = await Promise.allSettled(stacks.map((stack) => lookAt(stack)));
  const seen = results.filter((result) => result.status === "fulfilled").map(({ value }) => value);
  const failed = results.filter((result) => result.status === "rejected").map(({ reason }) => reason as Error);
  const first = failed.find((error) => !(error instanceof NeverUp)) ?? (seen.length === 0 ? failed[0] : undefined);
  if (first !== undefined) throw first;
  for (const { message } of failed) note(message);
  return {
    at: new Date(),
    clusters: seen.flatMap(({ members }) => members).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
    missing: seen.flatMap(({ missing }) => missing).sort(),
  };
}

interface StackView {
  readonly members: readonly FleetMember[];
  readonly missing: readonly string[];
}

async function lookAt(stack: StackContext): Promise<StackView> {
  const [{ environment, namespace, management, clusters: declared }, config] = await Promise.all([
    stack.outputs(),
    stack.config(),
  ]);
  const { clusters } = await observe({ source: management, namespace });
  const calendar = calendarFor(config);
  const live = new Set(clusters.map(({ name }) => name));
  return {
    members: clusters.map((cluster) => ({ stack: stack.name, environment, cluster, calendar })),
    missing: declared.filter((name) => !live.has(name)).map((name) => `${stack.name}: ${name}`),
  };
}

/** Overrides that are not valid are left aside: `pulumi preview` and `doctor` say what is wrong with them. */
function calendarFor({ raw }: StackConfig): Calendar {
  const overrides = versionOverridesSchema.safeParse(raw["versions"] ?? {});
  return calendarOf(overrides.success ? overrides.data : {});
}

function keyOf({ cluster }: FleetMember): string {
  return `${cluster.namespace}/${cluster.name}`;
}
