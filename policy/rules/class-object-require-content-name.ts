import type { ResourceValidationPolicy } from "@pulumi/policy";
import { classObjectName } from "../../fleet/class-names";
import { CONTENT_HASH_LENGTH, type Json } from "../../fleet/content-hash";
import { type ObjectType, type RegisteredObject, validateObjects } from "../registered-object";
import { shown, UNKNOWN } from "../values";

const TEMPLATE_GROUPS = ["infrastructure", "controlplane", "bootstrap"].map((part) => `${part}.cluster.x-k8s.io`);
const HASHED_NAME = new RegExp(`^(.+)-[0-9a-f]{${CONTENT_HASH_LENGTH}}$`);

/**
 * A ClusterClass, and every template that a class is made of, is named by the hash of its content.
 *
 * Why: an edit of a class or template in place reaches every cluster that uses it at once, whatever the rollout
 * allows. Named by its content, another content is another object: clusters move to it one by one, and back.
 *
 * Source: Cluster API's guide to changing a ClusterClass (rotate templates, rebase clusters one by one).
 *
 * Remedy: use the name that the message gives, or make the name with `classObjectName` of `fleet/class-names.ts`.
 */
export const classObjectRequireContentName: ResourceValidationPolicy = {
  name: "class-object-require-content-name",
  description: "A ClusterClass or template is named by the hash of its content, so that it never changes.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: "Declare the changed content as a new object with the name from the message, and keep the old one.",
  validateResource: validateObjects(isClassObject, (object, report) => {
    const name = object.read("metadata", "name");
    const spec = object.read("spec");
    if (name === UNKNOWN) {
      return;
    }
    const prefix = prefixOf(object, name);
    if (spec === UNKNOWN) {
      if (prefix === name) {
        report(
          `metadata.name: ${object.title} is not named by the hash of its content (got ${shown(name)}). ` +
            `Name it "${prefix}-<hash>", and keep out of it what only the update knows.`,
        );
      }
      return;
    }
    const { apiVersion, kind } = object;
    const expected = classObjectName(prefix, { apiVersion, kind, spec: spec ?? null });
    if (name !== expected) {
      report(
        `metadata.name: ${object.title} is not named by the hash of its content (got ${shown(name)}). ` +
          `Name it "${expected}".`,
      );
    }
  }),
};

function isClassObject({ group, kind }: ObjectType): boolean {
  return group === "cluster.x-k8s.io"
    ? kind === "ClusterClass"
    : TEMPLATE_GROUPS.includes(group) && kind.endsWith("Template");
}

/** What stands before the hash; the whole name where it ends in none, the resource's own where there is no name. */
function prefixOf({ resourceName }: RegisteredObject, name: Json | undefined): string {
  return typeof name === "string" ? (HASHED_NAME.exec(name)?.[1] ?? name) : resourceName;
}
