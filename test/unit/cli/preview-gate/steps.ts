import { type GateRules } from "../../../../cli/preview-gate/gate-rules";
import { type PreviewDocument, previewOf, type PreviewStep } from "../../../../cli/rollout/previewed";

export const CLUSTER = "kubernetes:cluster.x-k8s.io/v1beta2:Cluster";
export const VPC = "aws:ec2/vpc:Vpc";

export interface Resource {
  readonly type?: string;
  /** Of the object; of a resource that is none of Kubernetes, its logical name. */
  readonly name?: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** The cluster whose component it is in. Default: its own, for a cluster. */
  readonly of?: string;
  readonly retained?: boolean;
  readonly custom?: boolean;
  readonly reasons?: readonly string[];
}

/** A step as `pulumi preview --json` prints it; of a cluster of production, unless told otherwise. */
export function step(op: string, resource: Resource = {}): PreviewStep {
  const { type = CLUSTER, name = "prod-a", namespace = "production", labels = {}, reasons } = resource;
  const home = resource.of ?? (type === CLUSTER ? name : undefined);
  const component = home === undefined ? "pulumi:pulumi:Stack" : "cluster-fleet:index:WorkloadCluster";
  const ofKubernetes = type.startsWith("kubernetes:");
  const state = {
    type,
    custom: resource.custom ?? true,
    parent: `urn:pulumi:prod::cluster-fleet::${component}::${home === undefined ? "cluster-fleet-prod" : `production-${home}`}`,
    inputs: ofKubernetes ? { metadata: { name, namespace, labels } } : { tags: { Name: name } },
    // The engine leaves out what is false.
    ...(resource.retained === true ? { retainOnDelete: true } : {}),
  };
  const written = {
    op,
    urn: `urn:pulumi:prod::cluster-fleet::${type}::${ofKubernetes ? `production-${name}` : name}`,
    ...(op.startsWith("create") ? {} : { oldState: state }),
    ...(op.startsWith("delete") ? {} : { newState: state }),
    ...(reasons === undefined ? {} : { replaceReasons: reasons }),
    detailedDiff: null,
  };
  return documentOf([written]).steps[0]!;
}

/** The three steps that a replacement comes as. */
export function replacement(resource: Resource): PreviewStep[] {
  const { reasons: _reasons, ...others } = resource;
  return [step("create-replacement", others), step("replace", resource), step("delete-replaced", others)];
}

export function documentOf(steps: readonly object[]): PreviewDocument {
  return previewOf({ steps, duration: 1, changeSummary: {} })!;
}

export function rules(changes: Partial<GateRules> = {}): GateRules {
  const now = new Date("2026-11-25T12:00:00Z");
  return {
    namespace: "production",
    decommission: [],
    classes: new Set(),
    waivers: [],
    maxClusters: 10,
    now,
    ...changes,
  };
}
