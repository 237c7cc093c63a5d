import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import * as pulumi from "@pulumi/pulumi";

import { type ClassObject } from "../../fleet/classes/class-revision";
import { typeToken } from "../type-token";

/** A class revision: objects named by the hash of their content, see {@link ClusterClasses}. */
export interface ClassRevisionArgs {
  /** What the stack file calls the class, e.g. `in-memory-kubeadm`; plain. */
  family: string;
  /** Name of the ClusterClass, `<family>-<hash>`; plain. */
  name: string;
  /** The templates' manifests (apiVersion, kind, metadata, spec); plain, for their names are their content. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- schema inference knows no other word for "any object"
  templates: any[];
  /** The ClusterClass's manifest; plain. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  clusterClass: any;
}

export interface ClusterClassesArgs {
  /** Namespace on the management cluster. */
  namespace: pulumi.Input<string>;
  /** Revisions to publish; plain, because each is a set of resources. */
  classes: ClassRevisionArgs[];
}

/**
 * Published revisions of cluster classes. Nothing published is ever edited: an edit of a ClusterClass or template
 * would roll all of its clusters at once. A changed class is a new revision beside the old one; clusters move to it
 * in a later run, and the old revision stays on the management cluster until `npm run fleet -- prune` removes it.
 *
 * Removing a revision here therefore deletes nothing (`retainOnDelete`), and declaring it again takes it up again.
 *
 * @example
 * new ClusterClasses("classes", { namespace: "production", classes: [revision] }, { provider });
 */
export class ClusterClasses extends pulumi.ComponentResource {
  /** Names of the published ClusterClass objects, known once they are published. */
  readonly names: pulumi.Output<string[]>;

  constructor(name: string, args: ClusterClassesArgs, opts?: pulumi.ComponentResourceOptions) {
    super(typeToken("ClusterClasses"), name, args, opts);

    const publish = (object: ClassObject, dependsOn: CustomResource[]) =>
      new CustomResource(
        `${name}-${object.metadata.name}`,
        { ...object, metadata: { ...object.metadata, namespace: args.namespace } },
        { parent: this, retainOnDelete: true, dependsOn },
      );
    const revisions = new Map(
      args.classes.map((revision) => [
        revision.name,
        publish(
          revision.clusterClass as ClassObject,
          revision.templates.map((template: ClassObject) => publish(template, [])),
        ),
      ]),
    );

    published.set(this, revisions);
    this.names = pulumi.all([...revisions.values()].map((clusterClass) => clusterClass.metadata.name));
    this.registerOutputs({ names: this.names });
  }
}

/** Not a member, for every member of an exported component is an output of its schema. */
const published = new WeakMap<ClusterClasses, ReadonlyMap<string, CustomResource>>();

/** What a cluster waits for before it names a revision; nothing for a revision that an earlier run published. */
export function publishedClass(classes: ClusterClasses, name: string | undefined): CustomResource | undefined {
  return name === undefined ? undefined : published.get(classes)?.get(name);
}
