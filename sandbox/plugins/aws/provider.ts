import { type Log } from "../grpc/engine-log";
import { equal, isObject, type JsonObject, objectAt, stringAt } from "../grpc/json";
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
  type InvokeRequest,
  type InvokeResponse,
  type Provider,
  type ReadRequest,
  type ReadResponse,
  type UpdateRequest,
  type UpdateResponse,
} from "../grpc/provider";
import { markSecretsLike, UNKNOWN, withoutSecrets } from "../grpc/struct";
import { Account } from "./account";
import { type EksEndpoint, eksEndpoint } from "./eks-endpoint";
import { answer } from "./invokes";
import { computedNames, make } from "./make";
import { refusal } from "./rules";
import { TYPES } from "./table";
import { type AwsType } from "./types";

/** The official provider in whose place this one stands. */
const OFFICIAL_VERSION = "7.48.0";

const STATE = "CLUSTER_FLEET_AWS_STATE";

/** A type that the table does not have: its inputs are its outputs. */
const UNKNOWN_TYPE: AwsType = { id: "${hash}", required: [], replaceOn: [] };

/** Stand-in for the official AWS provider: see `../README.md` for what it covers. It is not AWS. */
export class AwsProvider implements Provider {
  readonly version = OFFICIAL_VERSION;
  private region = "us-east-1";
  private defaultTags: JsonObject = {};
  private account: Account | undefined;
  private readonly echoed = new Set<string>();

  constructor(
    private readonly log: Log,
    private readonly env: NodeJS.ProcessEnv = process.env,
  ) {}

  checkConfig(request: CheckRequest): Promise<CheckResponse> {
    return Promise.resolve({ inputs: request.news });
  }

  diffConfig(): Promise<DiffResponse> {
    return Promise.resolve({ changes: "DIFF_NONE" });
  }

  configure({ args }: ConfigureRequest): Promise<ConfigureResponse> {
    const file = this.env[STATE] ?? "";
    if (file === "") {
      throw new Error(
        `The stand-in for the AWS provider simulates an account in a file, and ${STATE} names none. It is for ` +
          "rehearsals (npm run rehearse) alone: for AWS itself install the official provider (pulumi plugin install).",
      );
    }
    const plain = withoutSecrets(args);
    // The wire carries a nested setting of a provider as text.
    const tags = plain["defaultTags"];
    this.defaultTags = objectAt(typeof tags === "string" ? (JSON.parse(tags) as JsonObject) : tags, "tags");
    this.region = stringAt(plain, "region") || this.env["AWS_REGION"] || this.region;
    this.account = new Account(file);
    this.log("INFO", "AWS is simulated: order and shape of the resources are checked, nothing is made in any account.");
    return Promise.resolve({ acceptSecrets: true, supportsPreview: true });
  }

  check({ type, news }: CheckRequest): Promise<CheckResponse> {
    if (TYPES[type] === undefined && !this.echoed.has(type)) {
      this.echoed.add(type);
      this.log("WARNING", `The stand-in for the AWS provider does not know ${type}: its inputs are echoed.`);
    }
    const { required } = typeOf(type);
    const missing = required.filter((name) => news[name] === undefined || news[name] === null);
    const failures = missing.map((property) => ({ property, reason: `Missing required argument: ${property}` }));
    return Promise.resolve(failures.length > 0 ? { inputs: news, failures } : { inputs: news });
  }

  diff(request: DiffRequest): Promise<DiffResponse> {
    const olds = withoutSecrets(request.oldInputs);
    const news = withoutSecrets(request.news);
    const names = [...new Set([...Object.keys(olds), ...Object.keys(news)])].sort();
    const diffs = names.filter((name) => !name.startsWith("__") && !equal(olds[name], news[name]));
    const { replaceOn, unique } = typeOf(request.type);
    const replaces = diffs.filter((name) => replaceOn.includes(name));
    if (diffs.length === 0) return Promise.resolve({ changes: "DIFF_NONE" });
    return Promise.resolve({ changes: "DIFF_SOME", diffs, replaces, deleteBeforeReplace: unique === true });
  }

  create({ type, properties, preview }: CreateRequest): Promise<CreateResponse> {
    const inputs = withoutSecrets(properties);
    const known = typeOf(type);
    if (preview === true) {
      const unknown = Object.fromEntries([...computedNames(known), ...eksOutputs(type)].map((name) => [name, UNKNOWN]));
      return Promise.resolve({ properties: markSecretsLike({ ...inputs, ...unknown }, properties) });
    }
    const account = this.opened();
    const made = make(known, inputs, this.region, account.nextHash());
    if (known.unique && account.find(type, made.id) !== undefined) {
      throw new Error(`creating ${type} ${made.id}: EntityAlreadyExists: it exists already`);
    }
    this.refuse("create", type, made.id, {}, inputs);
    const outputs = { ...inputs, ...made.outputs, ...this.eks(type), tagsAll: this.tags(inputs) };
    account.put({ type, id: made.id, properties: outputs });
    return Promise.resolve({ id: made.id, properties: markSecretsLike(outputs, properties) });
  }

  read({ type, id, inputs }: ReadRequest): Promise<ReadResponse> {
    const held = this.opened().find(type, id);
    if (held === undefined) return Promise.resolve({});
    const properties = { ...held.properties, ...this.eks(type) };
    return Promise.resolve({
      id,
      properties: markSecretsLike(properties, inputs),
      inputs: liveInputs(inputs, properties),
    });
  }

  update({ type, id, news, olds, preview }: UpdateRequest): Promise<UpdateResponse> {
    const inputs = withoutSecrets(news);
    // In a preview nothing that it depends on is changed yet; the official provider does not ask AWS either.
    if (preview !== true) this.refuse("update", type, id, withoutSecrets(olds), inputs);
    const before = this.opened().find(type, id)?.properties ?? withoutSecrets(olds);
    const outputs = { ...kept(before, type), ...inputs, ...this.eks(type), tagsAll: this.tags(inputs) };
    const changed = type === "aws:ec2/launchTemplate:LaunchTemplate" ? nextVersion(before) : {};
    if (preview === true) return Promise.resolve({ properties: markSecretsLike({ ...outputs, ...changed }, news) });
    this.opened().put({ type, id, properties: { ...outputs, ...changed } });
    return Promise.resolve({ properties: markSecretsLike({ ...outputs, ...changed }, news) });
  }

  delete({ type, id, properties }: DeleteRequest): Promise<void> {
    const held = this.opened().find(type, id);
    if (held === undefined) return Promise.resolve();
    this.refuse("delete", type, id, { ...withoutSecrets(properties), ...held.properties }, {});
    this.opened().remove(type, id);
    return Promise.resolve();
  }

  invoke({ token, args }: InvokeRequest): Promise<InvokeResponse> {
    const account = this.opened();
    const region = stringAt(args, "region") || this.region;
    return Promise.resolve({
      result: answer(token, withoutSecrets(args), { account, region, eks: this.eksEndpoint() }),
    });
  }

  cancel(): void {
    // Nothing here takes time.
  }

  private opened(): Account {
    if (this.account === undefined) throw new Error("the AWS stand-in is not configured yet");
    return this.account;
  }

  private refuse(
    moment: "create" | "update" | "delete",
    type: string,
    id: string,
    before: JsonObject,
    after: JsonObject,
  ) {
    const reason = refusal(moment, { account: this.opened(), type, id, before, after });
    if (reason !== undefined) throw new Error(`${moment.replace(/e$/, "ing")} ${type} (${id}): ${reason}`);
  }

  /** An EKS cluster answers with the address of a real API server, where the rehearsal has one. */
  private eks(type: string): JsonObject {
    const endpoint = type === "aws:eks/cluster:Cluster" ? this.eksEndpoint() : undefined;
    return endpoint === undefined ? {} : { endpoint: endpoint.endpoint, certificateAuthority: { data: endpoint.ca } };
  }

  private eksEndpoint(): EksEndpoint {
    return eksEndpoint(this.env);
  }

  private tags(inputs: JsonObject): JsonObject {
    return { ...this.defaultTags, ...objectAt(inputs, "tags") };
  }
}

function typeOf(type: string): AwsType {
  return TYPES[type] ?? UNKNOWN_TYPE;
}

function eksOutputs(type: string): string[] {
  return type === "aws:eks/cluster:Cluster" ? ["endpoint", "certificateAuthority"] : [];
}

/** What AWS computed at the creation stays through an update. */
function kept(before: JsonObject, type: string): JsonObject {
  const names = computedNames(typeOf(type));
  return Object.fromEntries(Object.entries(before).filter(([name]) => names.includes(name)));
}

function nextVersion(before: JsonObject): JsonObject {
  const version = Number(before["latestVersion"] ?? 1) + 1;
  return { latestVersion: version, defaultVersion: version };
}

/** The program's inputs with the values that live now. */
function liveInputs(inputs: JsonObject, properties: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [name, isObject(value) ? value : (properties[name] ?? value)]),
  );
}
