import { equal, type JsonObject } from "../grpc/json";
import {
  type CheckRequest,
  type CheckResponse,
  type ConfigureResponse,
  type CreateRequest,
  type CreateResponse,
  type DiffRequest,
  type DiffResponse,
  type Provider,
  type ReadRequest,
  type ReadResponse,
  type UpdateRequest,
  type UpdateResponse,
} from "../grpc/provider";
import { hasUnknown, markSecretsLike, secret, UNKNOWN, withoutSecrets } from "../grpc/struct";
import { impossible, type Kind, KINDS } from "./values";

/** The official provider whose answers this one gives. */
const OFFICIAL_VERSION = "4.21.2";

/** Stand-in for the official random provider: see `../README.md` for what it covers. */
export class RandomProvider implements Provider {
  readonly version = OFFICIAL_VERSION;

  checkConfig(request: CheckRequest): Promise<CheckResponse> {
    return Promise.resolve({ inputs: request.news });
  }

  diffConfig(): Promise<DiffResponse> {
    return Promise.resolve({ changes: "DIFF_NONE" });
  }

  configure(): Promise<ConfigureResponse> {
    return Promise.resolve({ acceptSecrets: true, supportsPreview: true });
  }

  check({ type, news }: CheckRequest): Promise<CheckResponse> {
    const kind = KINDS[type];
    if (!kind) {
      const reason = `The stand-in for the random provider does not support ${type}: install the official provider for it.`;
      return Promise.resolve({ inputs: news, failures: [{ reason }] });
    }
    const plain = withoutSecrets(news);
    const missing = kind.required.filter((name) => plain[name] === undefined || plain[name] === null);
    const known = [...kind.required, ...kind.optional];
    const unknown = Object.keys(plain).filter((name) => !known.includes(name) && !name.startsWith("__"));
    const failures = [
      ...missing.map((property) => ({ property, reason: `${property} is required.` })),
      ...unknown.map((property) => ({ property, reason: `there is no input "${property}".` })),
    ];
    const reason = hasUnknown(plain) ? undefined : impossible(plain);
    if (reason) failures.push({ property: "", reason });
    return Promise.resolve(failures.length > 0 ? { inputs: news, failures } : { inputs: news });
  }

  /** Every change makes a new value, for only so can it follow its inputs. */
  diff(request: DiffRequest): Promise<DiffResponse> {
    const olds = withoutSecrets(request.oldInputs);
    const news = withoutSecrets(request.news);
    const names = [...new Set([...Object.keys(olds), ...Object.keys(news)])].sort();
    const changed = names.filter((name) => !name.startsWith("__") && !equal(olds[name], news[name]));
    if (changed.length === 0) return Promise.resolve({ changes: "DIFF_NONE" });
    return Promise.resolve({ changes: "DIFF_SOME", diffs: changed, replaces: changed });
  }

  create({ type, properties, preview }: CreateRequest): Promise<CreateResponse> {
    const kind = kindOf(type);
    const inputs = withoutSecrets(properties);
    if (preview === true) {
      const outputs = Object.fromEntries(kind.computed.map((name) => [name, UNKNOWN]));
      return Promise.resolve({ properties: marked({ ...inputs, ...outputs }, kind, properties) });
    }
    const { id, outputs } = kind.make(inputs);
    return Promise.resolve({ id, properties: marked(outputs, kind, properties) });
  }

  /** The value lives in Pulumi's state alone: nothing to look at. */
  read({ id, type, properties, inputs }: ReadRequest): Promise<ReadResponse> {
    if (Object.keys(properties).length === 0) {
      return Promise.reject(new Error(`The stand-in for the random provider cannot import ${type}.`));
    }
    return Promise.resolve({ id, properties, inputs });
  }

  update({ urn }: UpdateRequest): Promise<UpdateResponse> {
    return Promise.reject(new Error(`${urn}: a random value is replaced, never updated`));
  }

  delete(): Promise<void> {
    return Promise.resolve();
  }

  cancel(): void {
    // Nothing here takes time.
  }
}

function kindOf(type: string): Kind {
  const kind = KINDS[type];
  if (!kind) throw new Error(`The stand-in for the random provider does not support ${type}.`);
  return kind;
}

function marked(outputs: JsonObject, kind: Kind, inputs: JsonObject): JsonObject {
  const result = markSecretsLike(outputs, inputs);
  for (const name of kind.secrets) result[name] = secret(outputs[name] ?? "");
  return result;
}
