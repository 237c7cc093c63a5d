import { type Barrier, stop } from "./stage-gates";
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
  const held = run.rulesAt(run.now).holds.ofStage(stage.stage.name);
  if (held !== undefined) return { ...about, ...held };
  const stops = trackStops(track, stage, run);
  const [first] = stops;
  if (first === undefined) return { ...about, action: "step", reason: "" };
  const next = whenOver(stops, (moment) => trackTimeStops(track, stage, moment, run));
  return { ...about, action: "wait", reason: first.reason, ...(next === undefined ? {} : { next }) };
}

function trackStops(track: RolloutTrack, stage: StageToDecide, run: Run): Barrier[] {
  const { input, now, rulesAt } = run;
  const freed = rulesAt(now).holds.ignores({ stage: stage.stage.name });
  const { moving } = stage.state;
  const stops = [
    ...stage.barriers.filter(({ kind }) => kind !== "approval" || !freed.has("approval")),
    ...haltStops(false, stage),
    ...(track.blocked === undefined ? [] : [stop(track.blocked)]),
    ...(moving === 0 ? [] : [stop(`waits until nothing else moves in stage ${stage.stage.name}`)]),
    ...trackTimeStops(track, stage, now, run),
  ];
  const key = trackKey(track.name);
  const isShown = input.shown?.some(({ cluster, to }) => cluster === key && to === track.target) ?? true;
  return stops.length > 0
    ? stops
    : [
        ...(input.hold === true ? [stop("FLEET_HOLD is set: nothing starts")] : []),
        ...(isShown ? [] : [stop("was not in the preview: the next run may move it")]),
      ];
}

function trackTimeStops({ name }: RolloutTrack, { stage }: StageToDecide, moment: Date, { rulesAt }: Run): Barrier[] {
  const { holds, times } = rulesAt(moment);
  const freed = holds.ignores({ stage: stage.name });
  const answer = times.mayStart({
    stage: stage.name,
    cluster: trackKey(name),
    stepMs: ADD_ONS_MS,
    isMinor: false,
    ignore: { windows: freed.has("windows"), freezes: freed.has("freezes") },
  });
  return answer.open ? [] : [stop(answer.reason, answer.next)];
}
