/** Where Rancher's Turtles keeps the core of Cluster API, and by which kind. */
export const TURTLES_API = "turtles-capi.cattle.io/v1alpha1";
const TURTLES_CRD = "capiproviders.turtles-capi.cattle.io";
const TURTLES_CORE = { name: "cluster-api", namespace: "cattle-capi-system" };

/** Seconds that Rancher may take to install Turtles and the core, after its own chart is ready. */
export const TURTLES_TIMEOUT = 1800;

/** What `kubectl` waits for, in this order: to wait for a condition of what is not there fails at once. */
export function turtlesWaits(): { name: string; args: string[] }[] {
  const core = `capiproviders.turtles-capi.cattle.io/${TURTLES_CORE.name}`;
  const inCore = ["--namespace", TURTLES_CORE.namespace];
  return [
    { name: "kind-is-there", args: ["--for=create", `crd/${TURTLES_CRD}`] },
    { name: "kind-is-established", args: ["--for=condition=Established", `crd/${TURTLES_CRD}`] },
    { name: "core-is-there", args: ["--for=create", core, ...inCore] },
    { name: "core-is-ready", args: ["--for=condition=Ready", core, ...inCore] },
  ].map(({ name, args }) => ({ name, args: ["wait", ...args, `--timeout=${TURTLES_TIMEOUT}s`] }));
}

/** All that the waits read. */
export const TURTLES_WAIT_RULES = [
  {
    apiGroups: ["apiextensions.k8s.io"],
    resources: ["customresourcedefinitions"],
    resourceNames: [TURTLES_CRD],
    verbs: ["get", "list", "watch"],
  },
  {
    apiGroups: ["turtles-capi.cattle.io"],
    resources: ["capiproviders"],
    resourceNames: [TURTLES_CORE.name],
    verbs: ["get", "list", "watch"],
  },
];
