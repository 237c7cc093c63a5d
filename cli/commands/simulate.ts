import { defineCommand } from "../command";
import { EXIT, UsageError } from "../errors";

export const simulate = defineCommand({
  name: "simulate",
  summary: "plays the rollout forward: when each cluster moves",
  options: {
    from: { type: "text", value: "MOMENT", summary: "the first run, in UTC; default: the next full --every" },
    every: { type: "text", value: "SPAN", summary: "how often `pulumi up` runs, such as 30m or 1d; default: 1h" },
    days: { type: "text", value: "DAYS", summary: "how far ahead to look; default: 400" },
    zone: { type: "text", value: "ZONE", summary: "time zone of all times; default: the first window's" },
    clusters: { type: "flag", summary: "list every step of every cluster" },
    html: { type: "text", value: "FILE", summary: "write the calendar as one web page too" },
    fail: { type: "text", value: "NAMES", summary: "clusters whose next step fails, with commas between them" },
    "fail-rate": { type: "text", value: "SHARE", summary: "share of all steps that fail, such as 2%" },
    seed: { type: "text", value: "NUMBER", summary: "have other steps fail; default: 0" },
    "without-approval": { type: "flag", summary: "approvals that are missing stay missing" },
    "assume-version": {
      type: "text",
      value: "VERSION",
      summary: "take every declared cluster to live at it; look at nothing",
    },
  },
  details: `Asks the rules of the rollout what they would decide in every run from now on, and lets each step
take as long as a step is expected to take. Nothing is changed. Gates are taken for open, and
approvals as given in the run that asks for them. See docs/simulate.md.`,
  async run({ values, out, stacks }) {
    const { simulationWish } = await import("../simulate/options");
    const { play } = await import("../simulate/play");
    const wish = simulationWish(values, new Date());
    const chosen = await stacks();
    if (values.html !== undefined && chosen.length > 1) {
      throw new UsageError("--html is for one stack. Add --stack STACK.");
    }
    const all = await Promise.all(chosen.map((stack) => play(stack, wish)));
    if (out.json) {
      const { simulationDocument } = await import("../simulate/document");
      const documents = all.map(simulationDocument);
      out.data(documents.length === 1 ? documents[0] : documents);
    } else {
      const { printSimulation } = await import("../simulate/report");
      all.forEach((each) => printSimulation(each, out, { clusters: values.clusters === true }));
    }
    const [first] = all;
    if (values.html !== undefined && first !== undefined) {
      const { writePage } = await import("../simulate/write-page");
      out.note(`Wrote ${await writePage(values.html, first)}.`);
    }
    return EXIT.done;
  },
});
