import { readFileSync } from "node:fs";
import * as path from "node:path";
import { type ComponentName } from "../management/names";

export type BinaryName =
  | "pulumi"
  | "etcd"
  | "kube-apiserver"
  | "kube-controller-manager"
  | "capi-core"
  | "capi-kubeadm-bootstrap"
  | "capi-kubeadm-control-plane"
  | "capi-dev"
  | "capa"
  | "helm";

/** Systems whose custom resource definitions are kept for rehearsals. */
export type CrdSource = "caaph" | "cert-manager" | "cluster-api-operator";

export interface Binary {
  readonly name: BinaryName;
  /** The Go package that is its main program. */
  readonly package: string;
  /** The Go module that gives its version. */
  readonly module: string;
  /** A variable of the program that is set to the version at link time. */
  readonly versionVariable?: string;
}

/** Files that Go modules ship beside their code. */
export interface ShippedFiles {
  readonly charts: readonly ChartSource[];
  /** Go module, and the folder in it with a kustomization and `bases`, or with the definitions themselves. */
  readonly crds: Readonly<Record<CrdSource, { readonly module: string; readonly folder: string }>>;
}

/** A chart whose release has the module's version. */
export interface ChartSource {
  readonly name: string;
  readonly module: string;
  readonly folder: string;
  /** Whether the chart's version begins with v, as its repository writes it. */
  readonly leadingV: boolean;
  /** Definitions that a release adds to the chart; they go into its `crds` folder. */
  readonly crds?: CrdSource;
}

/** Programs that are built from one Go module of ours, and so from one set of dependencies. */
export interface ToolFamily {
  readonly name: "pulumi" | "kubernetes" | "cluster-api" | "cluster-api-aws" | "helm" | "charts";
  readonly binaries: readonly Binary[];
  /** Cluster API components whose manifests are kept beside the binaries: Go module and `config` folder in it. */
  readonly manifests?: Readonly<Partial<Record<ComponentName, { readonly module: string; readonly config: string }>>>;
  readonly shipped?: ShippedFiles;
}

const CLUSTER_API = "sigs.k8s.io/cluster-api";
const CAPA = "sigs.k8s.io/cluster-api-provider-aws/v2";
const CLUSTER_API_TEST = "sigs.k8s.io/cluster-api/test";
const CERT_MANAGER = "github.com/cert-manager/cert-manager";
const CLUSTER_API_OPERATOR = "sigs.k8s.io/cluster-api-operator";
const HELM = "helm.sh/helm/v3";

export const FAMILIES: readonly ToolFamily[] = [
  {
    name: "pulumi",
    binaries: [
      {
        name: "pulumi",
        package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
        module: "github.com/pulumi/pulumi/pkg/v3",
        versionVariable: "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version",
      },
    ],
  },
  {
    name: "kubernetes",
    binaries: [
      { name: "etcd", package: "go.etcd.io/etcd/server/v3", module: "go.etcd.io/etcd/server/v3" },
      kubernetes("kube-apiserver"),
      kubernetes("kube-controller-manager"),
    ],
  },
  {
    name: "cluster-api",
    binaries: [
      { name: "capi-core", package: CLUSTER_API, module: CLUSTER_API },
      { name: "capi-kubeadm-bootstrap", package: `${CLUSTER_API}/bootstrap/kubeadm`, module: CLUSTER_API },
      { name: "capi-kubeadm-control-plane", package: `${CLUSTER_API}/controlplane/kubeadm`, module: CLUSTER_API },
      { name: "capi-dev", package: `${CLUSTER_API_TEST}/infrastructure/docker`, module: CLUSTER_API_TEST },
    ],
    manifests: {
      "capi-core": { module: CLUSTER_API, config: "config" },
      "capi-kubeadm-bootstrap": { module: CLUSTER_API, config: "bootstrap/kubeadm/config" },
      "capi-kubeadm-control-plane": { module: CLUSTER_API, config: "controlplane/kubeadm/config" },
      "capi-dev": { module: CLUSTER_API_TEST, config: "infrastructure/docker/config" },
    },
  },
  {
    name: "cluster-api-aws",
    binaries: [{ name: "capa", package: CAPA, module: CAPA }],
    manifests: { capa: { module: CAPA, config: "config" } },
  },
  {
    name: "helm",
    binaries: [
      { name: "helm", package: `${HELM}/cmd/helm`, module: HELM, versionVariable: `${HELM}/internal/version.version` },
    ],
  },
  {
    // Nothing is built. Modules of its own, for only their files are wanted, in exactly these versions.
    name: "charts",
    binaries: [],
    shipped: {
      charts: [
        { name: "cert-manager", module: CERT_MANAGER, folder: "deploy/charts/cert-manager", leadingV: true },
        {
          name: "cluster-api-operator",
          module: CLUSTER_API_OPERATOR,
          folder: "hack/charts/cluster-api-operator",
          leadingV: false,
          crds: "cluster-api-operator",
        },
      ],
      crds: {
        caaph: { module: "sigs.k8s.io/cluster-api-addon-provider-helm", folder: "config/crd" },
        "cert-manager": { module: CERT_MANAGER, folder: "deploy/crds" },
        "cluster-api-operator": { module: CLUSTER_API_OPERATOR, folder: "config/crd" },
      },
    },
  },
];

function kubernetes(name: "kube-apiserver" | "kube-controller-manager"): Binary {
  return {
    name,
    package: `k8s.io/kubernetes/cmd/${name}`,
    module: "k8s.io/kubernetes",
    versionVariable: "k8s.io/component-base/version.gitVersion",
  };
}

/** The folder with the family's go.mod and go.sum. */
export function moduleFolder(family: ToolFamily): string {
  return path.join(__dirname, family.name);
}

/** The version that go.mod requires, with its leading `v`. @throws Error if go.mod does not require the module. */
export function requiredVersion(family: ToolFamily, module: string): string {
  const file = path.join(moduleFolder(family), "go.mod");
  const line = readFileSync(file, "utf8")
    .split("\n")
    .map((text) => text.trim().replace(/^require /, ""))
    .find((text) => text.startsWith(`${module} v`));
  const version = line?.split(" ")[1];
  if (version === undefined) throw new Error(`${file} does not require ${module}`);
  return version;
}

/** Flags for `go build -ldflags`: no symbol table, and the version where the program has a place for it. */
export function linkerFlags(family: ToolFamily, binary: Binary): string {
  const stamp = binary.versionVariable && `-X ${binary.versionVariable}=${requiredVersion(family, binary.module)}`;
  return ["-s -w", stamp].filter(Boolean).join(" ");
}
