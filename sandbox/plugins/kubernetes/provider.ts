import { type Json, type JsonObject, objectAt, stringAt } from "../grpc/json";
import { type Log } from "../grpc/engine-log";
import {
  type CheckRequest,
  type CheckResponse,
  type ConfigureRequest,
  type ConfigureResponse,
  type CreateRequest,
  type CreateResponse,
  type DeleteRequest,
  type DiffRequest,
  type DiffResponse,
  InitFailed,
  type Provider,
  type ReadRequest,
  type ReadResponse,
  type ResourceRequest,
  type UpdateRequest,
  type UpdateResponse,
} from "../grpc/provider";
import { hasUnknown, withoutSecrets } from "../grpc/struct";
import { create, NotYet, resourceOf, update, type Write } from "./apply";
import { check, withSecretsOf } from "./check";
import { type Cluster, connect } from "./cluster";
import { ApiError, Unreachable } from "./client";
import { checkConfig, diffConfig } from "./config";
import { deleteObject } from "./delete";
import { diff } from "./diff";
import { objectPath } from "./discovery";
import { RELEASE_TYPE } from "./helm/inputs";
import { HelmReleases } from "./helm/releases";
import { randomFieldManager } from "./names";
import { ANNOTATIONS, annotation, apiVersionOf, fromId, fromType, idOf, nameOf, namespaceOf, STATE } from "./objects";
import { liveInputs } from "./read";
import { type Settings, settingsFrom } from "./settings";
import { AwaitError, expectationsOf, find, timeoutSeconds, waitUntil } from "./wait";

/** The official provider whose answers this one gives. */
const OFFICIAL_VERSION = "4.32.0";

/** Stand-in for the official Kubernetes provider: see `../README.md` for what it covers. */
export class KubernetesProvider implements Provider {
  readonly version = OFFICIAL_VERSION;
  private settings: Settings = settingsFrom({}, {});
  private cluster: Cluster | undefined;
  private releases: HelmReleases | undefined;
  private readonly ended = new AbortController();

  /** @param connectTo how a cluster is reached; for tests */
  constructor(
    private readonly log: Log,
    private readonly connectTo: (settings: Settings) => Cluster = connect,
  ) {}

  checkConfig(request: CheckRequest): Promise<CheckResponse> {
    return Promise.resolve(checkConfig(request));
  }

  diffConfig(request: DiffRequest): Promise<DiffResponse> {
    return diffConfig(request);
  }

  configure({ args }: ConfigureRequest): Promise<ConfigureResponse> {
    this.settings = settingsFrom(args, process.env);
    // Connecting waits for the first question, so that the provider starts at once.
    this.cluster = this.settings.unknown ? undefined : this.connectTo(this.settings);
    const { settings, cluster, log, ended } = this;
    this.releases = new HelmReleases({ settings, cluster, log, ended: ended.signal, env: process.env });
    return Promise.resolve({ acceptSecrets: true, supportsPreview: true, supportsAutonamingConfiguration: true });
  }

  async check(request: CheckRequest): Promise<CheckResponse> {
    const releases = this.releasesFor(request);
    if (releases) return releases.check(request);
    return check(request, this.cluster?.kinds, this.settings.namespace);
  }

  diff(request: DiffRequest): Promise<DiffResponse> {
    const releases = this.releasesFor(request);
    if (releases) return Promise.resolve(releases.diff(request));
    return Promise.resolve(diff(request, this.settings));
  }

  async create(request: CreateRequest): Promise<CreateResponse> {
    const releases = this.releasesFor(request);
    if (releases) return releases.create(request);
    const inputs = withoutSecrets(request.properties);
    const preview = request.preview === true;
    if (preview && (hasUnknown(inputs) || !this.cluster)) return { properties: request.properties };
    const { api } = this.reachable();
    const write = this.write(inputs, "", request.urn, preview);
    const state = (live: JsonObject) => this.state(live, request.properties, write, apiVersionOf(inputs));
    let live: JsonObject;
    try {
      live = await create(inputs, this.settings.upsertExistingObjects, write);
    } catch (error) {
      if (preview && error instanceof NotYet) return { properties: request.properties };
      throw refused(request.urn, "created", error);
    }
    if (preview) return { properties: state(live) };
    live = await this.settled(api, live, inputs, request, (seen) => ({ id: idOf(live), properties: state(seen) }));
    return { id: idOf(live), properties: state(live) };
  }

  async update(request: UpdateRequest): Promise<UpdateResponse> {
    const releases = this.releasesFor(request);
    if (releases) return releases.update(request);
    const inputs = withoutSecrets(request.news);
    const preview = request.preview === true;
    if (preview && (hasUnknown(inputs) || !this.cluster)) return { properties: request.news };
    const { api } = this.reachable();
    const write = this.write(inputs, stringAt(request.olds, STATE.fieldManager), request.urn, preview);
    const initialApiVersion = stringAt(request.olds, STATE.initialApiVersion) || apiVersionOf(inputs);
    const state = (live: JsonObject) => this.state(live, request.news, write, initialApiVersion);
    let live: JsonObject;
    try {
      live = await update(inputs, request.ignoreChanges ?? [], write);
    } catch (error) {
      if (preview && error instanceof NotYet) return { properties: request.news };
      throw refused(request.urn, "updated", error);
    }
    if (preview) return { properties: state(live) };
    live = await this.settled(api, live, inputs, request, (seen) => ({ id: request.id, properties: state(seen) }));
    return { properties: state(live) };
  }

  async read(request: ReadRequest): Promise<ReadResponse> {
    const releases = this.releasesFor(request);
    if (releases) return releases.read(request);
    const { api, kinds } = this.reachable();
    const known = withoutSecrets(request.inputs);
    const { namespace, name } = fromId(request.id);
    const about = Object.keys(known).length > 0 ? known : (fromType(request.type) as unknown as JsonObject);
    let live: JsonObject | undefined;
    try {
      const resource = await kinds.find(stringAt(about, "apiVersion"), stringAt(about, "kind"));
      const path = resource && objectPath(resource, namespace || this.settings.namespace, name);
      live = path ? await find(api, path) : undefined;
    } catch (error) {
      if (error instanceof Unreachable && this.settings.deleteUnreachable) return {};
      throw error;
    }
    if (!live) return {};
    const inputs = withSecretsOf(liveInputs(live, known), request.inputs);
    const fieldManager = stringAt(request.properties, STATE.fieldManager) || manager(known, "");
    const initialApiVersion = stringAt(request.properties, STATE.initialApiVersion) || apiVersionOf(live);
    const properties = this.state(live, inputs, { fieldManager }, initialApiVersion);
    return { id: idOf(live), properties, inputs };
  }

  async delete(request: DeleteRequest): Promise<void> {
    const state = withoutSecrets(request.properties);
    const inputs = { ...objectAt(state, STATE.inputs), ...withoutSecrets(request.oldInputs) };
    try {
      const releases = this.releasesFor(request);
      if (releases) return await releases.delete(request);
      const { api, kinds } = this.reachable();
      // A kind that the API server has no more has no objects either.
      const resource = await resourceOf(state, kinds).catch((error: unknown) => {
        if (error instanceof NotYet) return undefined;
        throw error;
      });
      if (!resource) return;
      await deleteObject(api, resource, fromId(request.id), inputs, {
        timeout: timeoutSeconds(request.timeout, inputs),
        signal: this.ended.signal,
        progress: this.progress(request.urn),
      });
    } catch (error) {
      if (error instanceof Unreachable && this.settings.deleteUnreachable) return;
      throw refused(request.urn, "deleted", error);
    }
  }

  cancel(): void {
    this.ended.abort();
  }

  private releasesFor({ type }: ResourceRequest): HelmReleases | undefined {
    return type === RELEASE_TYPE ? this.releases : undefined;
  }

  private reachable(): Cluster {
    if (this.cluster) return this.cluster;
    throw new Unreachable("configured Kubernetes cluster is unreachable: its kubeconfig is not known yet");
  }

  private write(inputs: JsonObject, lastManager: string, urn: string, preview: boolean): Write {
    const { api, kinds } = this.reachable();
    return {
      api,
      kinds,
      fieldManager: manager(inputs, lastManager),
      preview,
      force: this.settings.enablePatchForce,
      onWarning: (text) => this.log("WARNING", text, urn),
      signal: this.ended.signal,
    };
  }

  /** Waits for what the object's annotations ask for. An object that does not get there is kept, with the reason. */
  private async settled(
    api: Cluster["api"],
    live: JsonObject,
    inputs: JsonObject,
    request: CreateRequest | UpdateRequest,
    kept: (seen: JsonObject) => { id: string; properties: JsonObject },
  ): Promise<JsonObject> {
    try {
      const expectations = expectationsOf(inputs);
      if (expectations.length === 0) return live;
      const resource = await resourceOf(inputs, this.reachable().kinds);
      return await waitUntil(api, live, expectations, {
        path: objectPath(resource, namespaceOf(live), nameOf(live)),
        timeout: timeoutSeconds(request.timeout, inputs),
        signal: this.ended.signal,
        progress: this.progress(request.urn),
      });
    } catch (error) {
      const { id, properties } = kept(error instanceof AwaitError ? error.live : live);
      const reason = error instanceof Error ? error.message : String(error);
      const sentInputs = "properties" in request ? request.properties : request.news;
      throw new InitFailed(`resource ${request.urn} was written, but: ${reason}`, id, properties, sentInputs, [reason]);
    }
  }

  private progress(urn: string): (message: string) => void {
    let last = "";
    return (message) => {
      if (message !== last) this.log("DEBUG", message, urn);
      last = message;
    };
  }

  private state(
    live: JsonObject,
    inputs: JsonObject,
    { fieldManager }: Pick<Write, "fieldManager">,
    initialApiVersion: string,
  ): JsonObject {
    return {
      ...withSecretsOf(live, inputs),
      [STATE.fieldManager]: fieldManager,
      [STATE.initialApiVersion]: initialApiVersion,
      [STATE.inputs]: inputs as Json,
    };
  }
}

function manager(inputs: JsonObject, last: string): string {
  return annotation(inputs, ANNOTATIONS.fieldManager) || last || randomFieldManager();
}

function refused(urn: string, done: "created" | "updated" | "deleted", error: unknown): unknown {
  if (!(error instanceof ApiError) && !(error instanceof NotYet)) return error;
  return new Error(`resource "${urn}" was not successfully ${done} by the Kubernetes API server: ${error.message}`);
}
