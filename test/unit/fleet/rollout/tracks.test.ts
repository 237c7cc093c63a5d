import assert from "node:assert/strict";

import { TRACK } from "../../../../fleet/baseline/labels";
import { type Json } from "../../../../fleet/content-hash";
import { type RawConfig } from "../../../../fleet/config/config";
import { type ObservedAddOn, type ObservedCluster } from "../../../../fleet/observed";
import { type RolloutTrack } from "../../../../fleet/rollout/types";
import { asPlanned, awsConfig, image, input, onlyCluster, planned } from "./aws-fleet";

/** The cluster as it lives once all that the configuration asks for is done. */
const alive = () => asPlanned(onlyCluster(planned(awsConfig())));

/** The add-ons of its track as they live once they are everywhere. */
function live(track = "default"): ObservedAddOn[] {
  const { baseline } = planned(awsConfig());
  return (baseline?.addOns ?? []).map(({ metadata: { name }, spec }) => {
    const { clusterSelector: selector, ...rest } = spec as { clusterSelector: Json } & ObservedAddOn["spec"];
    const about = { namespace: "production", name, addOn: name.replace(/-default$/, ""), track };
    return { ...about, selector, spec: rest, ready: true, since: "2026-11-20T00:00:00Z", reason: "" };
  });
}

function withAddOn(name: string, changes: Partial<ObservedAddOn>): ObservedAddOn[] {
  return live().map((each) => (each.addOn === name ? { ...each, ...changes } : each));
}

function tracks(
  addOns: readonly ObservedAddOn[] = live(),
  more: RawConfig = {},
  clusters: readonly ObservedCluster[] = [alive()],
): readonly RolloutTrack[] {
  return input(awsConfig({}, more), { clusters, addOns }).tracks ?? [];
}

describe("a track as a rollout sees it", () => {
  it("is ready and changes nothing where its add-ons live as they are wanted, since the last of them is ready", () => {
    const [{ target, ...track } = { target: "" }, ...others] = tracks(
      withAddOn("cilium", { since: "2026-11-21T00:00:00Z" }),
    );
    assert.match(target, /^add-ons-[0-9a-f]{10}$/);
    assert.deepEqual(track, {
      name: "default",
      stage: "all",
      clusters: ["one"],
      changes: [],
      ready: true,
      since: "2026-11-21T00:00:00Z",
      reason: "",
    });
    assert.deepEqual(others, []);
  });

  it("is none where nothing of it lives: its add-ons are made at once", () => {
    assert.deepEqual(tracks([]), []);
  });

  it("says which add-on is not everywhere, and why", () => {
    const [track] = tracks(withAddOn("metrics-server", { ready: false, reason: "one: pulling" }));
    assert.deepEqual([track?.ready, track?.reason], [false, "metrics-server: one: pulling"]);
    const [silent] = tracks(withAddOn("metrics-server", { ready: false }));
    assert.equal(silent?.reason, "metrics-server: not everywhere yet");
  });

  it("has the clusters that live with its label alone", () => {
    const other = { ...alive(), labels: { ...alive().labels, [TRACK]: "canary" } };
    assert.deepEqual(
      tracks(live(), {}, [other]).map(({ name, clusters }) => [name, clusters]),
      [],
    );
    const canary = live("canary");
    assert.deepEqual(
      tracks(canary, {}, [other]).map(({ name, clusters }) => [name, clusters]),
      [["canary", ["one"]]],
    );
  });
});

describe("the stage of a track", () => {
  const STAGES = ["first", "middle", "last"];
  const cluster = (stage: string, index: number) => ({
    class: "aws-kubeadm",
    region: "us-west-2",
    version: "v1.35.2",
    stage,
    network: { slot: index + 1 },
    controlPlane: { replicas: 3 },
    workers: {},
  });
  const config = () =>
    awsConfig(
      {},
      {
        upgrades: { stages: STAGES.map((name) => ({ name })) },
        clusters: Object.fromEntries(STAGES.map((stage, index) => [`in-${stage}`, cluster(stage, index)])),
      },
    );

  /** Of a track whose clusters are now in those stages. */
  function stageOf(track: string, stages: readonly string[]): string | undefined {
    const members = planned(config()).clusters.map((each) => {
      const { labels, ...rest } = asPlanned(each);
      const isMember = stages.some((stage) => rest.name === `in-${stage}`);
      return { ...rest, labels: { ...labels, [TRACK]: isMember ? track : "another" } };
    });
    const addOns = live(track);
    return input(config(), { clusters: members, addOns }).tracks?.find(({ name }) => name === track)?.stage;
  }

  it("is the one after which it is called, whatever stages its clusters are in now", () => {
    assert.equal(stageOf("first", ["last"]), "first");
    assert.equal(stageOf("middle", ["first", "last"]), "middle");
  });

  it("is that of the last of its clusters where its own is gone", () => {
    assert.equal(stageOf("gone", ["first"]), "first");
    assert.equal(stageOf("gone", ["middle", "first"]), "middle");
    assert.equal(stageOf("gone", ["first", "last"]), "last");
  });
});

describe("what blocks a track", () => {
  const addOns = { cilium: { version: "1.20.1", kubernetes: { from: "1.35", to: "1.36" } } };
  const classes = { "aws-kubeadm": { images: { "v1.34.3": image("134"), "v1.35.2": image("135") } } };
  const blockedAt = (version: string, changes: Partial<ObservedCluster> = {}) =>
    tracks(live(), { addOns, classes }, [{ ...alive(), version, ...changes }])[0]?.blocked;

  it("is a cluster whose version an add-on does not take", () => {
    assert.equal(blockedAt("v1.34.3"), "cilium 1.20.1 takes Kubernetes 1.35 to 1.36; one runs v1.34.3");
    assert.equal(blockedAt("v1.35.2"), undefined);
  });
});
