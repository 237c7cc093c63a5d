import { type CustomResource } from "@pulumi/kubernetes/apiextensions";
import { Namespace, Secret } from "@pulumi/kubernetes/core/v1";
import { type Release } from "@pulumi/kubernetes/helm/v3";
import type * as pulumi from "@pulumi/pulumi";

import { catalogueChart, type ChartName } from "../../fleet/charts/catalogue";
import { CAPA_VARIABLES, PROVIDERS, type ProviderRole } from "../../fleet/cluster-api/providers";
import { contentHash } from "../../fleet/content-hash";
import { certManagerValues } from "../../fleet/charts/cert-manager-values";
import { helmRelease } from "../charts";
import { owned } from "../owned";
import { createProvider, createProviderNamespace, kubeadmAndAddOns } from "./provider-objects";
import { chartOf, type ClusterApiSettings } from "./settings";

const OPERATOR_API = "operator.cluster.x-k8s.io/v1alpha2";

/**
 * Cluster API by its operator. The chart gets no providers: it would make them by hooks, which nobody tracks, and which
 * remove and make them anew at each upgrade. They are objects of ours, one after the other.
 * @param identity What has to be there before CAPA starts.
 * @returns All providers.
 */
export function installWithOperator(
  name: string,
  settings: ClusterApiSettings,
  identity: pulumi.Resource[],
  parent: pulumi.Resource,
): CustomResource[] {
  const operator = installOperator(name, settings, parent);
  const declare = (role: ProviderRole, version: string, dependsOn: pulumi.Resource[]) => {
    const namespace = createProviderNamespace(name, role, settings, parent).metadata.name;
    const { kind, name: objectName } = PROVIDERS[role];
    const spec = role === "infrastructure" ? { configSecret: createVariables(name, namespace, parent) } : {};
    const object = { apiVersion: OPERATOR_API, kind, name: objectName, namespace, spec };
    return createProvider(name, role, version, object, settings, { parent, dependsOn });
  };
  const core = declare("core", settings.versions.core, [operator]);
  const others = kubeadmAndAddOns(settings).map(([role, version]) => declare(role, version, [core]));
  const aws = declare("infrastructure", settings.versions.capa, [core, ...identity]);
  return [core, ...others, aws];
}

/** Its kinds are part of the chart: without the release there are no providers, so it is protected like them. */
function installOperator(name: string, settings: ClusterApiSettings, parent: pulumi.Resource): Release {
  const certificates = settings.needsCertManager
    ? [installChart(name, "cert-manager", certManagerValues(), settings, { parent })]
    : [];
  return installChart(name, "cluster-api-operator", { replicaCount: 2 }, settings, { parent, dependsOn: certificates });
}

function installChart(
  name: string,
  chart: ChartName,
  values: object,
  settings: ClusterApiSettings,
  { parent, dependsOn }: pulumi.CustomResourceOptions,
): Release {
  const { namespace: namespaceName, releaseName, timeoutSeconds } = catalogueChart(chart);
  const { protect } = settings;
  const namespace = new Namespace(
    `${name}-${chart}-namespace`,
    { metadata: { name: namespaceName, ...owned() } },
    { parent, protect },
  );
  return helmRelease(
    `${name}-${chart}`,
    chartOf(settings, chart),
    { namespace: namespace.metadata.name, releaseName, values, timeoutSeconds },
    { parent, dependsOn, protect },
  );
}

/** Named by its content: the operator never reads one again, see `configSecret` of its API. */
function createVariables(name: string, namespace: pulumi.Input<string>, parent: pulumi.Resource) {
  const secret = new Secret(
    `${name}-aws-variables`,
    {
      metadata: { name: `aws-variables-${contentHash(CAPA_VARIABLES)}`, namespace, ...owned() },
      immutable: true,
      stringData: CAPA_VARIABLES,
    },
    { parent },
  );
  return { name: secret.metadata.name, namespace };
}
