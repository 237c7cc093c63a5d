import { defineCommand } from "../command";
import { EXIT } from "../errors";

export const plan = defineCommand({
  name: "plan",
  summary: "what the next up declares, and what that changes in what lives",
  options: {
    full: { type: "flag", summary: "print the whole plan, every object of it, as JSON" },
    "expect-no-changes": { type: "flag", summary: "exit code 3 if anything would change" },
    at: { type: "text", value: "MOMENT", summary: "as at that moment, e.g. 2026-12-05T02:00; default: now" },
    zone: { type: "text", value: "ZONE", summary: "the IANA time zone of MOMENT; default: UTC" },
    all: { type: "flag", summary: "list clusters that do not change too" },
  },
  details: `Reads the stack's configuration and looks at the management cluster; nothing is changed, and the
engine is not run. pulumi preview shows the same in terms of resources, asks Cluster API's webhooks,
and runs the policies.

--at decides which clusters may move as if it were that moment, and nothing else had changed until
then: windows, freezes, soak.`,
  async run({ values, out, stacks }) {
    const { planStack, printPlan } = await import("../plan");
    const { momentOf } = await import("../rollout/moment");
    const now = momentOf(values.at, values.zone, new Date());
    const plans = await Promise.all((await stacks()).map((stack) => planStack(stack, { now })));
    if (values.full === true || out.json) {
      const documents = plans.map(({ full, json }) => (values.full === true ? full : json));
      // --full is JSON by nature, with or without --json.
      out.line(JSON.stringify(documents.length === 1 ? documents[0] : documents, undefined, 2));
    } else {
      plans.forEach((each) => printPlan(each, out, { all: values.all === true }));
    }
    const changes = plans.some(({ quiet }) => !quiet);
    return changes && values["expect-no-changes"] === true ? EXIT.no : EXIT.done;
  },
});
