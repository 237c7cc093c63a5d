import { type Barrier, notShown, onHold, outOfTime, remaining, stop } from "./barriers";
import { type Run, type StageToDecide } from "./stage-steps";
import { haltStops, whenOver } from "./stops";
import { type TrackStanding } from "./track-standing";
import { type RolloutTrack, type TrackDecision, trackKey } from "./types";

/** Helm takes minutes for a chart, and all clusters at the same time. */
export const ADD_ONS_MS = 15 * 60_000;

/** What the add-ons of a stage do in this run. */
export function decideTracks(stage: StageToDecide, run: Run): TrackDecision[] {
  return stage.tracks.map((each) => decideTrack(each, stage, run));
}

function decideTrack(each: TrackStanding, stage: StageToDecide, run: Run): TrackDecision {
  const { track, pending, moving, failed } = each;
  const { name, changes, target } = track;
  const about = { track: name, stage: stage.stage.name, changes, target };
  const reason = track.reason || "not everywhere yet";
  if (!pending)
    return { ...about, action: failed ? "failed" : moving ? "moving" : "done", reason: moving ? reason : "" };
  const held = run.holds.ofStage(stage.stage.name);
  if (held !== undefined) return { ...about, ...held };
  const stops = trackStops(track, stage, run);
  const [first] = stops;
  if (first === undefined) return { ...about, action: "step", reason: "" };
  const next = whenOver(stops, (moment) => trackTimeStops(track, stage, moment, run));
  return { ...about, action: "wait", reason: first.reason, ...(next === undefined ? {} : { next }) };
}

function trackStops(track: RolloutTrack, stage: StageToDecide, run: Run): Barrier[] {
  const { input, now, holds, isShown } = run;
  const freed = holds.ignores({ stage: stage.stage.name });
  const { moving } = stage.state;
  const stops = [
    ...remaining(stage.barriers, freed),
    ...haltStops(false, stage),
    ...(track.blocked === undefined ? [] : [stop(track.blocked)]),
    ...(moving === 0 ? [] : [stop(`waits until nothing else moves in stage ${stage.stage.name}`)]),
    ...trackTimeStops(track, stage, now, run),
  ];
  const shown = { cluster: trackKey(track.name), to: track.target };
  return stops.length > 0 ? stops : [...onHold(input), ...notShown(shown, isShown)];
}

function trackTimeStops({ name }: RolloutTrack, { stage }: StageToDecide, moment: Date, run: Run): Barrier[] {
  const freed = run.holds.ignores({ stage: stage.name }, moment);
  const step = { stage: stage.name, cluster: trackKey(name), stepMs: ADD_ONS_MS, isMinor: false };
  return outOfTime(step, freed, run.times, moment);
}
