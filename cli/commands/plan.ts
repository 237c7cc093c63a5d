import { defineCommand } from "../command";
import { EXIT } from "../errors";

export const plan = defineCommand({
  name: "plan",
  summary: "what the next up declares, and what that changes in what lives",
  options: {
    full: { type: "flag", summary: "print the whole plan, every object of it, as JSON" },
    "expect-no-changes": { type: "flag", summary: "exit code 3 if anything would change" },
    all: { type: "flag", summary: "list clusters that do not change too" },
  },
  details: `Reads the stack's configuration and looks at the management cluster; nothing is changed, and the
engine is not run. pulumi preview shows the same in terms of resources, asks Cluster API's webhooks,
and runs the policies.`,
  async run({ values, out, stacks }) {
    const { planStack, printPlan } = await import("../plan");
    const plans = await Promise.all((await stacks()).map(planStack));
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
