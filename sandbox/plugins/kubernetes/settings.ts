import { type Json, type JsonObject } from "../grpc/json";
import { hasUnknown, withoutSecrets } from "../grpc/struct";

/** The provider's configuration, read. */
export interface Settings {
  /** A path or the contents of a kubeconfig; empty: the machine's own (`KUBECONFIG`, `~/.kube/config`). */
  kubeconfig: string;
  context: string;
  cluster: string;
  /** For namespaced objects that name none. */
  namespace: string;
  enableConfigMapMutable: boolean;
  enableSecretMutable: boolean;
  enablePatchForce: boolean;
  upsertExistingObjects: boolean;
  deleteUnreachable: boolean;
  /** A setting is not known yet (a preview): the cluster cannot be asked. */
  unknown: boolean;
}

const SUPPORTED = new Set([
  "cluster",
  "clusterIdentifier",
  "context",
  "deleteUnreachable",
  "enableConfigMapMutable",
  "enablePatchForce",
  "enableSecretMutable",
  "enableServerSideApply",
  "kubeClientSettings",
  "kubeconfig",
  "namespace",
  "pluginDownloadURL",
  "suppressDeprecationWarnings",
  "suppressHelmHookWarnings",
  "upsertExistingObjects",
  "version",
]);

/** Reads the configuration as `Configure` receives it; environment variables stand in for settings that are absent. */
export function settingsFrom(args: JsonObject, env: NodeJS.ProcessEnv): Settings {
  const plain = withoutSecrets(args);
  const flag = (name: string, variable: string) => isTrue(plain[name] ?? env[variable]);
  const text = (name: string) => (typeof plain[name] === "string" ? plain[name] : "");
  return {
    kubeconfig: kubeconfigText(plain["kubeconfig"]),
    context: text("context"),
    cluster: text("cluster"),
    namespace: text("namespace") || "default",
    enableConfigMapMutable: flag("enableConfigMapMutable", "PULUMI_K8S_ENABLE_CONFIGMAP_MUTABLE"),
    enableSecretMutable: flag("enableSecretMutable", "PULUMI_K8S_ENABLE_SECRET_MUTABLE"),
    enablePatchForce: flag("enablePatchForce", "PULUMI_K8S_ENABLE_PATCH_FORCE"),
    upsertExistingObjects: flag("upsertExistingObjects", "PULUMI_K8S_UPSERT_EXISTING_OBJECTS"),
    deleteUnreachable: flag("deleteUnreachable", "PULUMI_K8S_DELETE_UNREACHABLE"),
    unknown: ["kubeconfig", "context", "cluster", "namespace"].some((name) => hasUnknown(plain[name])),
  };
}

/** Why the stand-in cannot honour a configuration, for each setting that it cannot. */
export function refusals(news: JsonObject): { property: string; reason: string }[] {
  return Object.entries(withoutSecrets(news)).flatMap(([property, value]) => {
    if (property.startsWith("__")) return [];
    if (property === "enableServerSideApply" && !isTrue(value) && !hasUnknown(value)) {
      return [{ property, reason: "The stand-in for the Kubernetes provider has server-side apply only." }];
    }
    if (SUPPORTED.has(property)) return [];
    const reason = `The stand-in for the Kubernetes provider does not support "${property}": leave it out or install the official provider.`;
    return [{ property, reason }];
  });
}

/** A kubeconfig setting as text: it may be given as an object too. */
export function kubeconfigText(value: Json | undefined): string {
  if (typeof value === "string") return value;
  return value ? JSON.stringify(value) : "";
}

function isTrue(value: Json | undefined): boolean {
  return value === true || value === "true";
}
