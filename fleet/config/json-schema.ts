import { z } from "zod";

import { NAMESPACE } from "./raw";
import { clusterValues } from "./schema/cluster";
import { STACK_KEYS } from "./schema/stack";

type JsonSchema = Record<string, unknown>;

const DRAFT = "http://json-schema.org/draft-07/schema#";

/** JSON schema of a stack file (`Pulumi.<stack>.yaml`), for completion and checks while typing. */
export function stackFileSchema(): JsonSchema {
  const keys = Object.entries(STACK_KEYS).map(([key, schema]) => [`${NAMESPACE}:${key}`, jsonSchema(schema)] as const);
  return {
    $schema: DRAFT,
    title: "Stack file of cluster-fleet",
    type: "object",
    properties: {
      config: {
        type: "object",
        description: "The stack's configuration. Keys of other namespaces, such as aws:region, are the providers'.",
        properties: Object.fromEntries(keys),
        propertyNames: { anyOf: [{ enum: keys.map(([key]) => key) }, { not: { pattern: `^${NAMESPACE}:` } }] },
      },
      secretsprovider: { type: "string", description: "Where the stack's secrets are encrypted." },
      encryptedkey: { type: "string" },
      encryptionsalt: { type: "string" },
      environment: { description: "ESC environments that add to the configuration." },
    },
  };
}

/** JSON schema of the project file (`Pulumi.yaml`), for the base values in it. */
export function projectFileSchema(): JsonSchema {
  const base = jsonSchema(clusterValues);
  return {
    $schema: DRAFT,
    title: "Project file of cluster-fleet",
    type: "object",
    properties: {
      config: {
        type: "object",
        properties: {
          [`${NAMESPACE}:base`]: {
            description: STACK_KEYS.base.description,
            type: "object",
            properties: { value: base, default: base },
          },
        },
      },
    },
  };
}

/** What users write, so values with a default may be left out. */
function jsonSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _draft, ...rest } = z.toJSONSchema(schema, {
    io: "input",
    target: "draft-7",
    unrepresentable: "any",
  });
  return rest;
}
