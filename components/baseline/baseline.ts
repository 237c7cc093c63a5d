import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import { ConfigMap } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";

import { type ManagementObject } from "../../fleet/baseline/resource-sets";
import { typeToken } from "../type-token";
import { Autoscalers, type AutoscalerArgs } from "./autoscalers";

/** A revision of the base configuration: objects named by the hash of what they apply, see {@link Baseline}. */
export interface BaseRevisionArgs {
  /** `base-<hash>`; plain. Clusters whose label `cluster-fleet.io/base` has this value are given it. */
  name: string;
  /** Manifests of the `ConfigMap`s that hold what is applied; plain. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- schema inference knows no other word for "any object"
  configMaps: any[];
  /** Manifests of the `ClusterResourceSet`s that apply it; plain. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  resourceSets: any[];
}

export interface BaselineArgs {
  /** Namespace of the environment on the management cluster. */
  namespace: pulumi.Input<string>;
  /** Revisions that clusters of this run have; plain, because each is a set of resources. */
  revisions: BaseRevisionArgs[];
  /** Manifests of the `HelmChartProxy`s, one for each add-on and track; plain. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  addOns: any[];
  /** Clusters whose size follows their load; plain. Each has a pod on the management cluster. */
  autoscalers: AutoscalerArgs[];
}

/**
 * What every workload cluster of an environment has alike: the base configuration, which Cluster API applies from the
 * management cluster, and the add-ons, which its provider for Helm installs. Clusters are selected by their labels.
 *
 * A revision is never edited: another setting is another revision, and a cluster moves to it by its label. Removing a
 * revision here deletes nothing (`retainOnDelete`), neither on the management cluster nor what it applied. An add-on is
 * edited in place; removing one here uninstalls it from every cluster that has it.
 *
 * Clusters depend on it, so that add-ons are there as long as they are: a cluster that loses its network hangs in its
 * own deletion.
 *
 * @example
 * new Baseline("base", { namespace: "production", revisions, addOns, autoscalers }, { providers: { kubernetes } });
 */
export class Baseline extends pulumi.ComponentResource {
  /** Names of the revisions, known once they are there. */
  readonly revisions: pulumi.Output<string[]>;

  constructor(name: string, args: BaselineArgs, opts?: pulumi.ComponentResourceOptions) {
    super(typeToken("Baseline"), name, args, opts);

    const addOns = args.addOns.map((proxy: ManagementObject) =>
      declare(name, proxy, args.namespace, { parent: this, dependsOn: opts?.dependsOn }),
    );
    const bases = new Map(
      args.revisions.map((revision) => [
        revision.name,
        this.publish(name, revision, args.namespace, [...addOns, ...dependencies(opts)]),
      ]),
    );
    if (args.autoscalers.length > 0) {
      new Autoscalers(
        `${name}-autoscalers`,
        { namespace: args.namespace, autoscalers: args.autoscalers },
        { parent: this, dependsOn: opts?.dependsOn },
      );
    }

    published.set(this, bases);
    this.revisions = pulumi.all([...bases.values()].map((set) => set.metadata.name));
    this.registerOutputs({ revisions: this.revisions });
  }

  /** @returns The last of the revision's objects: whatever depends on it depends on them all, and on every add-on. */
  private publish(
    name: string,
    { configMaps, resourceSets }: BaseRevisionArgs,
    namespace: pulumi.Input<string>,
    after: pulumi.Resource[],
  ): CustomResource {
    const contents = configMaps.map((each: ManagementObject) => {
      const { metadata, data, immutable } = each as ManagementObject & { data: Record<string, string> };
      return new ConfigMap(
        `${name}-${metadata.name}`,
        { metadata: { ...metadata, namespace }, data, immutable: immutable === true },
        { parent: this, retainOnDelete: true, dependsOn: after },
      );
    });
    const options = { parent: this, retainOnDelete: true };
    return resourceSets.reduce<CustomResource | undefined>(
      (before, each: ManagementObject) =>
        declare(name, each, namespace, { ...options, dependsOn: before ?? contents }, "-set"),
      undefined,
    ) as CustomResource;
  }
}

/** Not a member, for every member of an exported component is an output of its schema. */
const published = new WeakMap<Baseline, ReadonlyMap<string, CustomResource>>();

/** What a cluster waits for before it names a revision, and what outlives it; nothing for a cluster without one. */
export function publishedBase(baseline: Baseline, revision: string | undefined): CustomResource | undefined {
  return revision === undefined ? undefined : published.get(baseline)?.get(revision);
}

function declare(
  name: string,
  object: ManagementObject,
  namespace: pulumi.Input<string>,
  options: pulumi.CustomResourceOptions,
  suffix = "",
): CustomResource {
  return new CustomResource(
    `${name}-${object.metadata.name}${suffix}`,
    { ...object, metadata: { ...object.metadata, namespace } },
    options,
  );
}

/** As a list; plain resources only, as the fleet passes them. */
function dependencies(opts: pulumi.ComponentResourceOptions | undefined): pulumi.Resource[] {
  const given = opts?.dependsOn ?? [];
  return (Array.isArray(given) ? given : [given]) as pulumi.Resource[];
}
