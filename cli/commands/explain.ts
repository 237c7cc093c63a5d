import { defineCommand } from "../command";
import { CliError, EXIT } from "../errors";

export const explain = defineCommand({
  name: "explain",
  summary: "each value of a cluster and where it was set",
  positionals: [
    { name: "CLUSTER", summary: "name of the cluster" },
    { name: "PATH", summary: "only this value or what is below it, such as workers.default", optional: true },
  ],
  options: { wide: { type: "flag", summary: "cut nothing" } },
  details: `Values come from four levels, each stronger than the one before: default, base (cluster-fleet:base
in Pulumi.yaml), overlay (cluster-fleet:overlay in the stack file) and the cluster's own lines.
Below a value stand the weaker ones that it replaced, and what the cluster has no use for.`,
  async run({ positionals: [cluster = "", path], values, out, stacks }) {
    const { explained, noSuchCluster, printExplanation } = await import("../explain");
    const explanations = await Promise.all((await stacks()).map((stack) => explained(stack, cluster, path)));
    const found = explanations.filter(({ explanation }) => explanation.clusters.includes(cluster));
    if (found.length === 0) {
      throw new CliError(noSuchCluster(explanations, cluster));
    }
    if (path !== undefined && found.every(({ explanation }) => explanation.values.length === 0)) {
      throw new CliError(`${path}: no level says anything about it for ${cluster}. Leave it out to see all values.`);
    }
    if (out.json) {
      out.data(found.map(({ json }) => json));
    } else {
      found.forEach((each) => printExplanation(each, out, { wide: values.wide === true }));
    }
    return EXIT.done;
  },
});
