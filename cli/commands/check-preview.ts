import { defineCommand } from "../command";
import { EXIT, UsageError } from "../errors";
import { type StackContext } from "../stack-context";

export const checkPreview = defineCommand({
  name: "check-preview",
  summary: "the gate for pipelines: refuses a preview that would destroy something",
  positionals: [
    { name: "FILE", summary: "what pulumi preview --json printed; default: standard input", optional: true },
  ],
  options: {
    "max-clusters": {
      type: "text",
      value: "N",
      summary: "most clusters that may change at once, e.g. 20 or 25%; default: see below",
    },
  },
  details: `Refuses a preview that deletes or replaces a cluster, a control plane, a VPC, a KMS key, a
provider or anything else that takes clusters with it, and one that changes more clusters than one
run may: --max-clusters, else cluster-fleet:preview.maxClusters, else 10 or as many as a stage of a
rollout may move. A cluster that is listed under cluster-fleet:decommission may be deleted;
for all else a waiver with a reason and an end stands under cluster-fleet:preview.

  pulumi preview --json --stack STACK > preview.json
  npm run fleet -- check-preview preview.json --stack STACK

Exit codes of check-preview
  0  it passes
  1  it cannot be judged: no preview, not all of one, one that failed, a broken configuration
  2  wrong usage; a preview of another stack
  3  it is refused`,
  async run({ positionals: [file], values, out, stacks }) {
    const { readPreview, stackOf } = await import("../preview-gate/read-preview");
    const { amountOption, stackRules } = await import("../preview-gate/stack-rules");
    const { judge } = await import("../preview-gate/judge");
    const { printVerdict, verdictDocument } = await import("../preview-gate/report");
    const maxClusters = amountOption(values["max-clusters"]);
    const preview = await readPreview(file);
    const stack = stackNamed(stackOf(preview), await stacks());
    const verdict = judge(preview.steps, await stackRules(stack, new Date(), maxClusters));
    if (out.json) out.data(verdictDocument(stack.name, verdict));
    else printVerdict(stack.name, verdict, out);
    return verdict.passes ? EXIT.done : EXIT.no;
  },
});

/** The rules are the stack's: those of another one say nothing of this preview. */
function stackNamed(name: string, stacks: readonly StackContext[]): StackContext {
  const found = stacks.find((stack) => stack.name.split("/").at(-1) === name);
  if (found !== undefined) return found;
  const asked = stacks.map((stack) => stack.name).join(", ");
  throw new UsageError(`The preview is of stack ${name}, not of ${asked}. Write --stack ${name}, or preview that one.`);
}
