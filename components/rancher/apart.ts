import { Namespace } from "@pulumi/kubernetes/core/v1";
import { type Release } from "@pulumi/kubernetes/helm/v3";
import type * as pulumi from "@pulumi/pulumi";

import { catalogueChart } from "../../fleet/charts/catalogue";
import { type ChartArgs, helmRelease } from "../charts";
import { owned } from "../owned";

/** What Rancher stands on, each in a namespace of its own. */
type Foundation = "cert-manager" | "traefik";

/** Installs a chart in its own namespace, as the catalogue names both. */
export function installApart(
  name: string,
  foundation: Foundation,
  chart: ChartArgs,
  values: object,
  { parent, dependsOn }: pulumi.CustomResourceOptions,
): Release {
  const { namespace: namespaceName, releaseName, timeoutSeconds } = catalogueChart(foundation);
  const namespace = new Namespace(
    `${name}-${foundation}-namespace`,
    { metadata: { name: namespaceName, ...owned() } },
    { parent, dependsOn },
  );
  return helmRelease(
    `${name}-${foundation}`,
    chart,
    { namespace: namespace.metadata.name, releaseName, values, timeoutSeconds },
    { parent, dependsOn },
  );
}
