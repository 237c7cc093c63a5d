import * as fs from "node:fs";
import { type Json } from "./json";
import { maskSecrets } from "./struct";

/**
 * Writes every call of a provider stand-in as a JSON line to the file that CLUSTER_FLEET_RECORD_CALLS names: `method`,
 * `request`, and `response` or `errors`. A debugging aid, and how the tests compare a stand-in with the recordings of
 * the official provider. Values that the engine marks as secret are masked.
 */
export function recordCall(method: string, request: unknown, outcome: { response?: unknown; error?: string }): void {
  const file = process.env["CLUSTER_FLEET_RECORD_CALLS"];
  if (!file) return;
  const line = {
    method: `/pulumirpc.ResourceProvider/${method}`,
    request: maskSecrets(request as Json),
    ...(outcome.error === undefined
      ? { response: maskSecrets((outcome.response ?? {}) as Json) }
      : { errors: [outcome.error] }),
  };
  fs.appendFileSync(file, JSON.stringify(line) + "\n", { mode: 0o600 });
}
