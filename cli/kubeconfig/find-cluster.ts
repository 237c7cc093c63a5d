import { type ObservedCluster } from "../../fleet/observed";
import { nearest } from "../../fleet/suggest";
import { clusterKubeconfig } from "../../live/cluster-kubeconfig";
import { connect } from "../../live/management-client";
import { CliError, UsageError } from "../errors";
import { type StackContext } from "../stack-context";
import { type Fleet, look } from "../status/look";

export interface FoundKubeconfig {
  readonly stack: string;
  readonly namespace: string;
  /** YAML. */
  readonly kubeconfig: string;
}

/**
 * The kubeconfig of the one living cluster of that name in the given stacks.
 * @throws CliError where there is no such cluster, or no kubeconfig of it yet; UsageError where several have the name.
 */
export async function findCluster(name: string, stacks: readonly StackContext[]): Promise<FoundKubeconfig> {
  const fleet = await look(stacks, () => undefined);
  const found = fleet.clusters.filter(({ cluster }) => cluster.name === name);
  const [member, ...others] = found;
  if (member === undefined) throw new CliError(unknownCluster(name, fleet));
  if (others.length > 0) {
    const names = found.map(({ stack }) => stack).join(" and ");
    throw new UsageError(`${name} is a cluster of ${names}. Add --stack STACK.`);
  }
  const { cluster, stack } = member;
  const source = (await stacks.find(({ name }) => name === stack)?.outputs())?.management ?? {};
  const kubeconfig = await clusterKubeconfig(await connect(source), {
    namespace: cluster.namespace,
    cluster: name,
    // The Secret for people is called as that of a cluster `<name>-user` would be: not to be taken for it.
    forPeople: !fleet.clusters.some((other) => other.cluster.name === `${name}-user`),
  });
  if (kubeconfig === undefined) throw new CliError(notYet(cluster));
  return { stack, namespace: cluster.namespace, kubeconfig };
}

function unknownCluster(name: string, { clusters, missing }: Fleet): string {
  if (missing.some((each) => each.endsWith(`: ${name}`))) {
    return `Cluster ${name} was declared by the last pulumi up, but does not live. Run pulumi up --refresh.`;
  }
  const names = clusters.map(({ cluster }) => cluster.name);
  if (names.length === 0) return `There is no cluster ${name}: no cluster lives.`;
  const meant = nearest(name, names);
  const hint = meant === undefined ? "" : ` Did you mean ${meant}?`;
  return `There is no cluster ${name}.${hint} There are: ${listed(names)}.`;
}

const MOST_LISTED = 10;

function listed(names: readonly string[]): string {
  const more = names.length - MOST_LISTED;
  return [...names.slice(0, MOST_LISTED), ...(more > 0 ? [`and ${more} more`] : [])].join(", ");
}

function notYet({ name, deleting, reason }: ObservedCluster): string {
  if (deleting) return `Cluster ${name} has no kubeconfig: it is being deleted.`;
  const why = reason === "" ? "" : ` (${reason})`;
  return (
    `Cluster ${name} has no kubeconfig yet: Cluster API writes it when it begins with the control plane${why}. ` +
    "Try again; `npm run fleet -- status --watch` shows how far it is."
  );
}
