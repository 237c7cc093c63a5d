import { createInterface } from "node:readline/promises";

import { defineCommand } from "../command";
import { CliError, EXIT } from "../errors";
import { type Output } from "../output";
import { type StackContext } from "../stack-context";

export const prune = defineCommand({
  name: "prune",
  summary: "deletes class revisions that no cluster uses and the last up left out",
  options: {
    yes: { type: "flag", short: "y", summary: "do not ask" },
    "dry-run": { type: "flag", summary: "only show what would be deleted" },
  },
  details: `Old revisions of a class stay when a new one is published, so that going back takes them up
again. Cluster API itself refuses to delete a class that a cluster uses.`,
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
  const { deleteClasses } = await import("../../live/delete-classes");
  const { connect } = await import("../../live/management-client");
  const { observe } = await import("../../live/observe");
  const say = out.json ? () => undefined : out.line;

  const { management, namespace, classes } = await stack.outputs();
  const plan = planPrune(await observe({ source: management, namespace }), namespace, classes);
  const unused = [...plan.classes.map(({ name }) => `ClusterClass/${name}`), ...plan.templates];
  const result = { stack: stack.name, namespace, unused, deleted: false };
  if (unused.length === 0) {
    say("Nothing to prune: every published class revision is used or declared.");
    return result;
  }
  say(`No cluster in ${namespace} uses, and the last up of ${stack.name} did not declare:`);
  for (const object of unused) say(`  ${object}`);
  if (dryRun || (ask && !(await confirmed(out)))) {
    say("Nothing was deleted.");
    return result;
  }
  await deleteClasses(await connect(management), namespace, plan);
  say(`Deleted ${plan.classes.length} class revision(s) and ${plan.templates.length} template(s).`);
  return { ...result, deleted: true };
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
