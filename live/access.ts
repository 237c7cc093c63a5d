import {
  AdmissionregistrationV1Api,
  ApisApi,
  ApiException,
  AuthenticationV1Api,
  AuthorizationV1Api,
  type KubeConfig,
  VersionApi,
} from "@kubernetes/client-node";

/** One right on one kind of object. */
export interface AccessQuestion {
  readonly verb: string;
  /** API group; empty for the core group. */
  readonly group: string;
  /** Plural, e.g. `clusterclasses`. */
  readonly resource: string;
  /** Absent for objects without a namespace. */
  readonly namespace?: string;
}

/** What guards the objects of one API group. */
export interface GroupWebhooks {
  readonly group: string;
  readonly webhooks: number;
  /** Names of those without a CA bundle: the API server cannot call them. */
  readonly withoutCa: readonly string[];
}

/** Looks at an API server and what these credentials may do there; changes nothing. Every call has 10 s. */
export interface Access {
  /** `v1.35.2`, without what a distribution adds. */
  version(): Promise<string>;
  /** The user name that the API server knows us by. */
  user(): Promise<string>;
  /** Versions that are served of each API group; a group that is absent is not served. */
  groups(): Promise<ReadonlyMap<string, readonly string[]>>;
  /** Admission webhooks of each group asked about; undefined where these credentials may not list them. */
  webhooks(groups: readonly string[]): Promise<readonly GroupWebhooks[] | undefined>;
  /** Those of the questions that the API server answers with no. */
  denied(questions: readonly AccessQuestion[]): Promise<readonly AccessQuestion[]>;
}

const PATIENCE_MS = 10_000;

export function accessOf(kubeconfig: KubeConfig): Access {
  return {
    async version() {
      const { gitVersion } = await inTime(kubeconfig.makeApiClient(VersionApi).getCode());
      return /^v\d+\.\d+\.\d+/.exec(gitVersion)?.[0] ?? gitVersion;
    },
    async user() {
      const api = kubeconfig.makeApiClient(AuthenticationV1Api);
      const { status } = await inTime(api.createSelfSubjectReview({ body: {} }));
      return status?.userInfo?.username ?? "";
    },
    async groups() {
      const { groups } = await inTime(kubeconfig.makeApiClient(ApisApi).getAPIVersions());
      return new Map(groups.map(({ name, versions }) => [name, versions.map(({ version }) => version)]));
    },
    webhooks: (groups) => webhooksOf(kubeconfig, groups),
    denied: (questions) => deniedOf(kubeconfig, questions),
  };
}

interface Webhook {
  readonly name: string;
  readonly clientConfig: { readonly caBundle?: string };
  readonly rules?: readonly { readonly apiGroups?: readonly string[] }[];
}

async function webhooksOf(
  kubeconfig: KubeConfig,
  groups: readonly string[],
): Promise<readonly GroupWebhooks[] | undefined> {
  const api = kubeconfig.makeApiClient(AdmissionregistrationV1Api);
  let configurations: readonly { readonly webhooks?: readonly Webhook[] }[];
  try {
    const lists = [api.listMutatingWebhookConfiguration(), api.listValidatingWebhookConfiguration()] as const;
    const [mutating, validating] = await inTime(Promise.all(lists));
    configurations = [...mutating.items, ...validating.items];
  } catch (error) {
    if (error instanceof ApiException && error.code === 403) return undefined;
    throw error;
  }
  const all = configurations.flatMap(({ webhooks = [] }) => webhooks);
  return groups.map((group) => {
    const own = all.filter(({ rules = [] }) => rules.some(({ apiGroups = [] }) => apiGroups.includes(group)));
    const withoutCa = own.filter(({ clientConfig }) => !clientConfig.caBundle).map(({ name }) => name);
    return { group, webhooks: own.length, withoutCa };
  });
}

async function deniedOf(
  kubeconfig: KubeConfig,
  questions: readonly AccessQuestion[],
): Promise<readonly AccessQuestion[]> {
  const api = kubeconfig.makeApiClient(AuthorizationV1Api);
  const answers = await inTime(
    Promise.all(
      questions.map((question) =>
        api.createSelfSubjectAccessReview({ body: { spec: { resourceAttributes: { ...question } } } }),
      ),
    ),
  );
  return questions.filter((_question, index) => answers[index]?.status?.allowed !== true);
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
