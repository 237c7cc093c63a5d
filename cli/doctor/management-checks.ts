import { CLUSTER_API, calendar, compatibleSet, supportOf } from "../../fleet/versions";
import { type Access, type AccessQuestion, type GroupWebhooks } from "../../live/access";
import { type Check, failed, failedAs, type Finding, ok, unchecked, warning } from "./check";

/** What is asked about the management cluster of a stack. */
export interface ManagementProbes {
  /** How the stack names its management cluster: `kubeconfig`, `eks`, `stack`; undefined where it does not. */
  kind(): Promise<string | undefined>;
  /** The address of the API server, once it has answered. @throws ManagementClusterError */
  server(): Promise<string>;
  access(): Promise<Access>;
  environment(): Promise<Environment>;
}

/** What a stack declares, as far as rights go. */
export interface Environment {
  readonly namespace: string;
  /** Families of cluster class in use, `plain` among them. */
  readonly families: readonly string[];
  /** It makes private ways to its clusters. */
  readonly privateReach: boolean;
}

const CORE = "cluster.x-k8s.io";
const BOOTSTRAP = "bootstrap.cluster.x-k8s.io";
const CONTROL_PLANE = "controlplane.cluster.x-k8s.io";
const INFRASTRUCTURE = "infrastructure.cluster.x-k8s.io";
const ADDONS = "addons.cluster.x-k8s.io";
const GROUPS = [CORE, BOOTSTRAP, CONTROL_PLANE, INFRASTRUCTURE];
const VERSION = "v1beta2";

/** Base configuration and add-ons, which every cluster on AWS has. */
const BASE = [
  { group: "", resource: "configmaps" },
  { group: ADDONS, resource: "clusterresourcesets" },
  { group: ADDONS, resource: "helmchartproxies" },
];

/** What a run declares for clusters of each class family, beside the clusters. */
const TEMPLATES: Readonly<Record<string, readonly { readonly group: string; readonly resource: string }[]>> = {
  "in-memory-kubeadm": [
    { group: BOOTSTRAP, resource: "kubeadmconfigtemplates" },
    { group: CONTROL_PLANE, resource: "kubeadmcontrolplanetemplates" },
    { group: INFRASTRUCTURE, resource: "devclustertemplates" },
    { group: INFRASTRUCTURE, resource: "devmachinetemplates" },
  ],
  "aws-kubeadm": [
    { group: BOOTSTRAP, resource: "kubeadmconfigtemplates" },
    { group: CONTROL_PLANE, resource: "kubeadmcontrolplanetemplates" },
    { group: INFRASTRUCTURE, resource: "awsclustertemplates" },
    { group: INFRASTRUCTURE, resource: "awsmachinetemplates" },
    // The keys with which its control planes encrypt.
    { group: "", resource: "secrets" },
    ...BASE,
  ],
  "aws-eks": [
    { group: BOOTSTRAP, resource: "nodeadmconfigtemplates" },
    { group: CONTROL_PLANE, resource: "awsmanagedcontrolplanetemplates" },
    { group: INFRASTRUCTURE, resource: "awsmanagedclustertemplates" },
    { group: INFRASTRUCTURE, resource: "awsmachinetemplates" },
    // Of managed node groups.
    { group: CORE, resource: "machinepools" },
    { group: BOOTSTRAP, resource: "nodeadmconfigs" },
    { group: INFRASTRUCTURE, resource: "awsmanagedmachinepools" },
    ...BASE,
  ],
};

/** Where Cluster API says which networks it made. */
const NETWORKS = [
  { group: CONTROL_PLANE, resource: "awsmanagedcontrolplanes" },
  { group: INFRASTRUCTURE, resource: "awsclusters" },
];

export function managementChecks(probes: ManagementProbes): Check[] {
  const access = async <T>(ask: (access: Access) => Promise<T>) => ask(await probes.access());
  return [
    { name: "management", needs: ["stack"], run: () => checkReach(probes) },
    { name: "credentials", needs: ["management"], run: () => access(async (api) => judgeUser(await api.user())) },
    {
      name: "kubernetes",
      needs: ["management"],
      run: () => access(async (api) => judgeServerVersion(await api.version(), new Date())),
    },
    {
      name: "cluster-api",
      needs: ["credentials"],
      run: () => access(async (api) => judgeGroups(await api.groups(), (await probes.environment()).families)),
    },
    {
      name: "webhooks",
      needs: ["cluster-api"],
      run: () =>
        access(async (api) => judgeWebhooks(await api.webhooks(groupsOf((await probes.environment()).families)))),
    },
    { name: "write-access", needs: ["credentials"], run: () => checkWrite(probes) },
    {
      name: "aws",
      run: async () => judgeAws(await probes.environment().catch(() => undefined), await probes.kind()),
    },
  ];
}

async function checkReach({ kind, server }: ManagementProbes): Promise<Finding> {
  const found = await kind();
  if (found === undefined) {
    return failed("the stack names no management cluster", "Set cluster-fleet:management (docs/configuration.md).");
  }
  try {
    return ok(`${await server()} answers`);
  } catch (error) {
    if (!(error instanceof Error) || !["ManagementClusterError", "CliError"].includes(error.name)) throw error;
    return failedAs(error.message);
  }
}

export function judgeUser(user: string): Finding {
  return user === "" || user === "system:anonymous"
    ? failed("the API server does not know us", "Renew the credentials of the kubeconfig.")
    : ok(`as ${user}`);
}

export function judgeServerVersion(version: string, now: Date): Finding {
  const set = { clusterApi: CLUSTER_API, managementKubernetes: version, workloadKubernetes: [] };
  const problem = compatibleSet(set).find(({ path }) => path === "managementKubernetes");
  if (problem?.level === "incompatible") return failed(`${version} ${problem.what}`, `${problem.remedy}.`);
  if (problem !== undefined) return warning(`${version} ${problem.what}`, `${problem.remedy}.`);
  const { status, until, minor } = supportOf(calendar(), "kubernetes", version, now);
  return status === "ended"
    ? warning(`${version}; Kubernetes ended support of ${minor} on ${until}`, "Upgrade the management cluster.")
    : ok(`${version}, in the range of Cluster API ${CLUSTER_API}`);
}

export function judgeGroups(served: ReadonlyMap<string, readonly string[]>, families: readonly string[]): Finding {
  const lacking = groupsOf(families).filter((group) => served.get(group)?.includes(VERSION) !== true);
  if (lacking.length === 0)
    return ok(
      `serves ${groupsOf(families)
        .map((group) => `${group}/${VERSION}`)
        .join(", ")}`,
    );
  const had = lacking.map((group) => `${group} (${served.get(group)?.join(", ") ?? "not at all"})`);
  return failed(
    `${VERSION} is not served of ${had.join(", ")}`,
    "Install Cluster API 1.11 or later with the providers of the classes in use, or point management at the right cluster.",
  );
}

export function judgeWebhooks(webhooks: readonly GroupWebhooks[] | undefined): Finding {
  if (webhooks === undefined) return unchecked("these credentials may not list webhook configurations");
  const bare = webhooks.filter(({ webhooks }) => webhooks === 0).map(({ group }) => group);
  if (bare.length > 0) {
    return failed(
      `no webhook guards ${bare.join(", ")}`,
      "Install the controllers of these groups whole (clusterctl or cluster-api-operator), not their CRDs alone.",
    );
  }
  const withoutCa = webhooks.flatMap(({ withoutCa }) => withoutCa);
  if (withoutCa.length > 0) {
    return failed(
      `no CA bundle in ${[...new Set(withoutCa)].join(", ")}`,
      "See that cert-manager and its CA injector run: they fill it in.",
    );
  }
  return ok(`${webhooks.reduce((sum, { webhooks }) => sum + webhooks, 0)} configured`);
}

async function checkWrite({ access, environment, kind }: ManagementProbes): Promise<Finding> {
  const declared = await environment();
  // Beside a management cluster of another stack, that stack makes the namespace.
  const questions = writeQuestions(declared, (await kind()) !== "stack");
  return judgeAccess(await (await access()).denied(questions), questions.length, declared.namespace);
}

const VERBS = ["get", "create", "patch", "delete"] as const;

/** What a run of `pulumi up` may have to do. @param makesNamespace The environment's namespace is this stack's own. */
export function writeQuestions(
  { namespace, families, privateReach }: Environment,
  makesNamespace: boolean,
): AccessQuestion[] {
  const classes = families.some((family) => TEMPLATES[family] !== undefined)
    ? [{ group: CORE, resource: "clusterclasses" }]
    : [];
  const templates = families.flatMap((family) => TEMPLATES[family] ?? []);
  const kinds = [{ group: CORE, resource: "clusters" }, ...classes, ...unique(templates)];
  return [
    ...(makesNamespace ? VERBS.map((verb) => ({ verb, group: "", resource: "namespaces" })) : []),
    ...kinds.flatMap((kind) => VERBS.map((verb) => ({ verb, ...kind, namespace }))),
    ...["clusters", "clusterclasses", "machinedeployments", "machinesets", "machinepools"].map((resource) => ({
      verb: "list",
      group: CORE,
      resource,
      namespace,
    })),
    { verb: "list", group: CONTROL_PLANE, resource: "kubeadmcontrolplanes", namespace },
    ...["helmchartproxies", "clusterresourcesetbindings"].map((resource) => ({
      verb: "list",
      group: ADDONS,
      resource,
      namespace,
    })),
    ...(privateReach ? NETWORKS.map((kind) => ({ verb: "list", ...kind, namespace })) : []),
  ];
}

export function judgeAccess(denied: readonly AccessQuestion[], asked: number, namespace: string): Finding {
  if (denied.length === 0) return ok(`all ${asked} rights that a run needs in namespace ${namespace}`);
  const verbs = new Map<string, string[]>();
  for (const { group, resource, verb } of denied) {
    const kind = group === "" ? resource : `${resource}.${group}`;
    verbs.set(kind, [...(verbs.get(kind) ?? []), verb]);
  }
  const missing = [...verbs].map(([kind, each]) => `${each.join(", ")} ${kind}`).join("; ");
  return failed(
    `may not ${missing} in namespace ${namespace}`,
    "Have these rights granted by a Role there (namespaces: a ClusterRole).",
  );
}

export function judgeAws(
  environment: Pick<Environment, "families" | "privateReach"> | undefined,
  kind: string | undefined,
): Finding {
  if (kind === "eks" || environment?.privateReach === true) {
    return unchecked("AWS credentials are not looked at yet: a preview says at once where AWS refuses them");
  }
  const onAws = environment?.families.some((family) => family.startsWith("aws-")) ?? false;
  return unchecked(
    onAws
      ? "it is Cluster API that calls AWS for clusters: their conditions say where AWS refuses it"
      : "no part of this stack uses AWS",
  );
}

/** Families share kinds; each is asked about once. */
function unique(kinds: readonly { readonly group: string; readonly resource: string }[]) {
  return [...new Map(kinds.map((kind) => [`${kind.resource}.${kind.group}`, kind])).values()];
}

/** Plain clusters need the core alone: their other objects are somebody else's. */
function groupsOf(families: readonly string[]): readonly string[] {
  return families.some((family) => TEMPLATES[family] !== undefined) ? GROUPS : [CORE];
}
