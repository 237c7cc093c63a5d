import { type FleetConfig, type RawConfig } from "../../../fleet/config/config";
import { parseConfig } from "../../../fleet/config/parse";
import { CLASS, ENVIRONMENT, MANAGED_BY, MANAGER, REGION } from "../../../fleet/labels";
import { type ObservedClass, type ObservedCluster } from "../../../fleet/observed";

/** A production fleet of one cluster, as a stack file would say it. */
export function rawConfig(changes: RawConfig = {}): RawConfig {
  return {
    environment: "production",
    management: { kind: "kubeconfig", name: "sandbox", path: ".sandbox/kubeconfig" },
    base: { version: "v1.35.2" },
    clusters: { "prod-us-west-2": clusterConfig() },
    ...changes,
  };
}

export function clusterConfig(changes: object = {}): object {
  return {
    class: "in-memory-kubeadm",
    region: "us-west-2",
    controlPlane: { replicas: 3 },
    workers: { default: { replicas: 5 } },
    ...changes,
  };
}

export function config(changes: RawConfig = {}): FleetConfig {
  return parseConfig(rawConfig(changes));
}

/** The moment of every run that no test says otherwise of. */
export const NOW = { now: new Date("2026-11-25T12:00:00Z") };

/** A healthy cluster of ours. */
export function liveCluster(changes: Partial<ObservedCluster> = {}): ObservedCluster {
  return {
    namespace: "production",
    name: "prod-us-west-2",
    labels: {
      [MANAGED_BY]: MANAGER,
      [ENVIRONMENT]: "production",
      [REGION]: "us-west-2",
      [CLASS]: "in-memory-kubeadm",
    },
    annotations: {},
    created: "2026-11-23T06:00:00Z",
    deleting: false,
    classRef: "in-memory-kubeadm-old",
    version: "v1.35.2",
    declared: {
      controlPlaneReplicas: 3,
      workers: [{ name: "default", replicas: 5 }],
      podRanges: ["192.168.0.0/16"],
      serviceRanges: ["10.128.0.0/12"],
      paused: false,
    },
    owned: {
      labels: [MANAGED_BY, ENVIRONMENT, REGION, CLASS],
      annotations: [],
      workers: ["default"],
      spec: ["clusterNetwork", "topology"],
    },
    controlPlane: { desired: 3, ready: 3, upToDate: 3 },
    workers: { desired: 5, ready: 5, upToDate: 5 },
    available: true,
    settled: true,
    since: "2026-11-23T06:10:00Z",
    conditions: ["Available", "TopologyReconciled"],
    reason: "",
    ...changes,
  };
}

export function liveClass(name: string, changes: Partial<ObservedClass> = {}): ObservedClass {
  return {
    namespace: "production",
    name,
    labels: { [MANAGED_BY]: MANAGER, [CLASS]: "in-memory-kubeadm" },
    reconciled: true,
    templates: [],
    ...changes,
  };
}
