import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";

import { type ClusterApiArgs } from "../../../components/cluster-api/cluster-api";
import { ClusterApiInstaller } from "../../../fleet/cluster-api/installer";
import { providerSpec } from "../../../fleet/cluster-api/provider-spec";
import { DEFAULT_GATES, PROVIDERS, type ProviderRole } from "../../../fleet/cluster-api/providers";
import { type Registration, valueOf } from "../recorder";

export const OWNED = {
  labels: { "app.kubernetes.io/managed-by": "cluster-fleet" },
  annotations: { "pulumi.com/patchFieldManager": "cluster-fleet" },
};

export const ARGS: ClusterApiArgs = {
  managementName: "fleet",
  clusterName: "fleet",
  accountId: "111122223333",
  partition: "aws",
  installer: ClusterApiInstaller.Operator,
  coreVersion: "v1.13.4",
  capaVersion: "v2.13.0",
  caaphVersion: "v0.6.4",
  charts: {
    "cluster-api-operator": { chart: "operator", repo: "https://charts.example.com/operator", version: "0.29.0" },
    "cert-manager": { chart: "cert-manager", repo: "https://charts.example.com/certificates", version: "v1.20.0" },
  },
};

/** Args of Turtles that differ from {@link ARGS}. */
export const TURTLES = {
  installer: ClusterApiInstaller.Turtles,
  rancherVersion: "v2.15.0",
  waitImage: "images.example.com/kubectl:v1.35.0",
  charts: {},
};

/** What is made whoever installs. */
export const IDENTITIES = [
  "ClusterApi fleet",
  "InstanceProfile fleet-control-plane",
  "InstanceProfile fleet-nodes",
  "PodIdentityAssociation fleet-controllers",
  "Policy fleet-control-plane",
  "Policy fleet-controllers",
  "Policy fleet-controllers-eks",
  "Policy fleet-nodes",
  "Role fleet-control-plane",
  "Role fleet-controllers",
  "Role fleet-eks-control-plane",
  "Role fleet-nodes",
  "RolePolicyAttachment fleet-control-plane-nodes",
  "RolePolicyAttachment fleet-control-plane-own",
  "RolePolicyAttachment fleet-controllers-eks",
  "RolePolicyAttachment fleet-controllers-own",
  "RolePolicyAttachment fleet-eks-control-plane",
  "RolePolicyAttachment fleet-nodes-AmazonEKSWorkerNodePolicy",
  "RolePolicyAttachment fleet-nodes-AmazonEKS_CNI_Policy",
  "RolePolicyAttachment fleet-nodes-own",
];

/** What a component registered, and with which options. */
export interface Recorded {
  readonly registrations: readonly Registration[];
  readonly options: ReadonlyMap<string, pulumi.CustomResourceOptions>;
}

/** Remembers the options of each child, by type and name. */
export function recordOptions(): { options: Map<string, pulumi.CustomResourceOptions>; opts: pulumi.ResourceOptions } {
  const options = new Map<string, pulumi.CustomResourceOptions>();
  const opts: pulumi.ResourceOptions = {
    transformations: [
      ({ type, name, opts }) => {
        options.set(`${kindOf(type)} ${name}`, opts);
        return undefined;
      },
    ],
  };
  return { options, opts };
}

/** Makes ClusterApi components that are recorded. */
export function registerWith(registrations: Registration[]) {
  return async (changes: Partial<ClusterApiArgs> = {}) => {
    const module = await import("../../../components/cluster-api/cluster-api");
    registrations.length = 0;
    const { options, opts } = recordOptions();
    const clusterApi = new module.ClusterApi("fleet", { ...ARGS, ...changes }, opts);
    const terminal = module.ready(clusterApi);
    await Promise.all([clusterApi.urn, ...terminal.map(({ urn }) => urn)].map(valueOf));
    await new Promise((resolve) => setTimeout(resolve, 50));
    const recorded: Recorded = { registrations: [...registrations], options };
    return { clusterApi, terminal, recorded };
  };
}

/** The spec of a provider that nobody has tuned. */
export function specOf(role: ProviderRole, version: string) {
  return providerSpec(PROVIDERS[role], { version, gates: DEFAULT_GATES, flags: {} });
}

export function kindOf(type: string): string {
  return type.split(":").at(-1) ?? "";
}

/** `Kind name` of each, sorted. */
export function kinds({ registrations }: Recorded): string[] {
  return registrations.map(({ type, name }) => `${kindOf(type)} ${name}`).sort();
}

export function inputs({ registrations }: Recorded, kindAndName: string): Registration["inputs"] {
  const found = registrations.find(({ type, name }) => `${kindOf(type)} ${name}` === kindAndName);
  assert.ok(found, `${kindAndName} is not among ${registrations.map(({ name }) => name).join(", ")}`);
  return found.inputs;
}

/** Names of the resources that it waits for, by its options alone. */
export async function waitsFor({ options }: Recorded, kindAndName: string): Promise<string[]> {
  const dependsOn = await valueOf(pulumi.output(options.get(kindAndName)?.dependsOn ?? []) as pulumi.Output<unknown>);
  const resources = [dependsOn].flat() as pulumi.Resource[];
  const urns = await Promise.all(resources.map(({ urn }) => valueOf(urn)));
  return urns.map((urn) => `${kindOf(urn.split("::")[2] ?? "")} ${urn.split("::")[3] ?? ""}`).sort();
}

/** A secret's value: mocks show it wrapped. */
export function unsealed(secret: unknown): unknown {
  return (secret as { value: unknown }).value;
}
