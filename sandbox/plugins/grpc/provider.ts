import { type JsonObject } from "./json";

/**
 * The resource provider protocol in plain objects: the names of the protocol, structs as JSON, absent fields left out.
 * `provider-service.ts` puts a {@link Provider} on the wire.
 */
export interface Provider {
  version: string;
  checkConfig(request: CheckRequest): Promise<CheckResponse>;
  diffConfig(request: DiffRequest): Promise<DiffResponse>;
  configure(request: ConfigureRequest): Promise<ConfigureResponse>;
  check(request: CheckRequest): Promise<CheckResponse>;
  diff(request: DiffRequest): Promise<DiffResponse>;
  create(request: CreateRequest): Promise<CreateResponse>;
  read(request: ReadRequest): Promise<ReadResponse>;
  update(request: UpdateRequest): Promise<UpdateResponse>;
  delete(request: DeleteRequest): Promise<void>;
  /** Answers a question of the program; absent where the provider answers none. */
  invoke?(request: InvokeRequest): Promise<InvokeResponse>;
  /** The user interrupts: pending waits end soon, with an error. */
  cancel(): void;
}

/** What every request about one resource says of it. */
export interface ResourceRequest {
  urn: string;
  name: string;
  type: string;
}

export interface CheckRequest extends ResourceRequest {
  olds: JsonObject;
  news: JsonObject;
  /** Base64; the source of random names, the same in a preview and the update planned from it. */
  randomSeed?: string;
  autonaming?: { proposedName: string; mode: "PROPOSE" | "ENFORCE" | "DISABLE" };
}

export interface CheckResponse {
  inputs: JsonObject;
  failures?: { property?: string; reason: string }[];
}

export interface ConfigureRequest extends ResourceRequest {
  args: JsonObject;
}

export interface ConfigureResponse {
  acceptSecrets?: boolean;
  supportsPreview?: boolean;
  supportsAutonamingConfiguration?: boolean;
}

export interface DiffRequest extends ResourceRequest {
  id?: string;
  olds: JsonObject;
  news: JsonObject;
  oldInputs: JsonObject;
}

export type DiffKind = "ADD" | "ADD_REPLACE" | "DELETE" | "DELETE_REPLACE" | "UPDATE" | "UPDATE_REPLACE";

export interface PropertyDiff {
  /** Absent: `ADD`, the protocol's zero value. */
  kind?: DiffKind;
  /** The difference is between inputs, rather than between the state and an input. */
  inputDiff?: boolean;
}

export interface DiffResponse {
  changes: "DIFF_NONE" | "DIFF_SOME";
  replaces?: string[];
  diffs?: string[];
  deleteBeforeReplace?: boolean;
  detailedDiff?: Record<string, PropertyDiff>;
  hasDetailedDiff?: boolean;
}

export interface CreateRequest extends ResourceRequest {
  properties: JsonObject;
  preview?: boolean;
  /** Seconds, from the resource's `customTimeouts`. */
  timeout?: number;
}

export interface CreateResponse {
  id?: string;
  properties: JsonObject;
}

export interface ReadRequest extends ResourceRequest {
  id: string;
  properties: JsonObject;
  inputs: JsonObject;
}

/** Without an id the resource does not exist. */
export interface ReadResponse {
  id?: string;
  properties?: JsonObject;
  inputs?: JsonObject;
}

export interface UpdateRequest extends ResourceRequest {
  id: string;
  olds: JsonObject;
  news: JsonObject;
  oldInputs: JsonObject;
  /** Property paths that the program leaves as they are. */
  ignoreChanges?: string[];
  preview?: boolean;
  timeout?: number;
}

export interface UpdateResponse {
  properties: JsonObject;
}

export interface DeleteRequest extends ResourceRequest {
  id: string;
  properties: JsonObject;
  oldInputs: JsonObject;
  timeout?: number;
}

export interface InvokeRequest {
  /** E.g. `aws:eks/getCluster:getCluster`. */
  token: string;
  args: JsonObject;
}

export interface InvokeResponse {
  result: JsonObject;
}

/** The resource exists, but it did not become what it should: the engine keeps its state and says why. */
export class InitFailed extends Error {
  constructor(
    message: string,
    readonly id: string,
    readonly properties: JsonObject,
    readonly inputs: JsonObject,
    readonly reasons: string[],
  ) {
    super(message);
  }
}
