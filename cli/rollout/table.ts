import { headingOf, type RolloutReport } from "../../fleet/rollout/report";
import { type Output } from "../output";
import { wrap } from "../wrap";

/** Columns of {@link RolloutReport.rows}. */
const WHY = 4;

/** Stages, a table of the clusters that move or are held, below it why, and what else is to be known. */
export function printRollout({ summary, stages, head, rows, notes }: RolloutReport, at: Date, out: Output): void {
  out.line(out.style("bold", headingOf(summary, at)));
  for (const stage of stages) out.line(`  ${stage}`);
  if (rows.length > 0) out.table(rows.map(withoutWhy), { head: withoutWhy(head), cut: [2, 0] });
  for (const [cluster = "", ...row] of rows) {
    const why = row[WHY - 1] ?? "";
    if (why !== "") print(`${cluster}: ${why}`, out);
  }
  for (const note of notes) print(`note: ${note}`, out);
}

function withoutWhy(row: readonly string[]): string[] {
  return row.filter((_, index) => index !== WHY);
}

function print(text: string, out: Output): void {
  const [first = "", ...rest] = wrap(text, out.columns - 4);
  out.line(`  ${first}`);
  for (const line of rest) out.line(`    ${line}`);
}
