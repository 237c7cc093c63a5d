import { createInterface } from "node:readline/promises";

import { planPrune } from "../fleet/prune";
import { deleteClasses } from "../live/delete-classes";
import { connect } from "../live/management-client";
import { observe } from "../live/observe";
import { stackOutputs } from "./stack-outputs";

/** Deletes class revisions of a stack that nothing needs any more, after showing them and asking. */
export async function prune(stack: string, { yes }: { yes: boolean }): Promise<void> {
  const { management, namespace, classes } = await stackOutputs(stack);
  const plan = planPrune(await observe({ source: management, namespace }), namespace, classes);
  if (plan.classes.length === 0) {
    console.log("Nothing to prune: every published class revision is used or declared.");
    return;
  }
  console.log(`No cluster in ${namespace} uses, and the last up of ${stack} did not declare:`);
  console.log([...plan.classes.map(({ name }) => `ClusterClass/${name}`), ...plan.templates].map(indent).join("\n"));
  if (!yes && !(await confirmed())) {
    console.log("Nothing was deleted.");
    return;
  }
  await deleteClasses(await connect(management), namespace, plan);
  console.log(`Deleted ${plan.classes.length} class revision(s) and ${plan.templates.length} template(s).`);
}

async function confirmed(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new Error("Not a terminal: add --yes to delete them.");
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await terminal.question("Delete them? [y/N] ")).trim().toLowerCase() === "y";
  } finally {
    terminal.close();
  }
}

function indent(line: string): string {
  return `  ${line}`;
}
