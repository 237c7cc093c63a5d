import { ONLY_STAGE, type Stage } from "../config/schema/upgrades";
import { concurrencyOf } from "./amounts";
import { holdsInForce } from "./holds";
import { rolloutNotes } from "./notes";
import { stageRevision } from "./revision";
import { type Before, barriers } from "./stage-gates";
import { stageProgress } from "./stage-state";
import { decideStage, type Run } from "./stage-steps";
import { standing } from "./standing";
import { timetable } from "./time/timetable";
import { trackStanding } from "./track-standing";
import { decideTracks } from "./track-steps";
import {
  type Decision,
  type Rollout,
  type RolloutCluster,
  type RolloutInput,
  type ShownStep,
  type StageState,
  type TrackDecision,
} from "./types";

/**
 * Decides what every cluster does in this run: all steps that are allowed now, and not one more. Nothing is remembered
 * between runs but what lives, so that a run that was killed, or never happened, changes nothing of the next one's answer.
 *
 * Stage after stage: a stage starts once the one before it is through and has soaked; within a stage, clusters move by
 * name, at most `maxConcurrency` at a time, until more than `maxFailures` have failed. Add-ons go before the clusters that
 * have them, all clusters of a stage at once: their provider knows no other way.
 * @param now The moment that counts for the whole run.
 */
export function decide(input: RolloutInput, now: Date): Rollout {
  const { upgrades, clusters } = input;
  const stages: readonly Stage[] = upgrades.stages.length > 0 ? upgrades.stages : [ONLY_STAGE];
  const holds = holdsInForce(upgrades, now);
  const members = new Map(stages.map(({ name }) => [name, [] as RolloutCluster[]]));
  for (const cluster of clusters) members.get(cluster.stage)?.push(holds.held(cluster));
  const run: Run = { input, now, holds, times: timetable(upgrades, now), isShown: shownIn(input) };

  const decisions: Decision[] = [];
  const addOns: TrackDecision[] = [];
  const states: StageState[] = [];
  let before: Before = { waits: [], standings: [], revision: "" };
  for (const stage of stages) {
    const ofStage = members.get(stage.name) ?? [];
    const ofTracks = (input.tracks ?? []).filter((track) => track.stage === stage.name);
    const revision = stageRevision(ofStage, ofTracks);
    const standings = ofStage.map((cluster) => standing(cluster, stage, now));
    const tracks = ofTracks.map((track) => trackStanding(track, standings, stage.stepTimeout, now));
    const progress = stageProgress(stage, revision, standings, tracks, {
      now,
      isSkipped: holds.ofStage(stage.name)?.action === "skipped",
      ignoreSoak: holds.ignores({ stage: stage.name }).has("soak"),
    });
    const slots = concurrencyOf(stage.maxConcurrency, ofStage.length) - progress.state.moving;
    const stops = barriers(stage, revision, before, now);
    const toDecide = { stage, standings, tracks, state: progress.state, slots, barriers: stops };
    decisions.push(...decideStage(toDecide, run));
    addOns.push(...decideTracks(toDecide, run));
    states.push(progress.state);
    const { waits } = progress;
    before = { waits: [...before.waits, ...(waits === undefined ? [] : [waits])], standings, revision };
  }
  decisions.sort((a, b) => (a.cluster < b.cluster ? -1 : 1));
  addOns.sort((a, b) => (a.track < b.track ? -1 : 1));
  return { decisions, addOns, stages: states, notes: rolloutNotes(decisions, input, holds.expired, now) };
}

/** Whether the preview before this run has shown a step; all are where there was none. */
function shownIn({ shown }: RolloutInput): Run["isShown"] {
  if (shown === undefined) return () => true;
  const keyOf = ({ cluster, to }: ShownStep) => `${cluster} ${to}`;
  const keys = new Set(shown.map(keyOf));
  return (step) => keys.has(keyOf(step));
}
