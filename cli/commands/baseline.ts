import { defineCommand } from "../command";
import { CliError, EXIT } from "../errors";

export const baseline = defineCommand({
  name: "baseline",
  summary: "each cluster's base configuration: as declared, edited, missing",
  positionals: [{ name: "CLUSTER", summary: "the name of a workload cluster; default: all", optional: true }],
  options: {
    restore: { type: "flag", summary: "have what was edited or deleted applied again" },
    "expect-declared": { type: "flag", summary: "exit code 3 unless all of them are as declared" },
  },
  details: `The workload clusters themselves are looked at, through the kubeconfigs that Cluster API keeps;
nothing is changed there. --restore has Cluster API apply the declared revision again, and waits
up to a minute until it is there. It takes back what somebody changed by hand.`,
  async run({ positionals: [name], values, out, stacks }) {
    const { allAsDeclared, printBases } = await import("../baseline/report");
    const { lookAtBases, restoreStacks } = await import("../baseline/look");
    const only = name === undefined ? undefined : [name];
    const chosen = await stacks();
    const found = await lookAtBases(chosen, only);
    if (name !== undefined && found.every(({ clusters }) => clusters.length === 0)) {
      throw new CliError(`There is no cluster ${name}. \`npm run fleet -- status\` lists those there are.`);
    }
    const results =
      values.restore === true ? await restoreStacks(chosen, found, out.json ? () => undefined : out.note) : found;
    if (out.json) out.data({ stacks: results });
    else printBases(results, out);
    return values["expect-declared"] === true && !allAsDeclared(results) ? EXIT.no : EXIT.done;
  },
});
