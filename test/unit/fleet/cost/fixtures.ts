import { type CostedCluster, type Machines } from "../../../../fleet/cost/costed-cluster";

/** Noon of the day on which the clusters under test are priced; EKS 1.35 is in standard support. */
export const TODAY = new Date("2026-11-23T12:00:00Z");

export function machines(changes: Partial<Machines> = {}): Machines {
  return { name: "default", least: 5, most: 5, instanceType: "m7i.large", spot: false, volumeGiB: 80, ...changes };
}

/** A cluster of class aws-kubeadm in us-east-1 with a pool. */
export function kubeadmCluster(changes: Partial<CostedCluster> = {}): CostedCluster {
  return {
    name: "prod-a",
    region: "us-east-1",
    family: "aws-kubeadm",
    version: "v1.35.2",
    controlPlane: machines({ name: "control plane", least: 3, most: 3 }),
    pools: [machines()],
    apiAccess: "public",
    attached: false,
    ...changes,
  };
}

/** A cluster of class aws-eks in us-east-1 with a pool. */
export function eksCluster(changes: Partial<CostedCluster> = {}): CostedCluster {
  return { ...kubeadmCluster({ name: "prod-b", family: "aws-eks" }), controlPlane: undefined, ...changes };
}
