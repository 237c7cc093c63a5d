import { counted } from "../../fleet/words";
import { type Played } from "./play";
import { dayText, daysText, momentText, someOf, supportText } from "./texts";

/** What comes out, in a sentence or two. */
export function outcome({ simulation, clusters, zone }: Played): string[] {
  const { from, until, steps, through, soaked, unreached } = simulation;
  const moves = steps.filter(({ kind }) => kind === "step" || kind === "nodes").length;
  const left = unreached.length;
  const reached =
    left === 0
      ? `All ${counted(clusters, "cluster")} are`
      : `${clusters - left} of ${counted(clusters, "cluster")} are`;
  const work = `${counted(moves, "step")} in all.`;
  if (through === undefined) {
    return [
      `The fleet is not through by ${dayText(until, zone)}: ${reached.replace(/^All/, "all")} at their target then; ${work}`,
    ];
  }
  if (steps.length === 0) return [`Nothing has to move: ${reached.replace(/^All/, "all")} at their target.`];
  const rest = soaked === undefined ? "" : `, and has soaked on ${momentText(soaked, zone)}`;
  return [
    `The fleet is through on ${momentText(through, zone)}, after ${daysText(through.getTime() - from.getTime())}${rest}.`,
    `${reached} at their target; ${work}`,
  ];
}

/** What the simulation takes for granted. */
export function assumptions({ simulation, assumedVersion, withoutApproval }: Played): string[] {
  const { approvals, gates } = simulation;
  return [
    ...(assumedVersion === undefined
      ? []
      : [`Assumed: every cluster lives at ${assumedVersion} with an older class; nothing that lives was looked at.`]),
    ...(gates.length === 0 ? [] : [`Gates are taken for open: ${gates.join(", ")}.`]),
    ...(approvals.length > 0 && !withoutApproval
      ? ["Approvals are taken as given in the run that asks for them."]
      : []),
  ];
}

/** What somebody should do something about. */
export function warnings({ simulation, zone, assumedVersion }: Played): string[] {
  const { approvals, support, unreached } = simulation;
  return [
    ...approvals.map(({ stage, revision, asked, given }) => {
      const what = assumedVersion === undefined ? `approval of ${revision}` : "approval";
      return `Stage ${stage} asks for ${what} on ${momentText(asked, zone)}${given ? "" : ", and waits from then on"}.`;
    }),
    ...support.map((each) => supportText(each, { zone, from: simulation.from })),
    ...neverThere(unreached),
  ];
}

function neverThere(unreached: Played["simulation"]["unreached"]): string[] {
  const groups = new Map<string, string[]>();
  for (const { cluster, stage, reason } of unreached) {
    const key = `stage ${stage}: ${reason}`;
    groups.set(key, [...(groups.get(key) ?? []), cluster]);
  }
  return [...groups].map(
    ([why, names]) => `Not at their target in the end (${names.length}): ${someOf(names)}; ${why}.`,
  );
}
