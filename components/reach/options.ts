import type * as pulumi from "@pulumi/pulumi";

/** Both ends of a way: the management cluster's account is the provider of the component itself. */
export interface TwoEndedOptions extends pulumi.ComponentResourceOptions {
  /** Has rights in the account of the cluster. Default: the same. */
  readonly clusterAws?: pulumi.ProviderResource;
}
