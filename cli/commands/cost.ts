import { defineCommand } from "../command";
import { EXIT } from "../errors";

export const cost = defineCommand({
  name: "cost",
  summary: "what the clusters will cost in a month, and the change against what runs",
  options: {
    parts: { type: "flag", summary: "list what is paid for, cluster by cluster" },
  },
  details: `List prices of the table that ships with this version, for 730 hours, without traffic, Savings Plans
and tax. 422-1,142: with as few machines as the autoscaler may leave, and with as many as it may
make. (e): estimated. A price that is not known is named, and its sum says "at least".

CHANGE is against what lives now. Without a management cluster it is unknown, and all the rest is
shown. See docs/cost.md.`,
  async run({ values, out, stacks }) {
    const { estimate } = await import("../cost/estimate");
    const { costDocument, printCost } = await import("../cost/report");
    const today = new Date();
    const estimates = await Promise.all((await stacks()).map((stack) => estimate(stack, today)));
    if (out.json) {
      const documents = estimates.map(costDocument);
      out.data(documents.length === 1 ? documents[0] : documents);
    } else {
      estimates.forEach((each) => printCost(each, out, { parts: values.parts === true }));
    }
    return EXIT.done;
  },
});
