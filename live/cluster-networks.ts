import { ApiException } from "@kubernetes/client-node";
import { z } from "zod";

import { type ObservedNetwork } from "../fleet/network/observed-network";
import {
  connect,
  ifServed,
  type KubeconfigSource,
  listAll,
  type LiveObject,
  ManagementClusterError,
} from "./management-client";

const CLUSTER_NAME = "cluster.x-k8s.io/cluster-name";

/** Kinds that carry the network of a cluster on AWS: of kubeadm clusters and of EKS. */
const KINDS = [
  { group: "infrastructure.cluster.x-k8s.io", version: "v1beta2", plural: "awsclusters" },
  { group: "controlplane.cluster.x-k8s.io", version: "v1beta2", plural: "awsmanagedcontrolplanes" },
];

/** The part of their spec that Cluster API's AWS provider fills in as it makes the network. */
const networked = z.object({
  spec: z
    .object({
      network: z
        .object({
          vpc: z.object({ id: z.string().optional(), cidrBlock: z.string().optional() }).prefault({}),
          subnets: z
            .array(
              z.object({
                // A name of ours, until the provider has made the subnet: then its id stands in resourceID.
                id: z.string().default(""),
                resourceID: z.string().optional(),
                availabilityZone: z.string().default(""),
                isPublic: z.boolean().default(false),
                routeTableId: z.string().optional(),
              }),
            )
            .default([]),
        })
        .prefault({}),
    })
    .prefault({}),
});

/**
 * The networks of the clusters on AWS in a namespace, sorted by cluster.
 * @throws ManagementClusterError when the management cluster does not answer, or does not let these credentials look.
 */
export async function observeNetworks(source: KubeconfigSource, namespace: string): Promise<ObservedNetwork[]> {
  const kubeconfig = await connect(source);
  const objects = await Promise.all(
    KINDS.map((kind) => ifServed(listAll(kubeconfig, kind, namespace)).catch(explained)),
  );
  return objects
    .flat()
    .map(observedNetwork)
    .sort((a, b) => (a.cluster < b.cluster ? -1 : 1));
}

/** An AWSCluster or AWSManagedControlPlane as plain data. */
export function observedNetwork(object: LiveObject): ObservedNetwork {
  const { vpc, subnets } = networked.parse(object).spec.network;
  return {
    cluster: object.metadata.labels?.[CLUSTER_NAME] ?? object.metadata.name,
    ...(vpc.id ? { vpcId: vpc.id } : {}),
    ...(vpc.cidrBlock ? { range: vpc.cidrBlock } : {}),
    subnets: subnets
      .filter(({ isPublic }) => !isPublic)
      .map(({ id, resourceID, availabilityZone, routeTableId }) => {
        const made = [resourceID, id].find((each) => each?.startsWith("subnet-"));
        return {
          zone: availabilityZone,
          ...(made === undefined ? {} : { id: made }),
          ...(routeTableId ? { routeTableId } : {}),
        };
      })
      .sort((a, b) => (a.zone < b.zone ? -1 : 1)),
  };
}

/** @throws ManagementClusterError with the rights that are missing. */
function explained(error: unknown): never {
  if (error instanceof ApiException && error.code === 403) {
    throw new ManagementClusterError(
      "These credentials may not look at the networks of clusters on AWS. Nothing was changed. Have a Role grant list on " +
        "awsclusters of infrastructure.cluster.x-k8s.io and on awsmanagedcontrolplanes of controlplane.cluster.x-k8s.io: " +
        "run pulumi up on the management cluster's stack with this version of cluster-fleet.",
      { cause: error },
    );
  }
  throw error;
}
