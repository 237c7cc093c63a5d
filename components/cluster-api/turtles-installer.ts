import { type CustomResource } from "@pulumi/kubernetes/apiextensions";
import type * as pulumi from "@pulumi/pulumi";

import { CAPA_VARIABLES, PROVIDERS, type ProviderRole } from "../../fleet/cluster-api/providers";
import { TURTLES_API } from "../../fleet/cluster-api/turtles";
import { createProvider, createProviderNamespace, kubeadmAndAddOns } from "./provider-objects";
import { type ClusterApiSettings } from "./settings";
import { waitForTurtles } from "./turtles-wait";

/**
 * The providers beside the core, which is Rancher's: a core of ours would be a second owner.
 * @param identity What has to be there before CAPA starts.
 * @returns All providers.
 */
export function installWithTurtles(
  name: string,
  settings: ClusterApiSettings,
  identity: pulumi.Resource[],
  parent: pulumi.Resource,
): CustomResource[] {
  const awsNamespace = createProviderNamespace(name, "infrastructure", settings, parent);
  const turtles = waitForTurtles(name, settings, awsNamespace, parent);
  const declare = (
    role: ProviderRole,
    version: string,
    namespace: pulumi.Input<string>,
    dependsOn: pulumi.Resource[],
  ) =>
    createProvider(
      name,
      role,
      version,
      { apiVersion: TURTLES_API, kind: "CAPIProvider", name: OBJECTS[role], namespace, spec: specOf(role) },
      settings,
      { parent, dependsOn },
    );
  const others = kubeadmAndAddOns(settings).map(([role, version]) => {
    const namespace = createProviderNamespace(name, role, settings, parent);
    return declare(role, version, namespace.metadata.name, [turtles]);
  });
  const aws = declare("infrastructure", settings.versions.capa, awsNamespace.metadata.name, [turtles, ...identity]);
  return [...others, aws];
}

/** All are of one kind, and two of them are called kubeadm. Rancher looks for the name aws. */
const OBJECTS: Readonly<Record<ProviderRole, string>> = {
  core: "cluster-api",
  bootstrap: "kubeadm-bootstrap",
  controlPlane: "kubeadm-control-plane",
  infrastructure: "aws",
  addon: "helm",
};

function specOf(role: ProviderRole) {
  return {
    name: PROVIDERS[role].name,
    type: role,
    enableAutomaticUpdate: false,
    ...(role === "infrastructure" ? { variables: { ...CAPA_VARIABLES } } : {}),
  };
}
