import { objectAt, type JsonObject } from "../../plugins/grpc/json";
import { type ForeignSystem } from "../kinds/foreign-kinds";
import { CERTIFICATE_RULES } from "./certificate-rules";
import { type Cluster } from "./cluster";
import { contains } from "./conditions";
import { PROVIDER_RULES } from "./provider-rules";
import { JOB_RULE, WORKLOAD_RULES } from "./workload-rules";

/** How the objects of one kind are made ready, as the kind's controller would: by their status alone. */
export interface ReadyRule {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  /** Whose work it is, for the user. */
  readonly insteadOf: string;
  /** What an object gets, for the user. */
  readonly gets: string;
  /**
   * The status of an object that is ready; undefined where this object is nobody's work, or is done for good.
   * @param now As Kubernetes writes times.
   */
  readonly status: (object: JsonObject, now: string) => JsonObject | undefined;
  /** What the real controller would still wait for; undefined where that is nothing. Default: nothing, ever. */
  readonly lacks?: (object: JsonObject, cluster: Cluster) => Promise<string | undefined>;
  /** The system whose kinds the real controller installs before the object is ready. */
  readonly brings?: (object: JsonObject) => ForeignSystem | undefined;
}

/** All kinds that are marked ready. Jobs come last: one that waits for others finds them done. */
export const READY_RULES: readonly ReadyRule[] = [...WORKLOAD_RULES, ...PROVIDER_RULES, ...CERTIFICATE_RULES, JOB_RULE];

/** The status that is still to be written; undefined where the object has it. */
export function missingStatus(rule: ReadyRule, object: JsonObject, now: string): JsonObject | undefined {
  const wanted = rule.status(object, now);
  return wanted === undefined || contains(objectAt(object, "status"), wanted) ? undefined : wanted;
}
