import { defineCommand } from "../command";
import { EXIT } from "../errors";

export const network = defineCommand({
  name: "network",
  summary: "the addresses of clusters on AWS, and the slots that are free",
  options: {
    assign: { type: "flag", summary: "write a free slot into the stack file for each cluster without one" },
    subnets: { type: "flag", summary: "list the subnets of each cluster too" },
  },
  details: `A cluster without a slot shows the one that it would get in brackets. --assign writes it into the
stack file and changes nothing else there; it writes nothing where a cluster cannot have one. Nothing
on AWS is looked at.`,
  async run({ values, out, stacks }) {
    const { assignSlots, withAssigned } = await import("../network/assign");
    const { networkOverview } = await import("../network/overview");
    const { networkDocument, printNetwork } = await import("../network/report");

    const documents: unknown[] = [];
    for (const stack of await stacks()) {
      const config = await stack.config();
      const assigned = values.assign === true ? assignSlots(stack, networkOverview(config)) : [];
      const overview = networkOverview(assigned.length === 0 ? config : withAssigned(config, assigned));
      documents.push(networkDocument(stack.name, overview, assigned));
      if (out.json) continue;
      printNetwork(stack.name, overview, out, { subnets: values.subnets === true });
      assigned.forEach(({ cluster, slot, file }) => out.line(`Wrote slot ${slot} of ${cluster} into ${file}.`));
      if (values.assign === true && assigned.length === 0) out.line("Every cluster has its slot; nothing was written.");
    }
    if (out.json) out.data(documents.length === 1 ? documents[0] : documents);
    return EXIT.done;
  },
});
