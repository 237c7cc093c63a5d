import { spanText } from "../../fleet/rollout/time/spans";
import { counted } from "../../fleet/words";
import { type Output } from "../output";
import { wrap } from "../wrap";
import { type CalendarEntry, calendarEntries } from "./calendar";
import { type Played } from "./play";
import { missedOften, momentText, someOf, spanOf, stepText } from "./texts";
import { assumptions, outcome, warnings } from "./words";

/** The outcome, each stage, the calendar, windows that were missed, and what a person should know. */
export function printSimulation(played: Played, out: Output, { clusters }: { readonly clusters: boolean }): void {
  const { stack, simulation, zone } = played;
  const say = (text: string) => wrap(text, out.columns).forEach((line) => out.line(line));
  out.line(out.style("bold", stack));
  outcome(played).forEach(say);
  say(`Times are ${zone}; a run every ${spanText(simulation.every)} from ${momentText(simulation.from, zone)} on.`);
  assumptions(played).forEach(say);
  out.line();
  printStages(played, out);
  if (simulation.steps.length > 0) {
    out.line();
    if (clusters) printSteps(played, out);
    else printCalendar(played, out);
  }
  printMissed(played, out);
  const important = warnings(played);
  if (important.length > 0) out.line();
  important.forEach((text) => wrap(text, out.columns).forEach((line) => out.line(out.style("yellow", line))));
}

function printStages({ simulation: { stages }, zone }: Played, out: Output): void {
  const when = (moment: Date | undefined, otherwise: string) =>
    moment === undefined ? otherwise : momentText(moment, zone);
  const rows = stages.map(({ name, clusters, done, failed, halted, begins, through, soaked }) => [
    name,
    String(clusters),
    begins === undefined ? "-" : momentText(begins, zone),
    begins === undefined && through !== undefined ? "before" : when(through, halted ? "halted" : "never"),
    begins === undefined && soaked !== undefined ? "before" : when(soaked, "-"),
    `${done} done${failed > 0 ? `, ${failed} failed` : ""}`,
  ]);
  out.table(rows, { head: ["STAGE", "CLUSTERS", "BEGINS", "THROUGH", "SOAKED", "IN THE END"] });
}

function printCalendar(played: Played, out: Output): void {
  let shown = "";
  const rows = calendarEntries(played).map((entry) => {
    const when = [entry.day, windowCell(entry, played.zone)];
    const isSame = when.join() === shown;
    shown = when.join();
    return [...(isSame ? ["", ""] : when), entry.stage, entry.what, clustersCell(entry)];
  });
  out.table(rows, { head: ["DAY", "WINDOW", "STAGE", "STEP", "CLUSTERS"], cut: [4, 3, 2], least: { 3: 18 } });
}

function windowCell({ opening }: CalendarEntry, zone: string): string {
  return opening === undefined ? "-" : spanOf(new Date(opening.from), new Date(opening.to), zone);
}

function clustersCell({ clusters, failed }: CalendarEntry): string {
  const who = failed.length === clusters.length ? "fails" : `fails: ${someOf(failed, 1)}`;
  return `${clusters.length}: ${someOf(clusters, 1)}${failed.length === 0 ? "" : `; ${who}`}`;
}

function printSteps({ simulation: { steps }, zone }: Played, out: Output): void {
  const rows = steps.map((step) => [
    momentText(step.start, zone),
    step.end === undefined ? "fails" : momentText(step.end, zone),
    step.stage,
    step.cluster,
    stepText(step),
  ]);
  out.table(rows, { head: ["START", "END", "STAGE", "CLUSTER", "STEP"], cut: [4, 3, 2], least: { 4: 18 } });
}

/** Each as lines, for reasons are long. */
function printMissed({ simulation, zone }: Played, out: Output): void {
  const often = missedOften(simulation.missed);
  if (often.length === 0) return;
  out.line();
  const openings = new Set(simulation.missed.map(({ window, from }) => `${window} ${from.getTime()}`)).size;
  out.line(`Missed windows: in ${counted(openings, "opening")} clusters that were ready did not start.`);
  for (const { window, stage, reason, openings: times, first, last, clusters } of often) {
    const until = times === 1 ? "" : ` to ${momentText(last, zone)}, ${times} times`;
    const who = `${times === 1 ? "" : "up to "}${counted(clusters.length, "cluster")} (${someOf(clusters, 1)})`;
    const text = `${momentText(first, zone)}${until}, windows[${window}], stage ${stage}: ${who}: ${reason}`;
    wrap(text, out.columns - 4).forEach((line, index) => out.line(`${index === 0 ? "  " : "    "}${line}`));
  }
}
