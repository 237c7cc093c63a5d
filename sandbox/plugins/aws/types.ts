import { type JsonObject } from "../grpc/json";

/**
 * What the stand-in knows of one resource type. Texts may hold `${hash}` (of this resource's own), `${uuid}`, `${ip}`,
 * `${account}`, `${region}`, `${partition}`, `${id}` and `${<input>}`; `${<input>|text}` where it may be missing.
 */
export interface AwsType {
  /** How its id looks, e.g. `vpc-${hash}`. */
  readonly id: string;
  /** How its ARN looks; absent where it has none. */
  readonly arn?: string;
  /** Inputs that have to be there. */
  readonly required: readonly string[];
  /** Inputs that may be there; any other one is an error. */
  readonly optional: readonly string[];
  /** Inputs, or paths into them, whose change makes another resource of it. */
  readonly replaceOn: readonly string[];
  /** What the official provider takes for an input that is left out. */
  readonly defaults?: JsonObject;
  /** Further outputs. */
  readonly computed?: JsonObject;
  /** Outputs inside of an input: `${vpc}` is the VPC of its subnets. */
  readonly within?: { readonly input: string; readonly outputs: Readonly<Record<string, string>> };
  /** The input that gets an automatic name if it is left out, and how that name begins. */
  readonly autoName?: { readonly input: string; readonly begin?: string };
  /** AWS refuses a second one of the same. */
  readonly unique?: { readonly by: string; readonly refusal: string };
}

/** Resource types by the token that Pulumi has for them. */
export type AwsTypes = Readonly<Record<string, AwsType>>;

/** Names that are separated by white space: the tables stay readable. */
export function names(text: string): readonly string[] {
  return text.split(/\s+/).filter((name) => name !== "");
}
