import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { parse, parseAllDocuments } from "yaml";

/** What one Cluster API component installs on the API server, as its Go module ships it plus contract labels. */
export interface ComponentManifests {
  readonly crds: readonly CustomResourceDefinition[];
  /** Mutating and validating webhook configurations. */
  readonly webhooks: readonly WebhookConfiguration[];
}

export interface CustomResourceDefinition {
  readonly apiVersion: string;
  readonly kind: "CustomResourceDefinition";
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly spec: {
    readonly group: string;
    readonly names: { readonly plural: string };
    readonly versions: readonly { readonly name: string; readonly served: boolean }[];
  };
}

export interface WebhookConfiguration {
  readonly apiVersion: string;
  readonly kind: "MutatingWebhookConfiguration" | "ValidatingWebhookConfiguration";
  readonly metadata: { readonly name: string };
  readonly webhooks: readonly {
    readonly name: string;
    readonly clientConfig: { readonly service: { readonly path: string } };
    readonly [field: string]: unknown;
  }[];
}

interface Kustomization {
  readonly labels?: readonly { readonly pairs: Readonly<Record<string, string>> }[];
  readonly commonLabels?: Readonly<Record<string, string>>;
  readonly resources: readonly string[];
}

/** Reads a component's `config` folder. */
export function readComponent(config: string): ComponentManifests {
  const crds = readCrds(path.join(config, "crd"));
  const webhooks = parseAllDocuments(readFileSync(path.join(config, "webhook", "manifests.yaml"), "utf8")).map(
    (document) => document.toJS() as WebhookConfiguration,
  );
  return { crds, webhooks };
}

/**
 * Reads the definitions in a folder's `bases`, or in the folder itself. The contract labels stand in the kustomization,
 * not in the definitions; without them Cluster API does not find the provider's contract version.
 */
export function readCrds(folder: string): CustomResourceDefinition[] {
  const bases = path.join(folder, "bases");
  const from = existsSync(bases) ? bases : folder;
  const labels = kustomizedLabels(path.join(folder, "kustomization.yaml"));
  return readdirSync(from)
    .filter((name) => name.endsWith(".yaml") && name !== "kustomization.yaml")
    .sort()
    .map((name) => parse(readFileSync(path.join(from, name), "utf8")) as CustomResourceDefinition)
    .map((crd) => ({ ...crd, metadata: { ...crd.metadata, labels: { ...crd.metadata.labels, ...labels } } }));
}

function kustomizedLabels(file: string): Readonly<Record<string, string>> {
  if (!existsSync(file)) return {};
  const kustomization = parse(readFileSync(file, "utf8")) as Kustomization;
  return Object.assign({}, kustomization.commonLabels, ...(kustomization.labels ?? []).map((l) => l.pairs));
}
