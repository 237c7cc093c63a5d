import { readFileSync } from "node:fs";
import * as path from "node:path";

import { canonicalJson, type Json } from "../../fleet/content-hash";
import { parseConfig } from "../../fleet/config/parse";
import { type EksManagementConfig } from "../../fleet/config/schema/management";
import { platformSettings } from "../../fleet/management/platform";
import { recordAws } from "../components/management/recorder";
import { recordRancher } from "../components/rancher/recorder";
import { rawStack } from "./raw-stack";

/** Management clusters whose every resource is kept: that of the sample stack, and the same without Rancher. */
export const PLATFORMS = { rancher: {}, operator: { rancher: false } } as const;
export type PlatformName = keyof typeof PLATFORMS;

/** Every resource of a management cluster with its inputs, a line each, sorted. */
export async function currentResources(platform: PlatformName): Promise<string> {
  const registrations = recordAws();
  recordRancher();
  const { ManagementPlatform } = await import("../../components/management/management-platform");
  registrations.length = 0;
  new ManagementPlatform("fleet", platformSettings(configOf(platform), undefined));
  await settled(registrations);
  return registrations
    .map(({ type, name, inputs }) => `${type} ${name}\n  ${canonicalJson(plain(inputs))}\n`)
    .sort()
    .join("");
}

export function goldenResources(platform: PlatformName): string {
  return readFileSync(resourcesFile(platform), "utf8");
}

export function resourcesFile(platform: PlatformName): string {
  return path.join(__dirname, "resources", `${platform}.txt`);
}

function configOf(platform: PlatformName): EksManagementConfig {
  const raw = rawStack("management");
  const management = { ...(raw["management"] as object), ...PLATFORMS[platform] };
  return parseConfig({ ...raw, management }).management as EksManagementConfig;
}

function plain(inputs: Readonly<Record<string, unknown>>): Json {
  return JSON.parse(JSON.stringify(inputs)) as Json;
}

/** Resources wait for each other: returns when none has come for a while. */
async function settled(registrations: readonly unknown[]): Promise<void> {
  for (let before = -1; before !== registrations.length;) {
    before = registrations.length;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
