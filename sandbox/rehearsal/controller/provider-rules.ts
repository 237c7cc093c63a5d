import { PROVIDERS } from "../../../fleet/cluster-api/providers";
import { TURTLES_API } from "../../../fleet/cluster-api/turtles";
import { type JsonObject, objectAt, stringAt } from "../../plugins/grpc/json";
import { type ForeignSystem } from "../kinds/foreign-kinds";
import { type Cluster, collectionOf } from "./cluster";
import { generationOf, holding, isTrue } from "./conditions";
import { type ReadyRule } from "./rules";

const OPERATOR_API = "operator.cluster.x-k8s.io/v1alpha2";
const GETS = "installed, Ready; not before the core is, nor without its Secret";

/** The systems that providers install, by what the provider is called. */
const BRINGS: Readonly<Record<string, ForeignSystem>> = { "infrastructure/aws": "capa", "addon/helm": "caaph" };

/** Providers of Cluster API, of the operator's kinds and of Turtles'. */
export const PROVIDER_RULES: readonly ReadyRule[] = [
  ...Object.values(PROVIDERS).map(({ role, kind }) => ({
    apiVersion: OPERATOR_API,
    kind,
    plural: `${kind.toLowerCase()}s`,
    insteadOf: "Cluster API operator",
    gets: GETS,
    status: installed,
    lacks: (object: JsonObject, cluster: Cluster) => lack(object, cluster, role !== "core", coreProviders),
    brings: (object: JsonObject) => BRINGS[`${role}/${stringAt(object, "metadata", "name")}`],
  })),
  {
    apiVersion: TURTLES_API,
    kind: "CAPIProvider",
    plural: "capiproviders",
    insteadOf: "Rancher Turtles",
    gets: GETS,
    status: (object, now) => ({ ...installed(object, now), phase: "Ready", name: providerName(object) }),
    lacks: (object, cluster) => lack(object, cluster, !isCore(object), coresOfTurtles),
    brings: (object) => BRINGS[`${stringAt(object, "spec", "type")}/${providerName(object)}`],
  },
];

function installed(object: JsonObject, now: string): JsonObject {
  const observedGeneration = generationOf(object);
  const version = stringAt(object, "spec", "version");
  const condition = (type: string) => holding(object, now, type, type, { observedGeneration });
  return {
    observedGeneration,
    ...(version === "" ? {} : { installedVersion: version }),
    conditions: ["PreflightCheckPassed", "ProviderInstalled", "Ready"].map(condition),
  };
}

/** What an installer looks at before it installs. */
async function lack(
  object: JsonObject,
  cluster: Cluster,
  needsCore: boolean,
  cores: (cluster: Cluster) => Promise<readonly JsonObject[]>,
): Promise<string | undefined> {
  if (needsCore && !(await cores(cluster)).some((core) => isTrue(core, "Ready"))) return "no core provider is ready";
  const { name, namespace } = objectAt(object, "spec", "configSecret");
  if (typeof name !== "string") return undefined;
  const home = typeof namespace === "string" ? namespace : stringAt(object, "metadata", "namespace");
  const secret = await cluster.find(`/api/v1/namespaces/${home}/secrets/${name}`);
  return secret === undefined ? `there is no Secret ${home}/${name}` : undefined;
}

function coreProviders(cluster: Cluster): Promise<readonly JsonObject[]> {
  return cluster.list(collectionOf(OPERATOR_API, "coreproviders"));
}

async function coresOfTurtles(cluster: Cluster): Promise<readonly JsonObject[]> {
  return (await cluster.list(collectionOf(TURTLES_API, "capiproviders"))).filter(isCore);
}

function isCore(provider: JsonObject): boolean {
  return stringAt(provider, "spec", "type") === "core";
}

function providerName(provider: JsonObject): string {
  return stringAt(provider, "spec", "name") || stringAt(provider, "metadata", "name");
}
