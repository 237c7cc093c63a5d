import { type JsonObject } from "../../content-hash";
import { type ChosenImage } from "../chosen";
import { byMinor, CLUSTER_NAME, CLUSTER_REGION } from "../templates";

const CONTROL_PLANE = "node-role.kubernetes.io/control-plane";
const ON_CONTROL_PLANE = { key: CONTROL_PLANE, operator: "Exists", effect: "NoSchedule" };

/**
 * Values of the chart `aws-cloud-controller-manager`. It runs on the control plane's machines, whose role may do what it
 * does, and on their network: machines answer questions for credentials over one hop only. It is what takes the taint
 * `uninitialized` from new nodes, so it starts on nodes that are not ready.
 */
export function cloudControllerValues({ repository, tags }: ChosenImage): JsonObject {
  return {
    image: { repository, tag: byMinor(tags) },
    args: ["--v=2", "--cloud-provider=aws", "--configure-cloud-routes=false", `--cluster-name=${CLUSTER_NAME}`],
    hostNetworking: true,
    nodeSelector: { [CONTROL_PLANE]: "" },
    tolerations: [
      ON_CONTROL_PLANE,
      { key: "node.cloudprovider.kubernetes.io/uninitialized", operator: "Exists", effect: "NoSchedule" },
      { key: "node.kubernetes.io/not-ready", operator: "Exists", effect: "NoSchedule" },
    ],
  };
}

/**
 * Values of the chart `aws-ebs-csi-driver`. Its controller has no place on the host's network (the chart knows no such
 * value), so it asks for credentials over two hops: on the control plane's machines, which answer those, and whose role
 * may make volumes. The part on each node asks nothing but what its machine is, from the host's network.
 *
 * Source: chart 2.x, `values.schema.json`, in which `controller` takes no other keys.
 */
export function volumeDriverValues(): JsonObject {
  return {
    controller: {
      replicaCount: 2,
      region: CLUSTER_REGION,
      // Volumes are found again by this tag when the cluster is gone.
      k8sTagClusterId: CLUSTER_NAME,
      nodeSelector: { [CONTROL_PLANE]: "" },
      tolerations: [
        ON_CONTROL_PLANE,
        { key: "CriticalAddonsOnly", operator: "Exists" },
        { operator: "Exists", effect: "NoExecute", tolerationSeconds: 300 },
      ],
    },
    node: { hostNetwork: true },
    storageClasses: [
      {
        name: "gp3",
        annotations: { "storageclass.kubernetes.io/is-default-class": "true" },
        volumeBindingMode: "WaitForFirstConsumer",
        allowVolumeExpansion: true,
        parameters: { type: "gp3", encrypted: "true" },
      },
    ],
  };
}
