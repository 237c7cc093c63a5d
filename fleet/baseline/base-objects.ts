import { type JsonObject } from "../content-hash";
import { MANAGED_BY, MANAGER } from "../labels";
import { type BaseSettings } from "./settings";

/** A Kubernetes object of a workload cluster. */
export interface BaseObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels: Readonly<Record<string, string>>;
  };
  readonly [part: string]: unknown;
}

/** Namespace of the base configuration's own objects on a workload cluster. */
export const BASE_NAMESPACE = "cluster-fleet-system";

/** Where the agents run. */
export const MONITORING_NAMESPACE = "cluster-fleet-monitoring";
export const LOGGING_NAMESPACE = "cluster-fleet-logging";

/** Name of every object of the base configuration; the `ConfigMap` of that name holds the settings. */
export const BASE_NAME = "cluster-fleet-base";

/**
 * Namespaces that have to be there. They are made once and then left alone: what a cluster resource set applies again, it
 * strips of all that others wrote on it, and Rancher keeps a namespace's project in an annotation.
 */
export function baseNamespaces({ namespaces }: BaseSettings): BaseObject[] {
  const own = namespace(BASE_NAMESPACE, { "pod-security.kubernetes.io/enforce": "restricted" });
  return [own, ...namespaces.filter((name) => name !== "default").map((name) => namespace(name))];
}

/**
 * All other objects. Every revision has the same objects in a guarded namespace, whatever is switched on: what is off is
 * an object that restricts nothing, for nothing takes away an object that a later revision no longer has.
 */
export function baseObjects(settings: BaseSettings): BaseObject[] {
  return [
    configMap(settings),
    ...readers(),
    ...settings.namespaces.flatMap((name) => [
      networkPolicy(name, settings),
      limitRange(name, settings),
      resourceQuota(name, settings),
    ]),
  ];
}

function namespace(name: string, labels: Readonly<Record<string, string>> = {}): BaseObject {
  return object("v1", "Namespace", undefined, {}, { name, labels });
}

/** The settings, for whoever in the cluster wants to know them. */
function configMap(settings: BaseSettings): BaseObject {
  const { environment, monitoring, logging, networkPolicy, resourceLimits, namespaces, quota } = settings;
  return object("v1", "ConfigMap", BASE_NAMESPACE, {
    data: {
      environment,
      monitoring: String(monitoring),
      logging: String(logging),
      networkPolicy: String(networkPolicy),
      resourceLimits,
      namespaces: namespaces.join(","),
      ...(resourceLimits === "strict"
        ? { "quota.cpu": quota.cpu, "quota.memory": quota.memory, "quota.pods": String(quota.pods) }
        : {}),
    },
  });
}

/** Every service account of the cluster may read the settings, and nothing else here. */
function readers(): BaseObject[] {
  const group = "rbac.authorization.k8s.io";
  return [
    object(`${group}/v1`, "Role", BASE_NAMESPACE, {
      rules: [{ apiGroups: [""], resources: ["configmaps"], resourceNames: [BASE_NAME], verbs: ["get"] }],
    }),
    object(`${group}/v1`, "RoleBinding", BASE_NAMESPACE, {
      roleRef: { apiGroup: group, kind: "Role", name: BASE_NAME },
      subjects: [{ apiGroup: group, kind: "Group", name: "system:serviceaccounts" }],
    }),
  ];
}

/**
 * Only ingress: what a pod may reach is a question of its application. A policy of the team's own beside this one opens
 * what it needs, for policies add up.
 */
function networkPolicy(namespace: string, { networkPolicy, monitoring }: BaseSettings): BaseObject {
  const agents = { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": MONITORING_NAMESPACE } } };
  const from = [{ podSelector: {} }, ...(monitoring ? [agents] : [])];
  return object("networking.k8s.io/v1", "NetworkPolicy", namespace, {
    spec: { podSelector: {}, policyTypes: ["Ingress"], ingress: networkPolicy ? [{ from }] : [{}] },
  });
}

/** What a container gets that asks for nothing, and the most that one may ask for. */
function limitRange(namespace: string, { resourceLimits }: BaseSettings): BaseObject {
  const limit = {
    type: "Container",
    defaultRequest: { cpu: "100m", memory: "128Mi" },
    default: { cpu: "1", memory: "512Mi" },
    max: { cpu: "4", memory: "8Gi" },
  };
  return object("v1", "LimitRange", namespace, { spec: { limits: resourceLimits === "strict" ? [limit] : [] } });
}

/** Load balancers are counted because each is billed by the hour. */
function resourceQuota(namespace: string, { resourceLimits, quota }: BaseSettings): BaseObject {
  const hard = {
    "requests.cpu": quota.cpu,
    "requests.memory": quota.memory,
    "limits.memory": quota.memory,
    pods: String(quota.pods),
    "services.loadbalancers": "5",
  };
  return object("v1", "ResourceQuota", namespace, { spec: resourceLimits === "strict" ? { hard } : {} });
}

function object(
  apiVersion: string,
  kind: string,
  namespace: string | undefined,
  rest: JsonObject,
  { name = BASE_NAME, labels = {} }: { name?: string; labels?: Readonly<Record<string, string>> } = {},
): BaseObject {
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      labels: { [MANAGED_BY]: MANAGER, ...labels },
    },
    ...rest,
  };
}
