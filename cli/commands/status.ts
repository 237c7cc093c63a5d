import { defineCommand } from "../command";
import { EXIT } from "../errors";

export const status = defineCommand({
  name: "status",
  summary: "each cluster as it lives: version, health, age, support, class, stage",
  options: {
    stage: { type: "text", value: "STAGE", summary: "only clusters of this stage" },
    class: { type: "text", value: "CLASS", summary: "only clusters of this class; plain: those without one" },
    region: { type: "text", value: "REGION", summary: "only clusters of this region" },
    "not-ready": { type: "flag", summary: "only clusters that are not available or not settled" },
    "expect-ready": { type: "flag", summary: "exit code 3 unless all of them are available and settled" },
    watch: {
      type: "text",
      value: "SECONDS",
      bare: "2",
      short: "w",
      summary: "look again every 2 seconds, or SECONDS, until Ctrl-C",
    },
    wide: { type: "flag", summary: "cut nothing" },
  },
  details: `SETTLED: nothing is under way. CP: machines of the control plane, ready of wanted. SUPPORT: days
until Kubernetes (class aws-eks: EKS) ends support of the minor; ext: it is in EKS's extended
support, which costs more.

On a terminal --watch repaints; elsewhere it adds a line for each change, with --json a document.
With --expect-ready it waits: it ends with 0 as soon as all are ready.`,
  async run({ values, out, stacks }) {
    const { look } = await import("../status/look");
    const { report } = await import("../status/report");
    const { watch } = await import("../status/watch");
    const { intervalOf, selection } = await import("../status/selection");
    const seconds = values.watch === undefined ? undefined : intervalOf(values.watch);
    const wanted = selection(values);
    const chosen = await stacks();
    const options = { out, wanted, wide: values.wide === true };
    const expectReady = values["expect-ready"] === true;
    if (seconds !== undefined) return watch({ ...options, seconds, expectReady, look: () => look(chosen, out.note) });
    const fleet = await look(chosen, out.note);
    const { ready } = report(fleet, options);
    return expectReady && !ready ? EXIT.no : EXIT.done;
  },
});
