import { type Log } from "../grpc/engine-log";
import { equal, type JsonObject, objectAt, stringAt, valueAt } from "../grpc/json";
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
import { hasUnknown, markSecretsLike, UNKNOWN, withoutSecrets } from "../grpc/struct";
import { Account } from "./account";
import { type EksEndpoint, eksEndpoint } from "./eks-endpoint";
import { importedInputs, inputFailures, liveInputs } from "./inputs";
import { answer } from "./invokes";
import { versions } from "./launch-template";
import { computedNames, make, uniqueness, within } from "./make";
import { prefixedName, withName } from "./names";
import { type Moment, refusal } from "./rules";
import { TYPES } from "./table";
import { type AwsType } from "./types";

/** The official provider in whose place this one stands. */
const OFFICIAL_VERSION = "7.48.0";

const STATE = "CLUSTER_FLEET_AWS_STATE";

/** A type that the table does not have: its inputs are its outputs. */
const UNKNOWN_TYPE: AwsType = { id: "${hash}", required: [], optional: ["tags"], replaceOn: [] };

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
    return Promise.resolve({ acceptSecrets: true, supportsPreview: true, supportsAutonamingConfiguration: true });
  }

  check(request: CheckRequest): Promise<CheckResponse> {
    const { type, news } = request;
    if (TYPES[type] === undefined) {
      this.noticeUnknown(type);
      return Promise.resolve({ inputs: news });
    }
    const known = typeOf(type);
    const failures = inputFailures(known, news);
    return Promise.resolve(failures.length > 0 ? { inputs: news, failures } : { inputs: withName(known, request) });
  }

  diff(request: DiffRequest): Promise<DiffResponse> {
    const olds = withoutSecrets(request.oldInputs);
    const news = withoutSecrets(request.news);
    const known = typeOf(request.type);
    const names = [...new Set([...Object.keys(olds), ...Object.keys(news)])].sort();
    const changed = names.filter((name) => !name.startsWith("__") && !equal(olds[name], news[name]));
    // The provider's own tags may have changed, and with them what every thing carries.
    const { tagsAll } = this.tagsAll(known, news);
    const retagged = tagsAll !== undefined && !equal(withoutSecrets(request.olds)["tagsAll"], tagsAll);
    const diffs = [...changed, ...(retagged ? ["tagsAll"] : [])];
    if (diffs.length === 0) return Promise.resolve({ changes: "DIFF_NONE" });
    const replaces = changed.filter((name) => isReplacedFor(name, known, olds, news));
    const before = uniqueness(known, olds, this.region)?.key;
    const deleteBeforeReplace = before !== undefined && before === uniqueness(known, news, this.region)?.key;
    return Promise.resolve({ changes: "DIFF_SOME", diffs, replaces, deleteBeforeReplace });
  }

  create({ type, properties, preview }: CreateRequest): Promise<CreateResponse> {
    const known = typeOf(type);
    const inputs = { ...known.defaults, ...withoutSecrets(properties) };
    const tagged = { ...this.regional(known, inputs), ...this.tagsAll(known, inputs) };
    if (preview === true) {
      const unknown = Object.fromEntries([...computedNames(known), ...eksOutputs(type)].map((name) => [name, UNKNOWN]));
      const inside = within(known, inputs, unknownInside(known));
      const outputs = { ...inputs, ...namedLater(known, inputs), ...tagged, ...unknown, ...inside };
      return Promise.resolve({ properties: markSecretsLike(outputs, properties) });
    }
    const account = this.opened();
    const hash = account.nextHash();
    const named = { ...inputs, ...prefixedName(known, inputs, hash) };
    const made = make(known, named, { region: this.regionOf(named), hash, vpc: this.vpcOf(named) });
    this.refuse("create", type, made.id, {}, named);
    const outputs = { ...named, ...tagged, ...made.outputs, ...this.eks(type) };
    account.put({ type, id: made.id, properties: outputs });
    return Promise.resolve({ id: made.id, properties: markSecretsLike(outputs, properties) });
  }

  /** Without a state it is an import, and the inputs are what the thing says of itself. */
  read({ type, id, inputs, properties: state }: ReadRequest): Promise<ReadResponse> {
    const held = this.opened().find(type, id);
    if (held === undefined) return Promise.resolve({});
    const properties = { ...held.properties, ...this.eks(type) };
    const isImport = Object.keys(state).length === 0;
    const live = isImport ? importedInputs(typeOf(type), properties) : liveInputs(inputs, properties);
    return Promise.resolve({
      id,
      properties: markSecretsLike(properties, inputs),
      inputs: markSecretsLike(live, inputs),
    });
  }

  update({ type, id, news, olds, preview }: UpdateRequest): Promise<UpdateResponse> {
    const known = typeOf(type);
    const inputs = { ...known.defaults, ...withoutSecrets(news) };
    // In a preview nothing that it depends on is changed yet; the official provider does not ask AWS either.
    if (preview !== true) this.refuse("update", type, id, withoutSecrets(olds), inputs);
    const before = this.opened().find(type, id)?.properties ?? withoutSecrets(olds);
    const outputs = {
      ...kept(before, known),
      ...inputs,
      ...within(known, inputs, objectAt(before, known.within?.input ?? "")),
      ...this.regional(known, inputs),
      ...this.tagsAll(known, inputs),
      ...this.eks(type),
      ...versions(type, before, inputs, preview === true),
    };
    if (preview !== true) this.opened().put({ type, id, properties: outputs });
    return Promise.resolve({ properties: markSecretsLike(outputs, news) });
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

  private noticeUnknown(type: string): void {
    if (this.echoed.has(type)) return;
    this.echoed.add(type);
    this.log("WARNING", `The stand-in for the AWS provider does not know ${type}: its inputs are echoed.`);
  }

  private refuse(moment: Moment, type: string, id: string, before: JsonObject, after: JsonObject): void {
    const second = moment === "create" ? this.secondOf(type, after) : undefined;
    const reason = second ?? refusal(moment, { account: this.opened(), type, id, before, after });
    if (reason !== undefined) throw new Error(`${moment.replace(/e$/, "ing")} ${type} (${id}): ${reason}`);
  }

  /** AWS' words if it has one of the same already. */
  private secondOf(type: string, inputs: JsonObject): string | undefined {
    const known = typeOf(type);
    const own = uniqueness(known, inputs, this.regionOf(inputs));
    if (own === undefined) return undefined;
    const taken = this.opened()
      .all(type)
      .some(({ properties }) => uniqueness(known, properties, this.regionOf(properties))?.key === own.key);
    return taken ? own.refusal : undefined;
  }

  /** An EKS cluster answers with the address of a real API server, where the rehearsal has one. */
  private eks(type: string): JsonObject {
    const endpoint = type === "aws:eks/cluster:Cluster" ? this.eksEndpoint() : undefined;
    return endpoint === undefined ? {} : { endpoint: endpoint.endpoint, certificateAuthority: { data: endpoint.ca } };
  }

  private eksEndpoint(): EksEndpoint {
    return eksEndpoint(this.env);
  }

  private vpcOf(inputs: JsonObject): string {
    const subnets = valueAt(inputs, "vpcConfig", "subnetIds");
    const [first] = Array.isArray(subnets) ? subnets : [];
    const subnet = typeof first === "string" ? this.opened().find("aws:ec2/subnet:Subnet", first) : undefined;
    return stringAt(subnet?.properties, "vpcId");
  }

  private regional(known: AwsType, inputs: JsonObject): JsonObject {
    return known.optional.includes("region") ? { region: this.regionOf(inputs) } : {};
  }

  private regionOf(inputs: JsonObject): string {
    return stringAt(inputs, "region") || this.region;
  }

  /** What a thing carries in the end; nothing where AWS knows no tags. */
  private tagsAll(known: AwsType, inputs: JsonObject): JsonObject {
    if (!known.optional.includes("tags")) return {};
    const tags = inputs["tags"];
    return {
      tagsAll: typeof tags === "string" && hasUnknown(tags) ? UNKNOWN : { ...this.defaultTags, ...objectAt(tags) },
    };
  }
}

function typeOf(type: string): AwsType {
  return TYPES[type] ?? UNKNOWN_TYPE;
}

/** Whether a changed input, or the part of it that counts, makes another thing. A thing never moves to another region. */
function isReplacedFor(name: string, known: AwsType, olds: JsonObject, news: JsonObject): boolean {
  return [...known.replaceOn, "region"]
    .map((path) => path.split("."))
    .some((path) => path[0] === name && !equal(valueAt(olds, ...path), valueAt(news, ...path)));
}

/** In a preview a name that AWS makes of a prefix is not known. */
function namedLater(known: AwsType, inputs: JsonObject): JsonObject {
  const [name] = Object.keys(prefixedName(known, inputs, ""));
  return name === undefined ? {} : { [name]: UNKNOWN };
}

function unknownInside({ within }: AwsType): JsonObject {
  return Object.fromEntries(Object.keys(within?.outputs ?? {}).map((name) => [name, UNKNOWN]));
}

function eksOutputs(type: string): string[] {
  return type === "aws:eks/cluster:Cluster" ? ["endpoint", "certificateAuthority"] : [];
}

/** What AWS computed at the creation, and the name that it made, stay through an update. */
function kept(before: JsonObject, known: AwsType): JsonObject {
  const names = [...computedNames(known), ...(known.autoName === undefined ? [] : [known.autoName.input])];
  return Object.fromEntries(Object.entries(before).filter(([name]) => names.includes(name)));
}
