import { CustomResource, type CustomResourceArgs } from "@pulumi/kubernetes/apiextensions";
import { Namespace, type NamespaceArgs } from "@pulumi/kubernetes/core/v1";
import { Provider, type ProviderArgs } from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";

import { type Declared } from "../declared";

/** The objects of a fleet, as our program declares them, in a loop: no component, no plan, no look at what lives. */
export = function program() {
  const config = new pulumi.Config("cluster-fleet");
  const names = config.requireObject<string[]>("clusters");
  const declared = config.requireObject<Declared>("declared");

  const provider = new Provider("provider", declared.provider as ProviderArgs);
  const home = new Namespace("namespace", declared.namespace as NamespaceArgs, { provider });
  const inHome = (manifest: CustomResourceArgs, name: string): CustomResourceArgs => ({
    ...manifest,
    metadata: { ...(manifest["metadata"] as object), name, namespace: home.metadata.name },
  });
  const classes = declared.classObjects.map((manifest) => {
    const name = manifest.metadata.name;
    return new CustomResource(name, inHome(manifest, name), { provider, retainOnDelete: true });
  });
  for (const name of names) {
    new CustomResource(name, inHome(declared.cluster, name), {
      provider,
      dependsOn: classes,
      customTimeouts: { delete: "30m" },
    });
  }
};
