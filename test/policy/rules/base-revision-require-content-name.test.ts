import assert from "node:assert/strict";
import { baseRevision } from "../../../fleet/baseline/base-revision";
import { BASE } from "../../../fleet/baseline/labels";
import { OBJECTS_KEY, revisionObjects } from "../../../fleet/baseline/resource-sets";
import { baseSettings } from "../../../fleet/baseline/settings";
import { baseRevisionRequireContentName } from "../../../policy/rules/base-revision-require-content-name";
import { type Fields, judge, UNKNOWN_IN_PREVIEW } from "../helpers";

const BASELINE = "cluster-fleet:index:Baseline";
// The name is written out: if the hash ever came out differently, every cluster would be given its base anew.
const NAME = "base-110fb1a555";

interface Revision {
  name: unknown;
  configMaps: { metadata: { name: string }; data: Record<string, string>; immutable: boolean }[];
  resourceSets: {
    metadata: { name: string };
    spec: { clusterSelector: Fields; resources: unknown; strategy: string };
  }[];
}

/** A revision that breaks no rule. Each call makes a new one, free to be changed. */
function compliantRevision(resourceLimits: "none" | "strict" = "strict"): Revision {
  const settings = baseSettings("production", { class: "aws-eks", baseline: { resourceLimits, namespaces: ["shop"] } });
  assert.ok(settings);
  return JSON.parse(JSON.stringify(revisionObjects(baseRevision(settings)))) as Revision;
}

const verdict = (...revisions: unknown[]) =>
  judge(baseRevisionRequireContentName, BASELINE, { namespace: "production", revisions, addOns: [], autoscalers: [] });

/** Violations of a revision after a change. */
function violations(change: (revision: Revision) => void): readonly string[] {
  const revision = compliantRevision();
  change(revision);
  return verdict(revision).violations;
}

/** Edits the objects that a part holds, as text. */
function edit({ configMaps }: Revision, part: string, from: RegExp, to: string): void {
  const found = configMaps.find(({ metadata }) => metadata.name === part);
  assert.ok(found);
  const before = found.data[OBJECTS_KEY] ?? "";
  found.data[OBJECTS_KEY] = before.replaceAll(new RegExp(from, "g"), to);
  assert.notEqual(found.data[OBJECTS_KEY], before);
}

describe("policy base-revision-require-content-name", () => {
  it("accepts revisions that are named by their content", () => {
    assert.equal(compliantRevision().name, NAME);
    assert.deepEqual(verdict(compliantRevision(), compliantRevision("none")), { violations: [] });
  });

  it("takes no notice of how the text of the content is set", () => {
    const changed = violations(({ configMaps }) => {
      for (const { data } of configMaps) data[OBJECTS_KEY] = JSON.stringify(JSON.parse(data[OBJECTS_KEY] ?? ""));
    });
    assert.deepEqual(changed, []);
  });

  const edits: Record<string, [part: string, from: RegExp, to: string, name: string]> = {
    "of an object": [NAME, /"pods": "200"/, '"pods": "201"', "base-cb6f788575"],
    "of a namespace": [`${NAME}-namespaces`, /restricted/, "privileged", "base-6fb33da4b5"],
  };
  for (const [what, [part, from, to, name]] of Object.entries(edits)) {
    it(`refuses a revision under its old name after an edit ${what}, and gives the new name`, () => {
      assert.deepEqual(
        violations((revision) => edit(revision, part, from, to)),
        [
          `revisions.${NAME}.name: is not the hash of what the revision applies (got "${NAME}"). Name it "${name}", ` +
            "its objects too.",
        ],
      );
    });
  }

  const labels: Record<string, [from: RegExp, to: string]> = {
    "are labelled with another name": [
      new RegExp(`"${BASE.replaceAll(".", "\\.")}": "${NAME}"`),
      `"${BASE}": "base-x"`,
    ],
    "tell another name in the settings": [new RegExp(`"revision": "${NAME}"`), '"revision": "base-x"'],
  };
  for (const [what, [from, to]] of Object.entries(labels)) {
    it(`refuses objects that ${what}`, () => {
      assert.deepEqual(
        violations((revision) => edit(revision, NAME, from, to)),
        [
          `revisions.${NAME}.configMaps: hold objects that carry the name of another revision, or none. ` +
            `Label each with ${BASE}: ${NAME}, and say it as revision in the data of the settings.`,
        ],
      );
    });
  }

  const contents: Record<string, [change: (revision: Revision) => void, got: string]> = {
    "lacks a part": [({ configMaps }) => configMaps.pop(), `${NAME}-namespaces`],
    "lacks all parts": [(revision) => (revision.configMaps = []), "none"],
    "holds text that is no JSON": [
      ({ configMaps: [, objects] }) => (objects!.data[OBJECTS_KEY] = "{"),
      `${NAME}-namespaces, ${NAME}`,
    ],
    "holds objects without labels": [
      ({ configMaps: [namespaces] }) =>
        (namespaces!.data[OBJECTS_KEY] = '[{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"a"}}]'),
      `${NAME}-namespaces, ${NAME}`,
    ],
  };
  for (const [what, [change, got]] of Object.entries(contents)) {
    it(`refuses a revision that ${what}`, () => {
      assert.deepEqual(violations(change), [
        `revisions.${NAME}.configMaps: do not hold what the revision applies (got ${got}). Declare ${NAME}-namespaces ` +
          `and ${NAME}, each with a list of labelled objects under ${OBJECTS_KEY}.`,
      ]);
    });
  }

  const wirings: Record<string, (revision: Revision) => void> = {
    "selects all clusters": ({ resourceSets: [, set] }) => (set!.spec.clusterSelector = {}),
    "applies another object as well": ({ resourceSets: [, set] }) =>
      (set!.spec.resources = [
        { kind: "ConfigMap", name: NAME },
        { kind: "Secret", name: "more" },
      ]),
    "strips namespaces of what others wrote on them": ({ resourceSets: [set] }) => (set!.spec.strategy = "Reconcile"),
    "has a further resource set": ({ resourceSets }) =>
      resourceSets.push({ ...resourceSets[0]!, metadata: { name: "more" } }),
    "may be edited in place": ({ configMaps: [, objects] }) => (objects!.immutable = false),
    "has a further ConfigMap": ({ configMaps }) => configMaps.push({ ...configMaps[0]!, metadata: { name: "more" } }),
  };
  for (const [what, change] of Object.entries(wirings)) {
    it(`refuses a revision that ${what}`, () => {
      const [message = "", ...others] = violations(change);
      assert.deepEqual(others, []);
      assert.match(
        message,
        new RegExp(
          `^revisions\\.${NAME}: applies something else, to other clusters or in another way than a revision does ` +
            "\\(got \\{.+\\}\\)\\. Declare its parts as revisionObjects of fleet/baseline/resource-sets\\.ts makes them\\.$",
        ),
      );
    });
  }

  it("refuses what is no revision, and judges the others", () => {
    const edited = compliantRevision();
    edited.name = "base-settings";
    assert.deepEqual(verdict({ name: 7 }, edited).violations, [
      "revisions[0]: is no revision of the base configuration (got other members or types than name, configMaps and " +
        "resourceSets have). Make it with revisionObjects of fleet/baseline/resource-sets.ts.",
      `revisions.base-settings.configMaps: do not hold what the revision applies (got ${NAME}-namespaces, ${NAME}). ` +
        `Declare base-settings-namespaces and base-settings, each with a list of labelled objects under ${OBJECTS_KEY}.`,
    ]);
  });

  it("judges a component without revisions, and no other type", () => {
    assert.deepEqual(verdict(), { violations: [] });
    for (const type of ["cluster-fleet:index:Fleet", "kubernetes:core/v1:ConfigMap"]) {
      const other = judge(baseRevisionRequireContentName, type, { revisions: [{ name: "x" }] });
      assert.deepEqual(other, { violations: [], notApplicable: true });
    }
  });

  it("is advisory in the preview for a revision of which a part is known only after the update", () => {
    const [unknown, edited] = [compliantRevision(), compliantRevision("none")];
    unknown.configMaps[0]!.data = UNKNOWN_IN_PREVIEW as never;
    edited.resourceSets[1]!.spec.clusterSelector = {};
    const { violations, advisory } = verdict(unknown, edited);
    assert.equal(violations.length, 1, "the other revision is judged all the same");
    assert.match(advisory ?? "", /value at \.revisions\.0\.configMaps\.0\.data can't be known during preview/);
  });
});
