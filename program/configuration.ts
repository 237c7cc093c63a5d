import * as pulumi from "@pulumi/pulumi";

import { type RawConfig } from "../fleet/config/config";
import { NAMESPACE, ownKey, rawConfig } from "../fleet/config/raw";

/** The stack's own keys, as the engine has them. */
export function engineConfig(): RawConfig {
  return rawConfig(pulumi.runtime.allConfig());
}

/** The stack's own keys whose values the engine holds as secrets. */
export function secretKeys(): string[] {
  return Object.keys(pulumi.runtime.allConfig()).flatMap((key) => {
    const name = ownKey(key);
    return name !== undefined && isSecret(name) ? [name] : [];
  });
}

/** The SDK tells programs only by a warning that a key is secret; the list it judges by comes from the engine. */
function isSecret(name: string): boolean {
  const keys = JSON.parse(process.env["PULUMI_CONFIG_SECRET_KEYS"] || "[]") as unknown;
  return Array.isArray(keys) && keys.includes(`${NAMESPACE}:${name}`);
}
