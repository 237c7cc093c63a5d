import { minAvailable, PRIORITY_CLASS, type RancherSettings } from "./settings";

/** One for each zone, whatever the number of Rancher's replicas: the load balancer has an address in each. */
const REPLICAS = 3;

const ANNOTATION = "service.beta.kubernetes.io/aws-load-balancer";

/**
 * Values of the chart `traefik`: behind a network load balancer that sends straight to the pods. Not an application load
 * balancer: shells and logs through Rancher are reported broken behind one (rancher/rancher#46692, #43683).
 *
 * The chart's Service is of type LoadBalancer by itself; where the type stands among the values differs between its
 * majors, and it refuses what it does not know. Sources: Traefik chart 41, values; AWS Load Balancer Controller, service
 * annotations.
 */
export function traefikValues({ ingressClass, internalLoadBalancer }: RancherSettings) {
  return {
    deployment: { replicas: REPLICAS },
    podDisruptionBudget: { enabled: true, minAvailable: minAvailable(REPLICAS) },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "topology.kubernetes.io/zone",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels: { "app.kubernetes.io/name": "traefik" } },
      },
    ],
    priorityClassName: PRIORITY_CLASS,
    resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "512Mi" } },
    ingressClass: { enabled: true, isDefaultClass: false, name: ingressClass },
    service: {
      annotations: {
        [`${ANNOTATION}-type`]: "external",
        [`${ANNOTATION}-nlb-target-type`]: "ip",
        [`${ANNOTATION}-scheme`]: internalLoadBalancer ? "internal" : "internet-facing",
      },
      spec: { loadBalancerClass: "service.k8s.aws/nlb" },
    },
  };
}
