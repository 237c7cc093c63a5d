import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import { reachedBy, withConversion } from "../../../sandbox/management/manifests";
import { type CustomResourceDefinition, readComponent } from "../../../sandbox/tools/manifests";
import { temporaryFolder } from "./temporary-folder";

const at = { component: "capi-dev", url: "https://127.1.2.3:19471", ca: "PEM" };
const caBundle = Buffer.from("PEM").toString("base64");

describe("the manifests of a Cluster API component", () => {
  const folder = temporaryFolder();
  const put = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(folder(), file)), { recursive: true });
    writeFileSync(path.join(folder(), file), text);
  };

  it("are its definitions with the contract labels of the kustomization, and its webhooks", () => {
    put("crd/bases/b.yaml", "kind: CustomResourceDefinition\nmetadata: {name: b, labels: {own: x}}\n");
    put("crd/bases/a.yaml", "kind: CustomResourceDefinition\nmetadata: {name: a}\n");
    put("crd/kustomization.yaml", "labels:\n- pairs: {cluster.x-k8s.io/v1beta2: v1beta2}\nresources: [bases/a.yaml]\n");
    put(
      "webhook/manifests.yaml",
      "---\nkind: MutatingWebhookConfiguration\n---\nkind: ValidatingWebhookConfiguration\n",
    );
    const { crds, webhooks } = readComponent(folder());
    assert.deepEqual(
      crds.map(({ metadata }) => metadata),
      [
        { name: "a", labels: { "cluster.x-k8s.io/v1beta2": "v1beta2" } },
        { name: "b", labels: { own: "x", "cluster.x-k8s.io/v1beta2": "v1beta2" } },
      ],
    );
    assert.deepEqual(
      webhooks.map(({ kind }) => kind),
      ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"],
    );
  });

  const definition = (...versions: string[]): CustomResourceDefinition => ({
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "devclusters" },
    spec: { group: "g", names: { plural: "devclusters" }, versions: versions.map((name) => ({ name, served: true })) },
  });

  it("have several versions converted by the component's own server", () => {
    const converted = withConversion(definition("v1beta1", "v1beta2"), at) as unknown as { spec: object };
    assert.deepEqual(converted.spec, {
      ...definition("v1beta1", "v1beta2").spec,
      conversion: {
        strategy: "Webhook",
        webhook: {
          conversionReviewVersions: ["v1"],
          clientConfig: { url: "https://127.1.2.3:19471/convert", caBundle },
        },
      },
    });
  });

  it("have a single version left alone", () => {
    assert.deepEqual(withConversion(definition("v1beta2"), at), definition("v1beta2"));
  });

  it("have webhooks with a name of their own and a URL in place of the service", () => {
    const configuration = {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingWebhookConfiguration" as const,
      metadata: { name: "validating-webhook-configuration" },
      webhooks: [{ name: "v.devcluster", failurePolicy: "Fail", clientConfig: { service: { path: "/validate-x" } } }],
    };
    assert.deepEqual(reachedBy(configuration, at), {
      ...configuration,
      metadata: { name: "capi-dev-validating-webhook-configuration" },
      webhooks: [
        {
          name: "v.devcluster",
          failurePolicy: "Fail",
          clientConfig: { url: "https://127.1.2.3:19471/validate-x", caBundle },
        },
      ],
    });
  });
});
