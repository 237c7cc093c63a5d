import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as wire from "@pulumi/pulumi/proto/provider_pb";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import { initFailedMetadata } from "./init-failed";
import { Empty } from "./protobuf";
import { type CheckRequest, type DiffResponse, InitFailed, type Provider, type ResourceRequest } from "./provider";
import { recordCall } from "./record";
import { servePlugin, withUnimplemented } from "./serve";
import { fromStruct, toStruct } from "./struct";

/** Serves a provider to the engine that started this process. */
export async function serveProvider(provider: Provider): Promise<void> {
  const service = ResourceProviderService as unknown as grpc.ServiceDefinition;
  await servePlugin(service, withUnimplemented(service, providerHandlers(provider)), () => provider.cancel());
}

function providerHandlers(provider: Provider): grpc.UntypedServiceImplementation {
  return {
    getPluginInfo: unary(
      "GetPluginInfo",
      () => ({}),
      () => Promise.resolve({ version: provider.version }),
      pluginInfo,
    ),
    getSchema: unary(
      "GetSchema",
      () => ({}),
      () => Promise.resolve({}),
      () => new wire.GetSchemaResponse().setSchema("{}"),
    ),
    checkConfig: unary("CheckConfig", checkRequest, (request) => provider.checkConfig(request), checkResponse),
    diffConfig: unary("DiffConfig", diffRequest, (request) => provider.diffConfig(request), diffResponse),
    configure: unary("Configure", configureRequest, (request) => provider.configure(request), configureResponse),
    check: unary("Check", checkRequest, (request) => provider.check(request), checkResponse),
    diff: unary("Diff", diffRequest, (request) => provider.diff(request), diffResponse),
    create: unary(
      "Create",
      createRequest,
      (request) => provider.create(request),
      (response) => new wire.CreateResponse().setId(response.id ?? "").setProperties(toStruct(response.properties)),
    ),
    read: unary(
      "Read",
      readRequest,
      (request) => provider.read(request),
      (response) =>
        new wire.ReadResponse()
          .setId(response.id ?? "")
          .setProperties(response.properties && toStruct(response.properties))
          .setInputs(response.inputs && toStruct(response.inputs)),
    ),
    update: unary(
      "Update",
      updateRequest,
      (request) => provider.update(request),
      (response) => new wire.UpdateResponse().setProperties(toStruct(response.properties)),
    ),
    delete: unary("Delete", deleteRequest, (request) => provider.delete(request), empty),
    ...invokeHandler(provider),
    cancel: unary(
      "Cancel",
      () => ({}),
      () => Promise.resolve(provider.cancel()),
      empty,
    ),
  };
}

function invokeHandler(provider: Provider): grpc.UntypedServiceImplementation {
  if (provider.invoke === undefined) return {};
  const invoke = provider.invoke.bind(provider);
  return {
    invoke: unary(
      "Invoke",
      (message: wire.InvokeRequest) => ({ token: message.getTok(), args: fromStruct(message.getArgs()) }),
      invoke,
      ({ result }) => new wire.InvokeResponse().setReturn(toStruct(result)),
    ),
  };
}

function unary<Message, Request, Response>(
  method: string,
  decode: (message: Message) => Request,
  handle: (request: Request) => Promise<Response>,
  encode: (response: Response) => unknown,
): grpc.handleUnaryCall<Message, unknown> {
  return (call, callback) => {
    const request = decode(call.request);
    // Within a promise, so that what is thrown at once reaches the engine with its message too.
    void Promise.resolve(request)
      .then(handle)
      .then(
        (response) => {
          recordCall(method, request, { response });
          callback(null, encode(response));
        },
        (error: unknown) => {
          const message = error instanceof Error ? error.message : String(error);
          recordCall(method, request, { error: message });
          callback({
            code: grpc.status.UNKNOWN,
            details: message,
            ...(error instanceof InitFailed ? { metadata: initFailedMetadata(error) } : {}),
          });
        },
      );
  };
}

interface AboutResource {
  getUrn(): string;
  getName(): string;
  getType(): string;
}

function resourceRequest(message: AboutResource): ResourceRequest {
  return { urn: message.getUrn(), name: message.getName(), type: message.getType() };
}

function checkRequest(message: wire.CheckRequest): CheckRequest {
  const autonaming = message.getAutonaming();
  const modes = ["PROPOSE", "ENFORCE", "DISABLE"] as const;
  return {
    ...resourceRequest(message),
    olds: fromStruct(message.getOlds()),
    news: fromStruct(message.getNews()),
    randomSeed: Buffer.from(message.getRandomseed() as Uint8Array).toString("base64"),
    ...(autonaming && {
      autonaming: { proposedName: autonaming.getProposedName(), mode: modes[autonaming.getMode()] ?? "PROPOSE" },
    }),
  };
}

function diffRequest(message: wire.DiffRequest) {
  return {
    ...resourceRequest(message),
    id: message.getId(),
    olds: fromStruct(message.getOlds()),
    news: fromStruct(message.getNews()),
    oldInputs: fromStruct(message.getOldInputs()),
  };
}

function configureRequest(message: wire.ConfigureRequest) {
  const about = { urn: message.getUrn() ?? "", name: message.getName() ?? "", type: message.getType() ?? "" };
  return { ...about, args: fromStruct(message.getArgs()) };
}

function createRequest(message: wire.CreateRequest) {
  return {
    ...resourceRequest(message),
    properties: fromStruct(message.getProperties()),
    preview: message.getPreview(),
    timeout: message.getTimeout(),
  };
}

function readRequest(message: wire.ReadRequest) {
  return {
    ...resourceRequest(message),
    id: message.getId(),
    properties: fromStruct(message.getProperties()),
    inputs: fromStruct(message.getInputs()),
  };
}

function updateRequest(message: wire.UpdateRequest) {
  return {
    ...resourceRequest(message),
    id: message.getId(),
    olds: fromStruct(message.getOlds()),
    news: fromStruct(message.getNews()),
    oldInputs: fromStruct(message.getOldInputs()),
    ignoreChanges: message.getIgnorechangesList(),
    preview: message.getPreview(),
    timeout: message.getTimeout(),
  };
}

function deleteRequest(message: wire.DeleteRequest) {
  return {
    ...resourceRequest(message),
    id: message.getId(),
    properties: fromStruct(message.getProperties()),
    oldInputs: fromStruct(message.getOldInputs()),
    timeout: message.getTimeout(),
  };
}

function pluginInfo(response: { version: string }) {
  return new plugin.PluginInfo().setVersion(response.version);
}

function checkResponse(response: Awaited<ReturnType<Provider["check"]>>) {
  return new wire.CheckResponse()
    .setInputs(toStruct(response.inputs))
    .setFailuresList(
      (response.failures ?? []).map(({ property, reason }) =>
        new wire.CheckFailure().setProperty(property ?? "").setReason(reason),
      ),
    );
}

function configureResponse(response: Awaited<ReturnType<Provider["configure"]>>) {
  return new wire.ConfigureResponse()
    .setAcceptsecrets(response.acceptSecrets ?? false)
    .setSupportspreview(response.supportsPreview ?? false)
    .setSupportsAutonamingConfiguration(response.supportsAutonamingConfiguration ?? false);
}

function diffResponse(response: DiffResponse) {
  const message = new wire.DiffResponse()
    .setChanges(wire.DiffResponse.DiffChanges[response.changes])
    .setReplacesList(response.replaces ?? [])
    .setDiffsList(response.diffs ?? [])
    .setDeletebeforereplace(response.deleteBeforeReplace ?? false)
    .setHasdetaileddiff(response.hasDetailedDiff ?? false);
  for (const [path, { kind, inputDiff }] of Object.entries(response.detailedDiff ?? {})) {
    const difference = new wire.PropertyDiff()
      .setKind(wire.PropertyDiff.Kind[kind ?? "ADD"])
      .setInputdiff(inputDiff ?? false);
    message.getDetaileddiffMap().set(path, difference);
  }
  return message;
}

function empty() {
  return new Empty();
}
