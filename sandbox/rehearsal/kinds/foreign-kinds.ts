import { type KubernetesObject } from "../../management/api";
import { type ComponentName } from "../../management/names";
import { type CrdSource } from "../../tools/families";
import { type CustomResourceDefinition } from "../../tools/manifests";
import { type Toolbox } from "../../tools/toolbox";
import { standInDefinition } from "./stand-in-definition";

/** A system that the management cluster has, and that a rehearsal does not start with. */
export type ForeignSystem = CrdSource | "turtles" | "capa";

/** What a system brings to the API server. */
export interface ForeignKinds {
  readonly name: ForeignSystem;
  /** Whether the definitions are the system's own, from its Go module, or minimal ones of ours that take anything. */
  readonly definitions: "real" | "stand-in";
  /** When they come, for the user. */
  readonly arrive: string;
  readonly crds: readonly CustomResourceDefinition[];
  /** What runs of it: its definitions are converted, and its objects judged, by it. Default: nothing runs. */
  readonly runs?: ComponentName;
  /** What the system makes of its kinds by itself. */
  readonly objects: readonly PlacedObject[];
}

/** An object, and the path of the collection that it belongs to. */
export interface PlacedObject {
  readonly collection: string;
  readonly object: KubernetesObject;
}

/** Parts of Cluster API that a rehearsal does not start with: their provider brings them. */
export const ARRIVING: readonly ComponentName[] = ["capa"];

const TURTLES = "turtles-capi.cattle.io";
const CORE_NAMESPACE = "cattle-capi-system";

/** Every system whose objects we declare. Cluster API's core and kubeadm providers are not foreign: they always run. */
export function foreignKinds(tools: Pick<Toolbox, "crds" | "manifests" | "version">): ForeignKinds[] {
  return [
    shipped(tools, "cert-manager", "with its chart; where that is only recorded, right after"),
    shipped(tools, "cluster-api-operator", "with its chart; where that is only recorded, right after"),
    turtles(tools.version("capi-core")),
    awsProvider(tools),
    shipped(tools, "caaph", "before its provider is ready"),
  ];
}

function shipped(tools: Pick<Toolbox, "crds">, name: CrdSource, arrive: string): ForeignKinds {
  return { name, definitions: "real", arrive, crds: tools.crds(name), objects: [] };
}

function awsProvider(tools: Pick<Toolbox, "manifests">): ForeignKinds {
  const { crds } = tools.manifests("capa");
  const arrive = "before its provider is ready, with the program, whose webhooks judge them";
  return { name: "capa", definitions: "real", arrive, crds, runs: "capa", objects: [controllerIdentity()] };
}

/**
 * Rancher installs Turtles, and by it the core of Cluster API. Its Go module cannot be had.
 * @param coreVersion That of the core which runs in the sandbox.
 */
function turtles(coreVersion: string): ForeignKinds {
  const kind = { group: TURTLES, version: "v1alpha1" };
  const metadata = { name: CORE_NAMESPACE };
  return {
    name: "turtles",
    definitions: "stand-in",
    arrive: "18 s after Rancher's release is installed or recorded",
    crds: [
      standInDefinition({ ...kind, kind: "CAPIProvider", plural: "capiproviders" }),
      standInDefinition({ ...kind, kind: "ClusterctlConfig", plural: "clusterctlconfigs" }),
    ],
    objects: [
      { collection: "/api/v1/namespaces", object: { apiVersion: "v1", kind: "Namespace", metadata } },
      {
        collection: `/apis/${TURTLES}/v1alpha1/namespaces/${CORE_NAMESPACE}/capiproviders`,
        object: object(`${TURTLES}/v1alpha1`, "CAPIProvider", "cluster-api", {
          name: "cluster-api",
          type: "core",
          version: coreVersion,
          enableAutomaticUpdate: false,
        }),
      },
    ],
  };
}

/** CAPA makes that of its own account with the first cluster that it reconciles; here it reconciles none. */
function controllerIdentity(): PlacedObject {
  const apiVersion = "infrastructure.cluster.x-k8s.io/v1beta2";
  return {
    collection: `/apis/${apiVersion}/awsclustercontrolleridentities`,
    object: object(apiVersion, "AWSClusterControllerIdentity", "default", { allowedNamespaces: {} }),
  };
}

function object(apiVersion: string, kind: string, name: string, spec: object): KubernetesObject & { spec: object } {
  return { apiVersion, kind, metadata: { name }, spec };
}
