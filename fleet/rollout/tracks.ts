import { rangeText, takes, titleOf } from "../baseline/chosen";
import { type Track, trackChanges, trackHash } from "../baseline/tracks";
import { reaches } from "../baseline/add-ons";
import { type FleetConfig } from "../config/config";
import { ONLY_STAGE } from "../config/schema/upgrades";
import { minorOf } from "../versions";
import { type Candidate } from "./candidate";
import { liveBase } from "./held";
import { type RolloutTrack } from "./types";

/** A track as `decide` sees it. @returns Undefined for a new one: it is made at once, no cluster has it yet. */
export function rolloutTrack(
  track: Track,
  candidates: readonly Candidate[],
  config: FleetConfig,
): RolloutTrack | undefined {
  const [first] = track.live;
  if (first === undefined) return undefined;
  const members = candidates.filter(({ alive }) => alive !== undefined && liveBase(alive)?.track === track.name);
  const unready = track.live.find(({ ready }) => !ready);
  const blocked = refusal(track, members, config);
  return {
    name: track.name,
    stage: stageOf(track, members, config),
    clusters: members.map(({ name }) => name),
    changes: trackChanges(track),
    target: trackHash(track),
    ready: unready === undefined,
    since: track.live.reduce((latest, { since }) => (since > latest ? since : latest), first.since),
    reason: unready === undefined ? "" : `${unready.addOn}: ${unready.reason || "not everywhere yet"}`,
    ...(blocked === undefined ? {} : { blocked }),
  };
}

/** Tracks are called after stages. One whose stage is gone, or that has none, goes with the last of its clusters. */
function stageOf({ name }: Track, members: readonly Candidate[], { upgrades }: FleetConfig): string {
  const stages = upgrades.stages.map((stage) => stage.name);
  const ofMembers = members.map(({ config: { stage } }) => stages.indexOf(stage ?? ""));
  return stages.includes(name) ? name : (stages[Math.max(0, ...ofMembers)] ?? ONLY_STAGE.name);
}

function refusal({ wanted }: Track, members: readonly Candidate[], { addOns }: FleetConfig): string | undefined {
  for (const { name, alive, target } of members) {
    const base = alive && liveBase(alive);
    if (alive?.version === undefined || base === undefined) continue;
    const minor = minorOf(alive.version);
    const refusing = wanted.find(
      ({ addOn }) => reaches(addOn, { family: target.family, base }) && !takes(addOn, minor, addOns),
    );
    if (refusing !== undefined) {
      const { addOn } = refusing;
      return `${titleOf(addOn, addOns)} takes Kubernetes ${rangeText(addOn, addOns)}; ${name} runs ${alive.version}`;
    }
  }
  return undefined;
}
