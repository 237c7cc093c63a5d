import { createInterface } from "node:readline/promises";

import { type PrunePlan } from "../../fleet/prune";
import { defineCommand } from "../command";
import { CliError, EXIT } from "../errors";
import { type Output } from "../output";
import { type StackContext } from "../stack-context";

export const prune = defineCommand({
  name: "prune",
  summary: "deletes revisions of classes and base configuration that nothing needs",
  options: {
    yes: { type: "flag", short: "y", summary: "do not ask" },
    "dry-run": { type: "flag", summary: "only show what would be deleted" },
  },
  details: `Old revisions stay when a new one is published, so that going back takes them up again. Those
that no cluster uses and that the stack does not declare are deleted here; what a revision of the
base configuration applied to clusters stays there.
Cluster API itself refuses to delete a class that a cluster uses.`,
  async run({ values, out, stacks }) {
    const results: Pruned[] = [];
    const how = { ask: values.yes !== true, dryRun: values["dry-run"] === true };
    const chosen = await stacks();
    for (const stack of chosen) {
      if (chosen.length > 1 && !out.json) out.line(`${stack.name}:`);
      results.push(await pruneStack(stack, out, how));
    }
    if (out.json) out.data({ stacks: results });
    return EXIT.done;
  },
});

interface How {
  readonly ask: boolean;
  readonly dryRun: boolean;
}

/** What `--json` prints for a stack. Objects are `Kind/name`. */
interface Pruned {
  readonly stack: string;
  readonly namespace: string;
  readonly unused: readonly string[];
  readonly deleted: boolean;
}

async function pruneStack(stack: StackContext, out: Output, { ask, dryRun }: How): Promise<Pruned> {
  const { planPrune } = await import("../../fleet/prune");
  const { declaredRevisions } = await import("../prune/declared-revisions");
  const { findBaseParts } = await import("../../live/base-parts");
  const { deleteUnused, prunedObjects } = await import("../../live/delete-unused");
  const { connect } = await import("../../live/management-client");
  const { observe } = await import("../../live/observe");
  const say = out.json ? () => undefined : out.line;

  const { management, namespace } = await stack.outputs();
  const kubeconfig = await connect(management);
  const look = async () => {
    const parts = await findBaseParts(kubeconfig, namespace);
    // After the parts: what a run declared, or a cluster's label named, meanwhile counts.
    const declared = await declaredRevisions(stack);
    return planPrune(await observe({ source: management, namespace }), parts, namespace, declared);
  };
  const plan = await look();
  const unused = prunedObjects(plan);
  const result = { stack: stack.name, namespace, unused, deleted: false };
  if (unused.length === 0) {
    say("Nothing to prune: every revision is used or declared.");
    return result;
  }
  say(`No cluster in ${namespace} uses, and ${stack.name} does not declare:`);
  for (const object of unused) say(`  ${object}`);
  if (dryRun || (ask && !(await confirmed(out)))) {
    say("Nothing was deleted.");
    return result;
  }
  // Cluster API does not refuse to delete a base that a cluster uses, and an answer may take its time.
  if (ask && prunedObjects(await look()).join() !== unused.join()) {
    throw new CliError("What is unused has changed since you were asked. Nothing was deleted. Run the command again.");
  }
  await deleteUnused(kubeconfig, namespace, plan);
  say(`Deleted ${deletedText(plan)}.`);
  return { ...result, deleted: true };
}

function deletedText({ classes, templates, bases }: PrunePlan): string {
  const ofClasses = `${classes.length} class revision(s) and ${templates.length} template(s)`;
  const ofBases = `${bases.length} revision(s) of the base configuration`;
  if (bases.length === 0) return ofClasses;
  return classes.length === 0 ? ofBases : `${ofClasses}, ${ofBases}`;
}

async function confirmed({ json }: Output): Promise<boolean> {
  if (json || !process.stdin.isTTY) {
    throw new CliError("Nobody can be asked here. Add --yes to delete them, or --dry-run to see them only.");
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await terminal.question("Delete them? [y/N] ")).trim().toLowerCase() === "y";
  } finally {
    terminal.close();
  }
}
