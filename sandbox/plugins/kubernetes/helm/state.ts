import { type Json, type JsonObject } from "../../grpc/json";
import { secret, withoutSecrets } from "../../grpc/struct";
import { STATE } from "../objects";

/** What became of a release, in the words of the official provider's state. */
export interface ReleaseStatus {
  readonly name: string;
  readonly namespace: string;
  /** The chart's name. */
  readonly chart: string;
  /** The chart's version. */
  readonly version: string;
  readonly appVersion: string;
  readonly revision: number;
  /** Helm's word; `recorded` for a release that was not installed. */
  readonly status: string;
}

/** The state of a release: its inputs, secrets as they are marked, and what became of it. */
export function releaseState(inputs: JsonObject, status: ReleaseStatus): JsonObject {
  return {
    ...inputs,
    status: status as unknown as Json,
    // As the official provider keeps them: secret as a whole.
    [STATE.inputs]: secret(withoutSecrets(inputs)),
  };
}

/** `namespace/name` */
export function releaseId({ namespace, name }: { namespace: string; name: string }): string {
  return `${namespace}/${name}`;
}
