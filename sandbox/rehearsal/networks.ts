import { createHash } from "node:crypto";

import { type SandboxPaths } from "../layout";
import { apply, request } from "../management/api";
import { Account } from "../plugins/aws/account";
import { kubeconfigAccess } from "./access";

const KINDS = [
  { group: "infrastructure.cluster.x-k8s.io/v1beta2", plural: "awsclusters" },
  { group: "controlplane.cluster.x-k8s.io/v1beta2", plural: "awsmanagedcontrolplanes" },
] as const;

interface Networked {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly spec: {
    readonly network: {
      readonly vpc: { readonly cidrBlock: string };
      readonly subnets: readonly { readonly id: string; readonly availabilityZone: string }[];
    };
  };
}

/** A network of a workload cluster in the simulated account. */
export interface MadeNetwork {
  readonly vpcId: string;
  /** In order of the cluster's subnets, public ones among them. */
  readonly routeTableIds: readonly string[];
}

/**
 * Does what Cluster API's AWS provider, which reconciles nothing here, does for the networks of all clusters in a
 * namespace: it makes them in the simulated account and writes their ids into the objects that asked for them.
 * @returns The networks by cluster.
 */
export async function makeNetworks(paths: SandboxPaths, namespace: string): Promise<ReadonlyMap<string, MadeNetwork>> {
  const access = kubeconfigAccess(paths.kubeconfig);
  const account = new Account(paths.aws);
  const made = new Map<string, MadeNetwork>();
  for (const { group, plural } of KINDS) {
    const collection = `/apis/${group}/namespaces/${namespace}/${plural}`;
    const { body } = await request(access, "GET", collection);
    for (const object of (JSON.parse(body) as { items: readonly Networked[] }).items) {
      const { vpc, subnets } = object.spec.network;
      const vpcId = `vpc-${hash(vpc.cidrBlock)}`;
      account.put({ type: "aws:ec2/vpc:Vpc", id: vpcId, properties: { cidrBlock: vpc.cidrBlock } });
      const named = subnets.map(({ id, availabilityZone }) => {
        const [resourceID, routeTableId] = [`subnet-${hash(id)}`, `rtb-${hash(id)}`];
        account.put({ type: "aws:ec2/routeTable:RouteTable", id: routeTableId, properties: { vpcId } });
        account.put({ type: "aws:ec2/subnet:Subnet", id: resourceID, properties: { vpcId, availabilityZone } });
        return { id, resourceID, routeTableId };
      });
      const { name, labels } = object.metadata;
      const network = { vpc: { id: vpcId }, subnets: named };
      const ids = { apiVersion: group, kind: object.kind ?? KIND[plural], metadata: { name }, spec: { network } };
      await apply(access, collection, ids);
      made.set(labels?.["cluster.x-k8s.io/cluster-name"] ?? name, {
        vpcId,
        routeTableIds: named.map(({ routeTableId }) => routeTableId),
      });
    }
  }
  return made;
}

/** An API server leaves the kind out of the items of a list. */
const KIND = { awsclusters: "AWSCluster", awsmanagedcontrolplanes: "AWSManagedControlPlane" } as const;

/** Seventeen hexadecimal digits, as AWS' own ids have; the same for the same text. */
function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 17);
}
