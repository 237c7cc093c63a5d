/** A provider of Cluster API that we install. */
export type ProviderRole = "core" | "bootstrap" | "controlPlane" | "infrastructure" | "addon";

/** How a provider is called; all of it is fixed by its project. */
export interface Provider {
  readonly role: ProviderRole;
  /** Name in the lists of clusterctl, the operator and Turtles. */
  readonly name: string;
  /** Namespace of its own manifests; CAPA's is also part of the identity that AWS knows. */
  readonly namespace: string;
  /** Kind of the operator's object. */
  readonly kind: string;
  /** Value of the label `cluster.x-k8s.io/provider` on its pods. */
  readonly label: string;
  /** Feature gates that it knows; an unknown one would stop it. */
  readonly gates: readonly string[];
}

/**
 * Sources: Cluster API 1.13.4, CAPA 2.13.0 and CAAPH 0.6.4, `config/default` and `config/manager` of each; Cluster API
 * operator 0.29.0, `api/v1alpha2`.
 */
export const PROVIDERS: Readonly<Record<ProviderRole, Provider>> = {
  core: {
    role: "core",
    name: "cluster-api",
    namespace: "capi-system",
    kind: "CoreProvider",
    label: "cluster-api",
    gates: ["ClusterTopology", "MachinePool", "RuntimeSDK"],
  },
  bootstrap: {
    role: "bootstrap",
    name: "kubeadm",
    namespace: "capi-kubeadm-bootstrap-system",
    kind: "BootstrapProvider",
    label: "bootstrap-kubeadm",
    gates: ["ClusterTopology", "MachinePool", "RuntimeSDK"],
  },
  controlPlane: {
    role: "controlPlane",
    name: "kubeadm",
    namespace: "capi-kubeadm-control-plane-system",
    kind: "ControlPlaneProvider",
    label: "control-plane-kubeadm",
    gates: ["ClusterTopology", "MachinePool", "RuntimeSDK"],
  },
  infrastructure: {
    role: "infrastructure",
    name: "aws",
    namespace: "capa-system",
    kind: "InfrastructureProvider",
    label: "infrastructure-aws",
    gates: ["MachinePool"],
  },
  addon: {
    role: "addon",
    name: "helm",
    namespace: "caaph-system",
    kind: "AddonProvider",
    label: "helm",
    gates: [],
  },
};

/** Service account of CAPA's controllers, which AWS gives its credentials. */
export const CAPA_SERVICE_ACCOUNT = "capa-controller-manager";

/**
 * Classes and machine pools need the first two; `RuntimeSDK` is for extensions of your own. Cluster resource sets have no
 * gate in Cluster API 1.13: they are always there.
 */
export const DEFAULT_GATES: Readonly<Record<string, boolean>> = {
  ClusterTopology: true,
  MachinePool: true,
  RuntimeSDK: false,
};

/**
 * What CAPA's manifest has to be told. Its credentials are a line break, as `clusterawsadm controller zero-credentials`
 * writes it: the file is always mounted, and anything in it would go before what Pod Identity gives.
 */
export const CAPA_VARIABLES: Readonly<Record<string, string>> = { AWS_B64ENCODED_CREDENTIALS: "Cg==" };
