import { counted, listed } from "../../fleet/words";
import { type Output } from "../output";
import { type Endangered, type Verdict } from "./judge";

/** More objects than this are counted instead of named. */
const MOST_NAMED = 10;

/** What the gate says of a stack's preview: a table of what is in danger, then each refusal with its remedies. */
export function printVerdict(stack: string, verdict: Verdict, out: Output): void {
  const { dangers, passes, changed, maxClusters } = verdict;
  const count = `${counted(changed.length, "cluster")} would change, of ${maxClusters} that may`;
  out.line(`${stack}: ${passes ? out.style("green", "passes") : out.style("red", "refused")}; ${count}.`);
  if (dangers.length > 0) {
    const rows = dangers.map((each) => [each.danger, each.object, each.fields.join(", ") || "-", standing(each)]);
    out.table(rows, { head: ["WOULD", "OBJECT", "FOR", "STANDING"], cut: [2, 1] });
  }
  printRefusals(verdict, out);
}

/** Each refusal: what would happen and why that is refused, what to do instead, and what lifts it. */
export function printRefusals({ dangers, changed, maxClusters }: Verdict, out: Output): void {
  const refused = dangers.filter(({ leave }) => leave === undefined);
  for (const alike of grouped(refused)) printRefused(alike, out);
  if (changed.length > maxClusters) {
    out.line();
    out.line(
      `${counted(changed.length, "cluster")} would change at once (${listed(changed, MOST_NAMED)}); one run may change ${maxClusters}.`,
    );
    out.line("  Instead: change them in parts, or leave it to the stages of a rollout.");
    out.line(
      "  If it is meant: cluster-fleet:preview.maxClusters in the stack file, or " +
        `--max-clusters ${changed.length} for one check-preview. No waiver lifts this.`,
    );
  }
}

/** What `--json` prints. */
export function verdictDocument(stack: string, { passes, dangers, changed, maxClusters }: Verdict): object {
  return {
    stack,
    passes,
    clusters: { changed, most: maxClusters },
    dangers: dangers.map(({ object, danger, fields, loss, remedy, leave, ended }) => ({
      object,
      danger,
      fields,
      loss,
      remedy,
      standing: leave?.kind ?? "refused",
      waiver: leave?.kind === "waiver" ? { until: leave.waiver.until, reason: leave.waiver.reason } : null,
      endedWaiver: ended === undefined ? null : { until: ended.until, reason: ended.reason },
    })),
  };
}

function printRefused(alike: readonly [Endangered, ...Endangered[]], out: Output): void {
  const [{ danger, fields, loss, remedy }] = alike;
  const why = fields.length === 0 ? "" : `, for its ${fields.join(", ")} ${fields.length === 1 ? "changes" : "change"}`;
  out.line();
  out.line(
    `${listed(
      alike.map(({ object }) => object),
      MOST_NAMED,
    )} would be ${danger}d${why}. ${loss}`,
  );
  for (const { object, ended } of alike) {
    if (ended) out.line(`  The waiver of ${object} ended on ${ended.until} and counts no more (${ended.reason}).`);
  }
  out.line(`  Instead: ${remedy}`);
  out.line("  If it is meant: a waiver in the list waivers of cluster-fleet:preview, in the stack file:");
  for (const { object } of alike.slice(0, MOST_NAMED)) {
    out.line(`    - { object: ${object}, danger: ${danger}, until: YYYY-MM-DD, reason: … }`);
  }
}

/** Those of one type, in the same danger for the same reason. */
function grouped(dangers: readonly Endangered[]): [Endangered, ...Endangered[]][] {
  const groups = new Map<string, [Endangered, ...Endangered[]]>();
  for (const each of dangers) {
    const key = [each.danger, each.loss, ...each.fields].join("\n");
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  return [...groups.values()];
}

function standing({ leave }: Endangered): string {
  if (leave === undefined) return "refused";
  if (leave.kind === "decommission") return "listed under decommission";
  return `waived until ${leave.waiver.until}: ${leave.waiver.reason}`;
}
