import type { ReportViolation, ResourceValidationPolicy } from "@pulumi/policy";
import { z } from "zod";
import { BASE } from "../../fleet/baseline/labels";
import { namespacesPart, OBJECTS_KEY, revisionObjects } from "../../fleet/baseline/resource-sets";
import { readRevision } from "../../fleet/baseline/revision-texts";
import { canonicalJson, type Json } from "../../fleet/content-hash";
import { validateResources } from "../registered-resource";
import { UNKNOWN } from "../values";

const metadata = z.object({ name: z.string() });
const revisionShape = z.object({
  name: z.string(),
  configMaps: z.array(
    z.object({ metadata, data: z.record(z.string(), z.string()), immutable: z.boolean().optional() }),
  ),
  resourceSets: z.array(z.object({ metadata, spec: z.json() })),
});
type Revision = z.output<typeof revisionShape>;

interface Named {
  readonly metadata: { readonly name: string };
}
interface Wired {
  readonly configMaps: readonly (Named & { readonly immutable?: unknown })[];
  readonly resourceSets: readonly (Named & { readonly spec?: unknown })[];
}

/**
 * A revision of the base configuration is named by the hash of what it applies, and applies it to the clusters that name it
 * and to no other.
 *
 * Why: what a resource set applies reaches every cluster that it selects at once, whatever the rollout allows. Named by its
 * content, another content is another revision: clusters move to it one by one, by their label, and back.
 *
 * It judges the component, which states a revision as a whole: the name is made from two objects together.
 *
 * Source: Cluster API 1.13.4, `internal/controllers/clusterresourceset` (strategy Reconcile applies what has changed).
 *
 * Remedy: use the name that the message gives, or make the revision with `baseRevision` and `revisionObjects` of
 * `fleet/baseline`.
 */
export const baseRevisionRequireContentName: ResourceValidationPolicy = {
  name: "base-revision-require-content-name",
  description: "A revision of the base configuration is named by the hash of its content, so that it never changes.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps:
    "Declare the changed content as a new revision with the name from the message, and keep the old one.",
  validateResource: validateResources(["cluster-fleet:index:Baseline"], (component, report) => {
    for (let place = 0; place < component.count("revisions"); place += 1) {
      const stated = component.read("revisions", String(place));
      if (stated === UNKNOWN) continue;
      const { data: revision } = revisionShape.safeParse(stated);
      if (revision !== undefined) checkRevision(revision, report);
      else
        report(
          `revisions[${place}]: is no revision of the base configuration (got other members or types than name, ` +
            "configMaps and resourceSets have). Make it with revisionObjects of fleet/baseline/resource-sets.ts.",
        );
    }
  }),
};

function checkRevision(stated: Revision, report: ReportViolation): void {
  const { name } = stated;
  const [namespaces, objects] = [namespacesPart(name), name].map((part) => textOf(stated, part));
  const read = namespaces === undefined || objects === undefined ? undefined : readRevision({ namespaces, objects });
  if (read === undefined) {
    report(
      `revisions.${name}.configMaps: do not hold what the revision applies (got ${namesOf(stated.configMaps)}). ` +
        `Declare ${namespacesPart(name)} and ${name}, each with a list of labelled objects under ${OBJECTS_KEY}.`,
    );
  } else if (read.revision.name !== name) {
    report(
      `revisions.${name}.name: is not the hash of what the revision applies (got "${name}"). ` +
        `Name it "${read.revision.name}", its objects too.`,
    );
  } else if (!read.isLabelled) {
    report(
      `revisions.${name}.configMaps: hold objects that carry the name of another revision, or none. ` +
        `Label each with ${BASE}: ${name}, and say it as revision in the data of the settings.`,
    );
  } else if (wiringOf(stated) !== wiringOf(revisionObjects(read.revision))) {
    report(
      `revisions.${name}: applies something else, to other clusters or in another way than a revision does (got ` +
        `${wiringOf(stated)}). Declare its parts as revisionObjects of fleet/baseline/resource-sets.ts makes them.`,
    );
  }
}

function textOf({ configMaps }: Revision, part: string): string | undefined {
  return configMaps.find(({ metadata }) => metadata.name === part)?.data[OBJECTS_KEY];
}

function namesOf(objects: Revision["configMaps"]): string {
  return objects.map(({ metadata }) => metadata.name).join(", ") || "none";
}

/** What of a revision its name does not tell: which clusters are given what, and that nobody can edit it. */
function wiringOf({ configMaps, resourceSets }: Wired): string {
  const wiring = {
    configMaps: configMaps.map(({ metadata: { name }, immutable }) => ({ name, immutable })),
    resourceSets: resourceSets.map(({ metadata: { name }, spec }) => ({ name, spec })),
  };
  return canonicalJson(wiring as unknown as Json);
}
