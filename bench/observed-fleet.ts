import { CustomObjectsApi, type KubeConfig, PatchStrategy, setHeaderOptions } from "@kubernetes/client-node";

import { ADD_ON, BASE, TRACK } from "../fleet/baseline/labels";
import { DECLARED, MANAGED_BY, MANAGER, POOL } from "../fleet/labels";
import { connect } from "../live/management-client";
import { kubeconfigAccess } from "../sandbox/rehearsal/access";
import { foreignKinds } from "../sandbox/rehearsal/kinds/foreign-kinds";
import { installForeignKinds } from "../sandbox/rehearsal/kinds/install";
import { type Step } from "../sandbox/report";
import { type TemporarySandbox } from "../sandbox/temporary";
import { inEnvironment, type Manifest } from "./declared";
import { clusterNames, publishClass } from "./fleets";
import { type Template } from "./size";

/** An object of the fleet, and what controllers would write into its status. */
interface Live {
  readonly plural: string;
  readonly object: Manifest;
  readonly status?: object;
}

/** How many are sent at a time. */
const AT_ONCE = 16;
const SINCE = "2026-11-01T00:00:00Z";
const CLUSTER_NAME = "cluster.x-k8s.io/cluster-name";
const ADD_ONS = 10;

/**
 * Fills a namespace with as many clusters, each with its control plane, a machine deployment with its machine set, a managed
 * node group and the note of its base configuration; and with add-ons for all of them. All are paused: they stay as they are.
 */
export async function makeObservedFleet(
  { paths, tools }: TemporarySandbox,
  step: Step,
  namespace: string,
  count: number,
  { environment, declared }: Template,
): Promise<void> {
  const ours = inEnvironment(declared, environment, namespace);
  await publishClass({ paths }, ours);
  const kubeconfig = await connect({ path: paths.kubeconfig });
  // Of the add-on provider, which does not run.
  const kinds = foreignKinds(tools).filter(({ name }) => name === "caaph");
  for (const each of kinds) await installForeignKinds(kubeconfigAccess(paths.kubeconfig), each);
  for (const each of addOns()) await create(kubeconfig, namespace, each);
  let made = 0;
  const names = clusterNames(count).values();
  const work = async () => {
    for (const name of names) {
      // The cluster first: controllers take away what belongs to none.
      for (const each of clusterObjects(name, ours.cluster)) await create(kubeconfig, namespace, each);
      made += 1;
      step.update(`${made} of ${count} clusters made`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function create(kubeconfig: KubeConfig, namespace: string, { plural, object, status }: Live): Promise<void> {
  const api = kubeconfig.makeApiClient(CustomObjectsApi);
  const [group = "", version = ""] = object.apiVersion.split("/");
  const at = { group, version, plural, namespace };
  const made = (await api.createNamespacedCustomObject({ ...at, body: object })) as {
    metadata: { generation: number };
  };
  if (status === undefined) return;
  const observed = { ...status, observedGeneration: made.metadata.generation };
  await api.patchNamespacedCustomObjectStatus(
    { ...at, name: object.metadata.name, body: { status: observed } },
    setHeaderOptions("Content-Type", PatchStrategy.MergePatch),
  );
}

function clusterObjects(name: string, template: Manifest): Live[] {
  const machines = { apiGroup: "infrastructure.cluster.x-k8s.io", kind: "DevMachineTemplate", name };
  const labels = { [CLUSTER_NAME]: name };
  const metadata = { name, labels, annotations: { "cluster.x-k8s.io/paused": "true" } };
  const pool = { matchLabels: { ...labels, pool: "default" } };
  const spec = {
    clusterName: name,
    version: "v1.35.2",
    bootstrap: { dataSecretName: name },
    infrastructureRef: machines,
  };
  const machineTemplate = { metadata: { labels: pool.matchLabels }, spec };
  const ofPool = { clusterName: name, replicas: 3, selector: pool, template: machineTemplate };
  const counts = { replicas: 3, readyReplicas: 3, availableReplicas: 3, upToDateReplicas: 3 };
  return [
    {
      plural: "clusters",
      object: {
        ...template,
        metadata: {
          ...template.metadata,
          name,
          labels: { ...labelsOf(template), [BASE]: "base-0a1b2c3d4e", [TRACK]: "all" },
        },
      } as Manifest,
      status: { conditions: CONDITIONS },
    },
    {
      plural: "kubeadmcontrolplanes",
      object: {
        apiVersion: "controlplane.cluster.x-k8s.io/v1beta2",
        kind: "KubeadmControlPlane",
        metadata,
        spec: {
          replicas: 3,
          version: "v1.35.2",
          machineTemplate: { spec: { infrastructureRef: machines } },
          kubeadmConfigSpec: {
            joinConfiguration: { nodeRegistration: { kubeletExtraArgs: [{ name: "v", value: "2" }] } },
          },
        },
      } as Manifest,
      status: counts,
    },
    {
      plural: "machinedeployments",
      object: { apiVersion: CORE, kind: "MachineDeployment", metadata, spec: ofPool } as Manifest,
      status: counts,
    },
    {
      plural: "machinesets",
      object: { apiVersion: CORE, kind: "MachineSet", metadata, spec: ofPool } as Manifest,
      status: counts,
    },
    {
      plural: "machinepools",
      object: {
        apiVersion: CORE,
        kind: "MachinePool",
        metadata: {
          ...metadata,
          labels: { ...labels, [MANAGED_BY]: MANAGER, [POOL]: "managed" },
          annotations: { ...metadata.annotations, [DECLARED]: JSON.stringify({ instanceType: "m7i.large", max: 12 }) },
        },
        spec: { clusterName: name, replicas: 3, template: machineTemplate },
      } as Manifest,
      status: { phase: "Running", replicas: 3, readyReplicas: 3 },
    },
    {
      plural: "clusterresourcesetbindings",
      object: {
        apiVersion: "addons.cluster.x-k8s.io/v1beta2",
        kind: "ClusterResourceSetBinding",
        metadata: { name },
        spec: {
          clusterName: name,
          bindings: [
            {
              clusterResourceSetName: "base-0a1b2c3d4e",
              resources: [
                {
                  kind: "ConfigMap",
                  name: "base-0a1b2c3d4e",
                  hash: "0a1b2c3d4e",
                  applied: true,
                  lastAppliedTime: SINCE,
                },
              ],
            },
          ],
        },
      } as Manifest,
    },
  ];
}

const CORE = "cluster.x-k8s.io/v1beta2";

function labelsOf({ metadata }: Manifest): object {
  return (metadata as { labels?: object }).labels ?? {};
}

const CONDITIONS = [
  ...["Available", "TopologyReconciled", "ControlPlaneMachinesUpToDate", "WorkerMachinesUpToDate"].map((type) => [
    type,
    "True",
  ]),
  ...["RollingOut", "ScalingUp", "ScalingDown", "Remediating", "Deleting"].map((type) => [type, "False"]),
].map(([type, status]) => ({
  type,
  status,
  reason: "AsDeclared",
  message: "",
  observedGeneration: 1,
  lastTransitionTime: SINCE,
}));

/** Of one track; a fleet has a handful for each stage. */
function addOns(): Live[] {
  return Array.from({ length: ADD_ONS }, (_, index) => ({
    plural: "helmchartproxies",
    object: {
      apiVersion: "addons.cluster.x-k8s.io/v1alpha1",
      kind: "HelmChartProxy",
      metadata: {
        name: `add-on-${index}-all`,
        labels: { [MANAGED_BY]: MANAGER, [ADD_ON]: `add-on-${index}`, [TRACK]: "all" },
      },
      spec: {
        clusterSelector: { matchLabels: { [TRACK]: "all" } },
        chartName: `add-on-${index}`,
        repoURL: "https://charts.example.com",
        version: "1.0.0",
        releaseName: `add-on-${index}`,
        namespace: "kube-system",
        valuesTemplate: "replicas: 2\n",
      },
    } as Manifest,
    status: {
      conditions: [{ type: "Ready", status: "True", reason: "Ready", message: "", lastTransitionTime: SINCE }],
    },
  }));
}
