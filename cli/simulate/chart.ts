import { freezesBetween, openingsBetween } from "../../fleet/rollout/simulate/openings";
import { type SimulatedStage, type SimulatedStep } from "../../fleet/rollout/simulate/types";
import { momentBegin } from "../../fleet/rollout/time/moments";
import { DAY_MS } from "../../fleet/rollout/time/spans";
import { counted } from "../../fleet/words";
import { type Html, html } from "./html";
import { type Played } from "./play";
import { dayText, momentText, stepText, windowText } from "./texts";

/** Shades beyond that many of a window cannot be told apart. */
const MOST_OPENINGS = 500;
/** A stage of more clusters is folded. */
const OPEN_UP_TO = 30;
/** Room between two dates of the axis, in days of a chart of that many days. */
const TICKS = 10;

/** The time that a chart shows. */
interface Axis {
  readonly from: Date;
  readonly to: Date;
  readonly zone: string;
}

/** A calendar of bars: a row for each stage, which unfolds to its clusters, before windows, freezes and soak. */
export function chart(played: Played): Html {
  const axis = axisOf(played);
  const days = Math.ceil((axis.to.getTime() - axis.from.getTime()) / DAY_MS);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Calendar">
      <div class="plot" style="--days:${days}">
        <div class="row axis">
          <span class="label soft">${axis.zone}</span><span class="lane">${ticks(axis, days)}</span>
        </div>
        ${played.simulation.stages.map((stage) => stageRows(stage, played, axis))}
      </div>
    </div>
    ${legend()}`;
}

/** Until all is over; where it never is, until two weeks after the last that happens. */
function axisOf({ simulation, zone }: Played): Axis {
  const { from, until, soaked, steps, missed } = simulation;
  const last = [from, ...steps.map(({ start, end }) => end ?? start), ...missed.slice(-1).map(({ to }) => to)];
  const happened = Math.max(...last.map((moment) => moment.getTime()));
  const over = soaked === undefined ? happened + 14 * DAY_MS : Math.max(soaked.getTime(), happened) + DAY_MS;
  const whole = Math.max(over, from.getTime() + 7 * DAY_MS);
  return { from, to: new Date(Math.min(whole, Math.max(until.getTime(), from.getTime() + DAY_MS))), zone };
}

function ticks(axis: Axis, days: number): Html[] {
  const apart = Math.max(1, Math.ceil(days / TICKS));
  const first = dayText(new Date(axis.from.getTime() + DAY_MS), axis.zone).slice(4);
  const begin = momentBegin(first, axis.zone).getTime();
  const count = Math.ceil((axis.to.getTime() - begin) / (apart * DAY_MS));
  return Array.from({ length: Math.max(0, count) }, (_, index) => {
    const day = dayText(new Date(begin + index * apart * DAY_MS + DAY_MS / 2), axis.zone).slice(4);
    return html`<span class="tick" style="left:${share(momentBegin(day, axis.zone), axis)}%">${day.slice(5)}</span>`;
  });
}

function stageRows(stage: SimulatedStage, played: Played, axis: Axis): Html {
  const { name, clusters } = stage;
  const steps = played.simulation.steps.filter((step) => step.stage === name);
  const byCluster = new Map<string, SimulatedStep[]>();
  for (const step of steps) byCluster.set(step.cluster, [...(byCluster.get(step.cluster) ?? []), step]);
  const rows = [...byCluster].sort(([a], [b]) => (a < b ? -1 : 1));
  const open = rows.length <= OPEN_UP_TO && rows.length > 0 ? html` open` : html``;
  return html`<div class="stage"><div class="back">${background(stage, played, axis)}</div>
<details${open}><summary class="row"><span class="label" title="${name}: ${counted(clusters, "cluster")}">${name} <span
class="soft">${clusters}</span></span><span class="lane">${overview(steps, axis).map((bar) => barOf(bar, axis))}</span></summary>
${rows.map(([cluster, own]) => clusterRow(cluster, own, axis))}
</details></div>
`;
}

function background({ name, through, soaked }: SimulatedStage, { upgrades, simulation, zone }: Played, axis: Axis) {
  const isFor = ({ stages }: { readonly stages?: readonly string[] | undefined }) => stages?.includes(name) ?? true;
  const openings = openingsBetween(upgrades, axis.from, axis.to, MOST_OPENINGS).flatMap(({ window, from, to }) => {
    const rule = upgrades.windows[window];
    return rule === undefined || !isFor(rule)
      ? []
      : [shade("window", new Date(from), new Date(to), windowText(rule), axis)];
  });
  const frozen = freezesBetween(upgrades, axis.from, axis.to)
    .filter(({ freeze }) => isFor(freeze))
    .map(({ from, to, freeze }) => shade("freeze", new Date(from), new Date(to), `frozen: ${freeze.reason}`, axis));
  const soak =
    through === undefined || soaked === undefined || soaked <= axis.from
      ? []
      : [shade("soaking", through, soaked, `soaks until ${momentText(soaked, zone)}`, axis)];
  const ends = simulation.support
    .map(({ ends: day }) => new Date(day))
    .filter((end) => end >= axis.from && end < axis.to)
    .map((end) => html`<i class="ends" style="left:${share(end, axis)}%"></i>`);
  return [...openings, ...soak, ...frozen, ...ends];
}

function shade(kind: string, from: Date, to: Date, title: string, axis: Axis): Html {
  return html`<i class="${kind}" style="${place(from, to, axis)}" title="${title}"></i>`;
}

function clusterRow(cluster: string, steps: readonly SimulatedStep[], axis: Axis): Html {
  return html`<div class="row cluster">
    <span class="label" title="${cluster}">${cluster}</span
    ><span class="lane">${steps.map((step) => barOf(barOfStep(step, axis), axis))}</span>
  </div> `;
}

interface Bar {
  readonly kind: string;
  readonly from: Date;
  readonly to: Date;
  readonly title: string;
}

function barOfStep(step: SimulatedStep, { zone }: Axis): Bar {
  const { start, end, cluster } = step;
  const ends = end === undefined ? "fails" : `to ${momentText(end, zone)}`;
  const kind = end === undefined ? "failed" : step.kind;
  return {
    kind,
    from: start,
    to: end ?? start,
    title: `${cluster}: ${stepText(step)}, ${momentText(start, zone)} ${ends}`,
  };
}

/** Of a whole stage; what fails stands out. */
function overview(steps: readonly SimulatedStep[], axis: Axis): Bar[] {
  return [...merged(steps), ...steps.filter(({ end }) => end === undefined).map((step) => barOfStep(step, axis))];
}

/** Steps that overlap are one bar. */
function merged(steps: readonly SimulatedStep[]): Bar[] {
  return steps.reduce<Bar[]>((bars, { start, end = start }) => {
    const last = bars.at(-1);
    return last !== undefined && start <= last.to
      ? [...bars.slice(0, -1), { ...last, to: end > last.to ? end : last.to }]
      : [...bars, { kind: "step", from: start, to: end, title: "" }];
  }, []);
}

function barOf({ kind, from, to, title }: Bar, axis: Axis): Html {
  return html`<i class="bar ${kind}" style="${place(from, to, axis)}" title="${title}"></i>`;
}

function place(from: Date, to: Date, axis: Axis): string {
  const [left, right] = [share(from, axis), share(to, axis)];
  return `left:${left}%;width:${Math.max(0, right - left).toFixed(3)}%`;
}

/** Where a moment lies, in percent of the axis. */
function share(moment: Date, { from, to }: Axis): number {
  const part = (moment.getTime() - from.getTime()) / (to.getTime() - from.getTime());
  return Math.round(Math.min(1, Math.max(0, part)) * 100_000) / 1000;
}

function legend(): Html {
  const entries = [
    ["bar step", "step"],
    ["bar nodes", "node groups follow"],
    ["bar create", "made, adopted, add-ons"],
    ["bar failed", "fails"],
    ["window", "window"],
    ["freeze", "freeze"],
    ["soaking", "soak"],
    ["ends", "support ends"],
  ] as const;
  return html`<ul class="legend">
    ${entries.map(([kind, text]) => html`<li><i class="${kind}"></i>${text}</li>`)}
  </ul>`;
}
