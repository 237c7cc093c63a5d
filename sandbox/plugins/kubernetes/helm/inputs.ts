import * as crypto from "node:crypto";
import { isObject, type Json, type JsonObject, objectAt, stringAt } from "../../grpc/json";
import { type CheckRequest } from "../../grpc/provider";
import { hasUnknown, isSecret, withoutSecrets } from "../../grpc/struct";

export const RELEASE_TYPE = "kubernetes:helm.sh/v3:Release";

/** Seconds, where a release says nothing. */
const DEFAULT_TIMEOUT = 300;

/** Switches that become a flag of helm: on install, on upgrade, or on both. */
const FLAGS: Record<string, { flag: string; on: "install" | "upgrade" | "both" }> = {
  cleanupOnFail: { flag: "--cleanup-on-fail", on: "upgrade" },
  createNamespace: { flag: "--create-namespace", on: "both" },
  disableOpenapiValidation: { flag: "--disable-openapi-validation", on: "both" },
  disableWebhooks: { flag: "--no-hooks", on: "both" },
  forceUpdate: { flag: "--force", on: "upgrade" },
  renderSubchartNotes: { flag: "--render-subchart-notes", on: "both" },
  resetValues: { flag: "--reset-values", on: "upgrade" },
  reuseValues: { flag: "--reuse-values", on: "upgrade" },
  skipCrds: { flag: "--skip-crds", on: "both" },
};

const SUPPORTED = new Set([
  ...Object.keys(FLAGS),
  "allowNullValues",
  "atomic",
  "chart",
  "checksum",
  "compat",
  "description",
  "maxHistory",
  "name",
  "namespace",
  "repositoryOpts",
  "resourceNames",
  "skipAwait",
  "timeout",
  "values",
  "version",
  "waitForJobs",
]);

/** Why the stand-in cannot honour a release, for each input that it cannot; one that is off or empty asks for nothing. */
export function refusals(news: JsonObject): { property: string; reason: string }[] {
  const plain = withoutSecrets(news);
  const missing = ["chart"].filter((property) => plain[property] === undefined);
  const unfit = Object.entries(plain).filter(
    ([property, value]) => !SUPPORTED.has(property) && asksForSomething(value),
  );
  return [
    ...missing.map((property) => ({ property, reason: `${property} is required.` })),
    ...unfit.map(([property]) => ({
      property,
      reason: `The stand-in for the Kubernetes provider does not support "${property}" of a Helm release: leave it out or install the official provider.`,
    })),
  ];
}

function asksForSomething(value: Json): boolean {
  return value !== null && value !== false && value !== "" && !(Array.isArray(value) && value.length === 0);
}

/** The inputs as they are kept: with a name, a namespace and a time-out. Null values go, unless they are asked for. */
export function releaseInputs({ name, news, olds, randomSeed }: CheckRequest, namespace: string): JsonObject {
  const { compat: _compat, ...plain } = withoutSecrets(news);
  const given = plain["allowNullValues"] === true ? plain : (withoutNulls(plain) as JsonObject);
  return {
    timeout: DEFAULT_TIMEOUT,
    ...given,
    name: given["name"] || withoutSecrets(olds)["name"] || `${name}-${suffix(randomSeed)}`,
    namespace: given["namespace"] || namespace,
  };
}

function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return value.filter((item) => item !== null).map(withoutNulls);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutNulls(item)]));
}

function suffix(seed: string | undefined): string {
  const digits = seed === undefined ? crypto.randomBytes(4) : crypto.createHash("sha256").update(seed).digest();
  return digits.toString("hex").slice(0, 8);
}

/** A release, read from inputs without unknowns and secret marks. */
export interface Release {
  readonly name: string;
  readonly namespace: string;
  readonly chart: string;
  /** `""` if the release names none. */
  readonly version: string;
  /** Address of the chart repository, `""` if there is none. */
  readonly repo: string;
  readonly values: JsonObject;
  readonly timeout: string;
  readonly atomic: boolean;
  readonly createNamespace: boolean;
  /** Further arguments of helm. */
  readonly installArgs: readonly string[];
  readonly upgradeArgs: readonly string[];
  /** Texts that no message may show. */
  readonly secrets: readonly string[];
}

/** @throws Error if something is not known yet */
export function release(inputs: JsonObject): Release {
  const plain = withoutSecrets(inputs);
  if (hasUnknown(plain)) throw new Error("a Helm release has inputs that are not known");
  const flags = (on: "install" | "upgrade") =>
    Object.entries(FLAGS).flatMap(([key, flag]) => (plain[key] === true && flag.on !== not(on) ? [flag.flag] : []));
  const description = stringAt(plain, "description");
  const described = description ? ["--description", description] : [];
  const history = typeof plain["maxHistory"] === "number" ? ["--history-max", String(plain["maxHistory"])] : [];
  return {
    name: stringAt(plain, "name"),
    namespace: stringAt(plain, "namespace"),
    chart: stringAt(plain, "chart"),
    version: stringAt(plain, "version"),
    repo: stringAt(plain, "repositoryOpts", "repo"),
    values: objectAt(plain, "values"),
    timeout: `${Number(plain["timeout"]) || DEFAULT_TIMEOUT}s`,
    atomic: plain["atomic"] === true,
    createNamespace: plain["createNamespace"] === true,
    installArgs: [...flags("install"), ...described],
    upgradeArgs: [...flags("upgrade"), ...described, ...history],
    secrets: secretTexts(inputs),
  };
}

/** Shorter ones hide nothing, and masking them would garble every message. */
const SECRET_LENGTH = 4;

function secretTexts(value: Json, inSecret = false): string[] {
  if (isSecret(value)) return secretTexts(value.value, true);
  if (typeof value === "string") return inSecret && value.length >= SECRET_LENGTH ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => secretTexts(item, inSecret));
  return isObject(value) ? Object.values(value).flatMap((item) => secretTexts(item, inSecret)) : [];
}

function not(on: "install" | "upgrade"): "install" | "upgrade" {
  return on === "install" ? "upgrade" : "install";
}
