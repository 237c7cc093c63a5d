import { type Stage } from "../../config/schema/upgrades";
import { revisionText } from "../revision";
import { standing } from "../standing";
import { NODES } from "../step-record";
import { ADD_ONS_MS } from "../track-steps";
import {
  type Decision,
  type LiveCluster,
  type Revision,
  type RolloutCluster,
  type RolloutInput,
  type RolloutTrack,
  type TrackDecision,
  trackKey,
} from "../types";
import { takesMs } from "./durations";
import { type SimulatedKind, type SimulatedStep } from "./types";

type Fails = (cluster: string, kind: SimulatedKind, to: string) => boolean;

/** What of a configuration lives at a moment of a simulation. It takes steps, and lets time end them. */
export class World {
  private readonly byName: Map<string, RolloutCluster>;
  private readonly trackByName: Map<string, RolloutTrack>;
  /** When what is under way ends, milliseconds. */
  private readonly underWay = new Map<string, number>();

  /**
   * What is not settled at `from` and has not failed is taken to settle: a step's duration after it began, at the
   * earliest right after `from`.
   */
  constructor(
    { clusters, tracks = [] }: Pick<RolloutInput, "clusters" | "tracks">,
    private readonly stages: ReadonlyMap<string, Stage>,
    private readonly fails: Fails,
    from: Date,
  ) {
    this.byName = new Map(clusters.map((cluster) => [cluster.name, cluster]));
    this.trackByName = new Map(tracks.map((track) => [track.name, track]));
    for (const { name, ready, since } of tracks) {
      if (!ready) this.underWay.set(trackKey(name), Math.max(Date.parse(since) + ADD_ONS_MS, from.getTime() + 1));
    }
    for (const cluster of clusters) {
      const { live } = cluster;
      const stage = stages.get(cluster.stage);
      if (live === undefined || stage === undefined) continue;
      const { healthy, failed, moving } = standing(cluster, stage, from);
      if (healthy || failed) continue;
      const kind = live.step?.from === NODES ? "nodes" : "step";
      const began = Date.parse(moving && live.step !== undefined ? live.step.started : live.since);
      this.underWay.set(cluster.name, Math.max(began + takesMs(cluster, kind, stage), from.getTime() + 1));
    }
  }

  /** In the order in which they were given. */
  get clusters(): readonly RolloutCluster[] {
    return [...this.byName.values()];
  }

  /** Add-ons that a cluster's version keeps back are taken to fit all versions that the configuration asks for. */
  get tracks(): readonly RolloutTrack[] {
    return [...this.trackByName.values()].map((track) => {
      const { blocked, ...free } = track;
      const isFree = blocked === undefined || track.clusters.every((name) => isInVersion(this.byName.get(name)));
      return isFree ? free : track;
    });
  }

  /** When what is under way ends, milliseconds. */
  get ends(): readonly number[] {
    return [...this.underWay.values()];
  }

  /** Ends everything that is over by then. */
  pass(now: Date): void {
    for (const [name, at] of this.underWay) {
      if (at > now.getTime()) continue;
      const live = this.byName.get(name)?.live;
      if (live !== undefined) this.live(name, settled(live, at));
      const track = this.tracks.find((each) => trackKey(each.name) === name);
      const since = new Date(at).toISOString();
      if (track !== undefined) this.trackByName.set(track.name, { ...track, ready: true, reason: "", since });
      this.underWay.delete(name);
    }
  }

  /** Does what a run decided. @returns What begins; undefined where the cluster stays as it is. */
  take(decision: Decision, now: Date): SimulatedStep | undefined {
    const cluster = this.byName.get(decision.cluster);
    const { action: kind } = decision;
    if (cluster === undefined || !isKind(kind)) return undefined;
    const { from = {}, declare: to, stage } = decision;
    const about = { cluster: cluster.name, stage, kind, from, to, changes: [], start: now };
    const begun = begin(cluster, decision, now);
    this.live(cluster.name, begun);
    if (kind === "adopt") return { ...about, end: now };
    if (this.fails(cluster.name, kind, revisionText(to))) {
      this.live(cluster.name, { ...begun, reason: "fails in this simulation" });
      return about;
    }
    const end = new Date(now.getTime() + takesMs(cluster, kind, this.stages.get(stage)));
    this.underWay.set(cluster.name, end.getTime());
    return { ...about, end };
  }

  /** The same for the add-ons of a track. */
  takeAddOns({ track: name, stage, action, changes }: TrackDecision, now: Date): SimulatedStep | undefined {
    const track = this.trackByName.get(name);
    if (track === undefined || action !== "step") return undefined;
    const begun = { ...track, changes: [], ready: false, since: now.toISOString(), reason: "is on its way" };
    this.trackByName.set(name, begun);
    const end = new Date(now.getTime() + ADD_ONS_MS);
    this.underWay.set(trackKey(name), end.getTime());
    return { cluster: trackKey(name), stage, kind: "add-ons", from: {}, to: {}, changes, start: now, end };
  }

  private live(name: string, live: LiveCluster): void {
    const cluster = this.byName.get(name);
    if (cluster !== undefined) this.byName.set(name, { ...cluster, live });
  }
}

function isInVersion(cluster: RolloutCluster | undefined): boolean {
  return cluster?.live === undefined || cluster.live.revision.kubernetes === cluster.target.kubernetes;
}

function isKind(action: Decision["action"]): action is Exclude<SimulatedKind, "add-ons"> {
  return action === "step" || action === "nodes" || action === "create" || action === "adopt";
}

/** What lives right after a run has declared something else. */
function begin({ live, target }: RolloutCluster, { action, declare, step }: Decision, now: Date): LiveCluster {
  const since = now.toISOString();
  if (live === undefined) return { ...MADE, revision: target, since };
  if (action === "adopt") return { ...live, ours: true };
  const underWay = { ...live, since, reason: "is on its way", ...(step === undefined ? {} : { step }) };
  const groups = live.nodeGroups;
  if (action === "nodes") {
    const follow = { version: live.revision.kubernetes ?? "", ready: false, behind: false };
    return { ...underWay, nodeGroups: groups?.map(() => follow) ?? [] };
  }
  return {
    ...underWay,
    revision: declare,
    settled: false,
    ...(declare.base === undefined ? {} : { base: { applied: false } }),
    ...(groups === undefined ? {} : { nodeGroups: groups.map((group) => afterControlPlane(group, declare)) }),
  };
}

function afterControlPlane(group: NonNullable<LiveCluster["nodeGroups"]>[number], { kubernetes }: Revision) {
  return { ...group, behind: group.behind || group.version !== kubernetes };
}

const MADE: Omit<LiveCluster, "revision" | "since"> = {
  ours: true,
  available: false,
  settled: false,
  reason: "is being made",
  conditions: [],
  annotations: {},
};

function settled(live: LiveCluster, at: number): LiveCluster {
  const { base, nodeGroups } = live;
  return {
    ...live,
    available: true,
    settled: true,
    reason: "",
    since: new Date(at).toISOString(),
    ...(base === undefined ? {} : { base: { applied: true } }),
    ...(nodeGroups === undefined ? {} : { nodeGroups: nodeGroups.map((group) => ({ ...group, ready: true })) }),
  };
}
