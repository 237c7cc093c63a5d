import { type Upgrades } from "../config/schema/upgrades";
import { changeText, sameRevision } from "./revision";
import { momentText, nextOpeningText } from "./time/moments";
import { type Action, type Decision, type Rollout, type StageState, type TrackDecision } from "./types";

/** What is shown of a rollout; the same in a preview and in the CLI. */
export interface RolloutReport {
  /** `1 step, 2 wait, 3 at their target`. */
  readonly summary: string;
  readonly stages: readonly string[];
  readonly head: readonly string[];
  /** One for each cluster that moves or is held; those that wait for the same are one. */
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly string[];
}

/** Nothing is to be said of them for their own sake. */
const QUIET: readonly Action[] = ["done", "create", "unmanaged"];

/** Those for whom the same is to be said are one row. */
const GROUPED: readonly Action[] = ["wait", "unmanaged"];

/** @returns Undefined where every cluster is at its target, or about to be made there, and nothing is to be said. */
export function rolloutReport(rollout: Rollout, upgrades: Upgrades): RolloutReport | undefined {
  const shown = rollout.decisions.filter(({ action }) => !QUIET.includes(action));
  const unmanaged = rollout.decisions.filter(({ action }) => action === "unmanaged");
  const tracks = rollout.addOns.filter(({ action }) => action !== "done");
  if (shown.length === 0 && tracks.length === 0 && rollout.notes.length === 0) return undefined;
  const zone = zoneOf(upgrades);
  return {
    summary: summaryOf(rollout.decisions),
    stages: upgrades.stages.length === 0 ? [] : rollout.stages.map(stageText),
    head: ["CLUSTER", "STAGE", "FROM -> TO", "ACTION", "WHY", "NEXT"],
    rows: [...tracks.map((each) => trackRow(each, zone)), ...grouped([...shown, ...unmanaged], zone)],
    notes: rollout.notes,
  };
}

/** As lines of text, for a diagnostic of the engine. */
export function reportText({ summary, stages, head, rows, notes }: RolloutReport, now: Date): string {
  const lines = rows.length === 0 ? [] : columns([head, ...rows]);
  return [headingOf(summary, now), ...stages, ...lines, ...notes].join("\n  ");
}

/** `Rollout at 2026-12-01 12:00 UTC: 1 moving` */
export function headingOf(summary: string, now: Date): string {
  return `Rollout at ${momentText(now, "UTC")}: ${summary}`;
}

/** The zone in which times are shown: that of the first window. */
export function zoneOf({ windows }: Upgrades): string {
  return windows[0]?.zone ?? "UTC";
}

function grouped(decisions: readonly Decision[], zone: string): string[][] {
  const groups = new Map<string, { readonly row: readonly string[]; readonly clusters: string[] }>();
  for (const decision of decisions) {
    const row = rowOf(decision, zone);
    const key = GROUPED.includes(decision.action) ? row.join("\t") : decision.cluster;
    const group = groups.get(key) ?? { row, clusters: [] };
    group.clusters.push(decision.cluster);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ row, clusters: [first = "", ...others] }) => [
    others.length === 0 ? first : `${first} and ${others.length} more`,
    ...row,
  ]);
}

function rowOf({ stage, from = {}, declare, target, action, rest, reason, next }: Decision, zone: string): string[] {
  const to = action === "step" ? declare : action === "nodes" || action === "moving" ? from : target;
  const change = sameRevision(from, to) ? (from.kubernetes ?? "") : changeText(from, to);
  const later = action === "step" && rest.length > 0 ? `, then ${rest.join(", ")}` : "";
  const why = action === "step" ? (reason === changeText(from, declare) ? "" : reason) : reason;
  return [stage, `${change}${later}`, action, why, next === undefined ? "" : nextOpeningText(next, zone)];
}

function trackRow({ track, stage, changes, action, reason, next }: TrackDecision, zone: string): string[] {
  const opens = next === undefined ? "" : nextOpeningText(next, zone);
  return [addOnsOf(track), stage, changes.join(", "), action, reason, opens];
}

/** What the add-ons of a track are called among clusters. */
export function addOnsOf(track: string): string {
  return `add-ons of ${track}`;
}

function summaryOf(decisions: readonly Decision[]): string {
  const count = (...actions: Action[]) => decisions.filter(({ action }) => actions.includes(action)).length;
  const counts: [number, string][] = [
    [count("step", "nodes"), "to move in this run"],
    [count("moving"), "moving"],
    [count("failed"), "failed"],
    [count("wait"), "waiting"],
    [count("paused"), "paused"],
    [count("skipped"), "left out"],
    [count("adopt"), "adopted"],
    [count("ahead"), "ahead of their target"],
    [count("create"), "to be made"],
    [count("unmanaged"), "not managed"],
    [count("done"), "at their target"],
  ];
  return counts.flatMap(([number, what]) => (number === 0 ? [] : [`${number} ${what}`])).join(", ");
}

/** `stage canary (rev-0a1b2c3d4e): 1 of 3 through, 1 moving` */
export function stageText({
  name,
  revision,
  clusters,
  done,
  moving,
  failed,
  halted,
  mending,
  complete,
}: StageState): string {
  const parts = [
    `${done} of ${clusters} through`,
    ...(moving > 0 ? [`${moving} moving`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(halted ? ["halted"] : mending ? ["being mended"] : complete ? ["complete"] : []),
  ];
  return `stage ${name} (${revision}): ${parts.join(", ")}`;
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
