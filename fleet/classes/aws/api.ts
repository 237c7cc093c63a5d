/** API versions of the kinds that classes on AWS are made of. */
export const BOOTSTRAP = "bootstrap.cluster.x-k8s.io/v1beta2";
export const CONTROL_PLANE = "controlplane.cluster.x-k8s.io/v1beta2";
export const CORE = "cluster.x-k8s.io/v1beta2";
export const INFRASTRUCTURE = "infrastructure.cluster.x-k8s.io/v1beta2";
