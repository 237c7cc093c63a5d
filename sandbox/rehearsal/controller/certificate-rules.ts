import { type JsonObject } from "../../plugins/grpc/json";
import { generationOf, holding } from "./conditions";
import { type ReadyRule } from "./rules";

/** What cert-manager would issue. No Secret is made: nothing runs that would read it. */
export const CERTIFICATE_RULES: readonly ReadyRule[] = ["ClusterIssuer", "Issuer", "Certificate"].map((kind) => ({
  apiVersion: "cert-manager.io/v1",
  kind,
  plural: `${kind.toLowerCase()}s`,
  insteadOf: "cert-manager",
  gets: "Ready; no certificate is issued",
  status: (object: JsonObject, now: string) => ({
    conditions: [holding(object, now, "Ready", "Ready", { observedGeneration: generationOf(object) })],
  }),
}));
