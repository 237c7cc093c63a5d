import { setTimeout as sleep } from "node:timers/promises";
import { type ComponentManifests, type CustomResourceDefinition, type WebhookConfiguration } from "../tools/manifests";
import { type Access, apply, type KubernetesObject, request } from "./api";

/** Where the API server reaches a component's webhook server. */
export interface WebhookEndpoint {
  readonly component: string;
  /** `https://127.1.2.3:19441` */
  readonly url: string;
  /** PEM. */
  readonly ca: string;
}

const CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
const WEBHOOKS = {
  MutatingWebhookConfiguration: "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations",
  ValidatingWebhookConfiguration: "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations",
};

/** Applies a component's CRDs and returns when the API server serves them. */
export async function installCrds(access: Access, manifests: ComponentManifests, at: WebhookEndpoint): Promise<void> {
  const crds = manifests.crds.map((crd) => withConversion(crd, at));
  await Promise.all(crds.map((crd) => apply(access, CRDS, crd)));
  await served(access, manifests.crds);
}

/** Applies a component's admission webhooks. From then on writes of its kinds fail while it does not answer. */
export async function installWebhooks(
  access: Access,
  manifests: ComponentManifests,
  at: WebhookEndpoint,
): Promise<void> {
  await Promise.all(
    manifests.webhooks.map((webhooks) => apply(access, WEBHOOKS[webhooks.kind], reachedBy(webhooks, at))),
  );
}

/** A kind with several versions is converted by its component. */
export function withConversion(crd: CustomResourceDefinition, at: WebhookEndpoint): KubernetesObject {
  if (crd.spec.versions.length < 2) return crd;
  const clientConfig = { url: `${at.url}/convert`, caBundle: base64(at.ca) };
  const conversion = { strategy: "Webhook", webhook: { conversionReviewVersions: ["v1"], clientConfig } };
  return { ...crd, spec: { ...crd.spec, conversion } } as KubernetesObject;
}

/** The services of the manifests do not exist here, and all components give their configurations the same names. */
export function reachedBy(webhooks: WebhookConfiguration, at: WebhookEndpoint): KubernetesObject {
  return {
    ...webhooks,
    metadata: { ...webhooks.metadata, name: `${at.component}-${webhooks.metadata.name}` },
    webhooks: webhooks.webhooks.map((webhook) => ({
      ...webhook,
      clientConfig: { url: `${at.url}${webhook.clientConfig.service.path}`, caBundle: base64(at.ca) },
    })),
  } as KubernetesObject;
}

/** Asks the discovery pages, which are small; the definitions with their schemas are not. */
async function served(access: Access, crds: readonly CustomResourceDefinition[]): Promise<void> {
  const pages = new Map<string, string[]>();
  for (const { spec } of crds) {
    for (const version of spec.versions.filter((candidate) => candidate.served)) {
      const page = `/apis/${spec.group}/${version.name}`;
      pages.set(page, [...(pages.get(page) ?? []), spec.names.plural]);
    }
  }
  const deadline = Date.now() + 60_000;
  for (const [page, plurals] of pages) {
    while (!(await lists(access, page, plurals))) {
      if (Date.now() > deadline) throw new Error(`the API server does not serve all kinds of ${page} after 60 s`);
      await sleep(100);
    }
  }
}

async function lists(access: Access, page: string, plurals: readonly string[]): Promise<boolean> {
  const answer = await request(access, "GET", page);
  if (answer.status !== 200) return false;
  const { resources } = JSON.parse(answer.body) as { resources: readonly { name: string }[] };
  return plurals.every((plural) => resources.some(({ name }) => name === plural));
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}
