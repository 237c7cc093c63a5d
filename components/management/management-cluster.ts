import * as pulumi from "@pulumi/pulumi";
import { Provider } from "@pulumi/kubernetes/provider";

import { typeToken } from "../type-token";

/** A cluster that a kubeconfig reaches and that runs Cluster API. */
export interface ManagementClusterArgs {
  /**
   * Name of the management cluster; plain. It is the identity of everything declared there: another name means
   * another cluster, and the engine would replace every object.
   */
  managementName: string;
  /**
   * A kubeconfig itself, for clusters whose kubeconfig holds no credential (on EKS it calls the `aws` command): it
   * enters the state. It wins over `kubeconfigPath`.
   */
  kubeconfig?: pulumi.Input<string>;
  /**
   * Path of a kubeconfig file, relative to the project folder. A path, not the contents, so that no credential enters
   * the state. Default: `$KUBECONFIG`, then `~/.kube/config`.
   */
  kubeconfigPath?: pulumi.Input<string>;
  /** Context in that file. Default: its current context. */
  kubeconfigContext?: pulumi.Input<string>;
}

/**
 * The cluster that Cluster API runs on and that every other component declares its objects on.
 *
 * Do not use it for workload clusters: those are declared through Cluster API and need no provider of their own.
 *
 * @example
 * const management = new ManagementCluster("management", {
 *   managementName: "sandbox",
 *   kubeconfigPath: ".sandbox/kubeconfig",
 * });
 * new k8s.core.v1.ConfigMap("hello", { data: {} }, { provider: management.provider });
 */
export class ManagementCluster extends pulumi.ComponentResource {
  /** Declares Kubernetes objects on the management cluster. */
  readonly provider: Provider;

  constructor(name: string, args: ManagementClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super(typeToken("ManagementCluster"), name, args, opts);

    this.provider = new Provider(
      `${name}-provider`,
      {
        kubeconfig: args.kubeconfig ?? args.kubeconfigPath,
        context: args.kubeconfigContext,
        // Known in every preview and tied to the name alone: a changed address or credential replaces nothing.
        clusterIdentifier: args.managementName,
        // A killed run leaves objects that the state does not know; the next run takes them up.
        upsertExistingObjects: true,
        // A field that somebody edited by hand is corrected, not argued about; fields we do not declare stay theirs.
        enablePatchForce: true,
      },
      { parent: this },
    );

    this.registerOutputs({ provider: this.provider });
  }
}
