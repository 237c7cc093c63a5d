import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";

import { type ChartArgs, helmRelease } from "../../components/charts";
import { recordRegistrations, valueOf } from "./recorder";

const RANCHER: ChartArgs = { chart: "rancher", repo: "https://charts.example.com", version: "2.15.0" };

describe("a Helm release of ours", () => {
  const registrations = recordRegistrations();

  async function registered(chart: ChartArgs, values: object = {}): Promise<Readonly<Record<string, unknown>>> {
    registrations.length = 0;
    const place = { namespace: "cattle-system", releaseName: "rancher", values, timeoutSeconds: 900 };
    await valueOf(helmRelease("fleet-rancher", chart, place, {}).urn);
    return registrations[0]!.inputs;
  }

  async function valuesOf(ours: object, overrides: object): Promise<Record<string, unknown>> {
    return (await registered({ ...RANCHER, values: overrides }, ours))["values"] as Record<string, unknown>;
  }

  it("is pinned, waits, creates no namespace, and keeps a release that failed", async () => {
    assert.deepEqual(await registered(RANCHER), {
      name: "rancher",
      namespace: "cattle-system",
      createNamespace: false,
      chart: "rancher",
      version: "2.15.0",
      repositoryOpts: { repo: "https://charts.example.com" },
      values: {},
      resetValues: true,
      atomic: false,
      skipAwait: false,
      timeout: 900,
      maxHistory: 10,
      // The SDK's own.
      compat: "true",
    });
  });

  it("has no repository where the chart says itself where it is", async () => {
    const inputs = await registered({ chart: "oci://registry.example.com/rancher", version: "2.15.0" });
    assert.equal(inputs["repositoryOpts"], undefined);
  });

  it("merges maps of the stack file into our values, replaces all else, and drops what is null", async () => {
    const ours = {
      replicas: 3,
      ingress: { enabled: true, class: "traefik" },
      extraEnv: [{ name: "A" }],
      audit: { level: 1 },
    };
    const overrides = { replicas: 1, ingress: { class: "nginx" }, extraEnv: [{ name: "B" }], audit: null, new: true };
    assert.deepEqual(await valuesOf(ours, overrides), {
      replicas: 1,
      ingress: { enabled: true, class: "nginx" },
      extraEnv: [{ name: "B" }],
      new: true,
    });
    assert.deepEqual(ours.ingress, { enabled: true, class: "traefik" });
  });

  it("keeps what is secret a secret, and merges into what comes later", async () => {
    const ours = { token: pulumi.secret("word"), later: pulumi.output({ a: 1, b: 1 }) };
    // The recorder hands a value that holds a secret out as secret in whole.
    const { value } = (await valuesOf(ours, { later: { b: 2 } })) as { value: unknown };
    assert.deepEqual(value, { token: "word", later: { a: 1, b: 2 } });
  });
});
