import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import { Namespace } from "@pulumi/kubernetes/core/v1";
import type * as pulumi from "@pulumi/pulumi";

import { PROVIDERS, type ProviderRole } from "../../fleet/cluster-api/providers";
import { providerSpec } from "../../fleet/cluster-api/provider-spec";
import { owned } from "../owned";
import { type ClusterApiSettings } from "./settings";

/** Where a provider runs. It goes after the provider, and the provider goes after all clusters. */
export function createProviderNamespace(
  name: string,
  role: ProviderRole,
  { protect }: ClusterApiSettings,
  parent: pulumi.Resource,
): Namespace {
  const { namespace, label } = PROVIDERS[role];
  return new Namespace(
    `${name}-${label}-namespace`,
    { metadata: { name: namespace, ...owned() } },
    { parent, protect },
  );
}

/** How an installer writes a provider down. */
export interface ProviderObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: pulumi.Input<string>;
  /** Beside what both installers know. */
  readonly spec: Readonly<Record<string, unknown>>;
}

/** Ready once its controllers run; then Pulumi goes on. */
export function createProvider(
  name: string,
  role: ProviderRole,
  version: string,
  { apiVersion, kind, name: objectName, namespace, spec }: ProviderObject,
  { gates, flags, protect }: ClusterApiSettings,
  { parent, dependsOn }: pulumi.CustomResourceOptions,
): CustomResource {
  const provider = PROVIDERS[role];
  const { labels, annotations } = owned();
  return new CustomResource(
    `${name}-${provider.label}`,
    {
      apiVersion,
      kind,
      metadata: {
        name: objectName,
        namespace,
        labels,
        annotations: { ...annotations, "pulumi.com/waitFor": "condition=Ready" },
      },
      spec: { ...spec, ...providerSpec(provider, { version, gates, flags: flags[role] ?? {} }) },
    },
    { parent, dependsOn, protect, customTimeouts: { create: "15m", update: "15m", delete: "15m" } },
  );
}

/** The providers beside core and AWS, with their versions. */
export function kubeadmAndAddOns({ versions }: ClusterApiSettings): [ProviderRole, string][] {
  return [
    ["bootstrap", versions.kubeadm],
    ["controlPlane", versions.kubeadm],
    ...(versions.caaph === undefined ? [] : [["addon", versions.caaph] satisfies [ProviderRole, string]]),
  ];
}
