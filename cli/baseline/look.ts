import { setTimeout as sleep } from "node:timers/promises";

import { BaseState } from "../../fleet/baseline/found";
import { findBases } from "../../live/base-configuration";
import { connect } from "../../live/management-client";
import { restoreBases } from "../../live/restore-base";
import { type StackContext } from "../stack-context";
import { type StackBases } from "./report";

const PATIENCE_MS = 60_000;
const PAUSE_MS = 1_000;

/** What is found of each stack's clusters. @param only Names of clusters; default: all. */
export async function lookAtBases(stacks: readonly StackContext[], only?: readonly string[]): Promise<StackBases[]> {
  return Promise.all(
    stacks.map(async (stack) => {
      const { management, namespace } = await stack.outputs();
      const clusters = await findBases(await connect(management), namespace, only);
      return { stack: stack.name, namespace, clusters };
    }),
  );
}

/**
 * Has the declared revision applied again where something of it was edited or deleted.
 * @param note Receives a line for each cluster.
 * @returns What is found afterwards: once all is as declared, at the latest after a minute.
 */
export async function restoreStacks(
  stacks: readonly StackContext[],
  found: readonly StackBases[],
  note: (line: string) => void,
): Promise<StackBases[]> {
  return Promise.all(
    found.map(async (before) => {
      const stack = stacks.find(({ name }) => name === before.stack);
      const broken = before.clusters.filter((each) => isRestorable(each.found));
      if (stack === undefined || broken.length === 0) return before;
      const kubeconfig = await connect((await stack.outputs()).management);
      const revisions = new Map(broken.map(({ cluster, declared = "" }) => [cluster, declared]));
      await restoreBases(kubeconfig, before.namespace, revisions, new Date());
      revisions.forEach((revision, cluster) => note(`${cluster}: ${revision} is applied again`));
      const names = [...revisions.keys()];
      const after = await untilRestored(() => findBases(kubeconfig, before.namespace, names));
      return { ...before, clusters: before.clusters.map((each) => after.get(each.cluster) ?? each) };
    }),
  );
}

function isRestorable(state: BaseState): boolean {
  return state === BaseState.Edited || state === BaseState.Missing;
}

async function untilRestored(look: () => Promise<StackBases["clusters"]>) {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (!found.some((each) => isRestorable(each.found)) || Date.now() > deadline) {
      return new Map(found.map((each) => [each.cluster, each]));
    }
    await sleep(PAUSE_MS);
  }
}
