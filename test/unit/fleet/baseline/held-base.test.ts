import assert from "node:assert/strict";

import { baseRevision } from "../../../../fleet/baseline/base-revision";
import { revisionsToRead } from "../../../../fleet/baseline/held-revisions";
import { BASE, TRACK } from "../../../../fleet/baseline/labels";
import { OBJECTS_KEY, revisionObjects, type RevisionObjects } from "../../../../fleet/baseline/resource-sets";
import { baseSettings } from "../../../../fleet/baseline/settings";
import { type BaselineValues } from "../../../../fleet/config/schema/baseline";
import { CLASS } from "../../../../fleet/labels";
import { type ObservedCluster } from "../../../../fleet/observed";
import { planFleet } from "../../../../fleet/plan";
import { NO_AWS } from "../../../../fleet/topology/aws-side";
import { config, liveCluster, NOW } from "../fixtures";

const ADD_ONS = { "log-agent": { sendTo: "https://logs.example.com/v1/logs" } };
const REF = { apiGroup: "infrastructure.cluster.x-k8s.io", kind: "AWSCluster", name: "theirs" };
const OLD: BaselineValues = { resourceLimits: "strict" };
const NEW: BaselineValues = { resourceLimits: "none" };

/** As a run declares it that lets clusters have these settings. */
function revision(baseline: BaselineValues): RevisionObjects {
  const settings = baseSettings("production", { baseline });
  assert.ok(settings);
  return revisionObjects(baseRevision(settings));
}

function textsOf({ configMaps }: RevisionObjects): Record<string, string> {
  const texts = configMaps.map(({ metadata, data }) => [
    metadata.name,
    (data as Record<string, string>)[OBJECTS_KEY] ?? "",
  ]);
  return Object.fromEntries(texts) as Record<string, string>;
}

const old = revision(OLD);
const target = revision(NEW);
const asked = config({
  addOns: ADD_ONS,
  clusters: Object.fromEntries(
    ["a", "b"].map((name) => [name, { region: "us-west-2", infrastructureRef: REF, baseline: NEW }]),
  ),
});

function living(name: string, base: string | undefined): ObservedCluster {
  const { classRef: _class, version: _version, labels, ...rest } = liveCluster({ name });
  const ofBase: Record<string, string> = base === undefined ? {} : { [BASE]: base, [TRACK]: "default" };
  const bases = base === undefined ? [] : [{ revision: base, applied: true, since: "2026-11-23T06:10:00Z" }];
  return { ...rest, labels: { ...labels, [CLASS]: "plain", ...ofBase }, bases };
}

function plan(clusters: ObservedCluster[], baseTexts?: Readonly<Record<string, string>>, hold = true) {
  const observed = { clusters, classes: [], ...(baseTexts === undefined ? {} : { baseTexts }) };
  const { baseline, notes } = planFleet(asked, observed, NO_AWS, { ...NOW, hold });
  return { revisions: baseline?.revisions ?? [], notes };
}

const names = (revisions: readonly RevisionObjects[]) => revisions.map(({ name }) => name);

describe("the base configuration of a cluster that may not move yet", () => {
  it("stays declared as it was, beside the one that the cluster waits for", () => {
    const { revisions, notes } = plan([living("a", old.name), living("b", target.name)], textsOf(old));
    assert.deepEqual(
      revisions,
      [old, target].sort((one, other) => (one.name < other.name ? -1 : 1)),
    );
    assert.deepEqual(notes, []);
  });

  it("is declared with the text that lives, for an immutable ConfigMap takes no other", () => {
    const compact = Object.fromEntries(
      Object.entries(textsOf(old)).map(([name, text]) => [name, JSON.stringify(JSON.parse(text))]),
    );
    const { revisions } = plan([living("a", old.name), living("b", old.name)], compact);
    assert.deepEqual(textsOf(revisions.find(({ name }) => name === old.name) ?? target), compact);
  });

  it("is no longer declared once no cluster has it", () => {
    assert.deepEqual(names(plan([living("a", target.name), living("b", target.name)], textsOf(old)).revisions), [
      target.name,
    ]);
    const moves = plan([living("a", old.name), living("b", target.name)], textsOf(old), false);
    assert.deepEqual(names(moves.revisions), [target.name]);
  });

  const broken: Record<string, Record<string, string>> = {
    "is not there": {},
    "is there in part": { [old.name]: textsOf(old)[old.name] ?? "" },
    "holds something else": { ...textsOf(old), [old.name]: textsOf(target)[target.name] ?? "" },
    "carries another name on its objects": {
      ...textsOf(old),
      [old.name]: (textsOf(old)[old.name] ?? "").replaceAll(old.name, target.name),
    },
    "cannot be read": { ...textsOf(old), [old.name]: "{" },
  };
  for (const [what, texts] of Object.entries(broken)) {
    it(`is told of, and not declared, where it ${what}`, () => {
      const { revisions, notes } = plan([living("a", old.name), living("b", old.name)], texts);
      assert.deepEqual(names(revisions), [target.name]);
      assert.deepEqual(notes, [
        `a and 1 more: may not move yet and have ${old.name}, which the management cluster does not hold as it was ` +
          "published. This run cannot declare it; it matters no more once they move.",
      ]);
    });
  }

  it("is looked for only where a cluster has another one than the configuration asks for", () => {
    const look = (...bases: (string | undefined)[]) =>
      revisionsToRead(
        asked,
        bases.map((base, index) => living(["a", "b"][index] ?? "", base)),
      );
    assert.deepEqual(look(old.name, old.name), [old.name]);
    assert.deepEqual(look(target.name, undefined), []);
    assert.deepEqual(look("what-somebody-wrote", target.name), []);
  });

  it("is looked for although another cluster is to have it", () => {
    const { a, b } = asked.clusters;
    const swapped = { ...asked, clusters: { a: a!, b: { ...b!, baseline: OLD } } };
    assert.deepEqual(revisionsToRead(swapped, [living("a", old.name), living("b", undefined)]), [old.name]);
  });
});
