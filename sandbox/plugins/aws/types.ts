import { type JsonObject } from "../grpc/json";

/**
 * What the stand-in knows of one resource type. Texts may hold `${hash}` (of this resource's own), `${account}`,
 * `${region}`, `${partition}`, `${id}`, `${arn}` and `${<input>}`.
 */
export interface AwsType {
  /** How its id looks, e.g. `vpc-${hash}`. */
  readonly id: string;
  /** How its ARN looks; absent where it has none. */
  readonly arn?: string;
  /** Inputs that have to be there. */
  readonly required: readonly string[];
  /** Inputs whose change makes another resource of it. */
  readonly replaceOn: readonly string[];
  /** Further outputs. */
  readonly computed?: JsonObject;
  /** AWS refuses a second one of the same id. */
  readonly unique?: true;
}

/** Resource types by the token that Pulumi has for them. */
export type AwsTypes = Readonly<Record<string, AwsType>>;
