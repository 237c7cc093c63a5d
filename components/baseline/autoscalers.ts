import { Deployment } from "@pulumi/kubernetes/apps/v1";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1";
import { Role, RoleBinding } from "@pulumi/kubernetes/rbac/v1";
import * as pulumi from "@pulumi/pulumi";

import { AUTOSCALER_RULES } from "../../fleet/baseline/autoscalers";
import { owned } from "../owned";
import { typeToken } from "../type-token";

/** An autoscaler for one cluster. */
export interface AutoscalerArgs {
  /** Name of the cluster; plain. */
  cluster: string;
  /** Image with its tag, of the cluster's minor of Kubernetes. Another one restarts the autoscaler. */
  image: pulumi.Input<string>;
  /** Key of the Secret `<cluster>-kubeconfig` with the kubeconfig to use. */
  kubeconfigKey: pulumi.Input<string>;
}

export interface AutoscalersArgs {
  /** Namespace of the environment, in which clusters and autoscalers live. */
  namespace: pulumi.Input<string>;
  /** The clusters; plain, because each is a Deployment. */
  autoscalers: AutoscalerArgs[];
}

const NAME = "cluster-autoscaler";
const KUBECONFIG_FOLDER = "/etc/workload-cluster";
const HEALTH_PORT = 8085;

/**
 * Autoscalers on the management cluster: each looks at the pods of one workload cluster and changes the number of its
 * machines between `min` and `max`. They run here, for in the workload cluster they would need a credential for the
 * management cluster.
 *
 * An autoscaler is declared, not awaited: it starts with its cluster, which takes minutes.
 */
export class Autoscalers extends pulumi.ComponentResource {
  constructor(name: string, args: AutoscalersArgs, opts?: pulumi.ComponentResourceOptions) {
    super(typeToken("Autoscalers"), name, args, opts);

    const account = this.admit(name, args.namespace, opts?.dependsOn);
    args.autoscalers.forEach((each) => this.deploy(name, each, args.namespace, account));
    this.registerOutputs({});
  }

  /** One identity for all autoscalers of the namespace, with rights in it alone. */
  private admit(
    name: string,
    namespace: pulumi.Input<string>,
    dependsOn: pulumi.ComponentResourceOptions["dependsOn"],
  ): ServiceAccount {
    const metadata = { name: NAME, namespace, ...owned() };
    const options = { parent: this, dependsOn };
    const account = new ServiceAccount(`${name}-account`, { metadata }, options);
    const role = new Role(`${name}-role`, { metadata, rules: AUTOSCALER_RULES.map(mutable) }, options);
    new RoleBinding(
      `${name}-binding`,
      {
        metadata,
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: role.metadata.name },
        subjects: [{ kind: "ServiceAccount", name: account.metadata.name, namespace }],
      },
      { parent: this },
    );
    return account;
  }

  private deploy(
    name: string,
    { cluster, image, kubeconfigKey }: AutoscalerArgs,
    namespace: pulumi.Input<string>,
    account: ServiceAccount,
  ): void {
    const { labels, annotations } = owned();
    const selector = { "app.kubernetes.io/name": NAME, "cluster.x-k8s.io/cluster-name": cluster };
    new Deployment(
      `${name}-${cluster}`,
      {
        metadata: {
          name: `${cluster}-autoscaler`,
          namespace,
          labels: { ...labels, ...selector },
          annotations: { ...annotations, "pulumi.com/skipAwait": "true" },
        },
        spec: {
          replicas: 1,
          // Two of them would argue about one cluster.
          strategy: { type: "Recreate" },
          selector: { matchLabels: selector },
          template: {
            metadata: { labels: selector },
            spec: {
              serviceAccountName: account.metadata.name,
              securityContext: {
                runAsNonRoot: true,
                runAsUser: 65532,
                runAsGroup: 65532,
                fsGroup: 65532,
                seccompProfile: { type: "RuntimeDefault" },
              },
              containers: [container(cluster, image, kubeconfigKey, namespace)],
              volumes: [{ name: "kubeconfig", secret: { secretName: `${cluster}-kubeconfig`, defaultMode: 0o440 } }],
            },
          },
        },
      },
      { parent: this },
    );
  }
}

/**
 * Source of the flags: Kubernetes autoscaler, `cloudprovider/clusterapi/README.md`: management cluster by service
 * account, workload cluster by kubeconfig. A pool is a machine deployment for each zone, so they are kept alike.
 */
function container(
  cluster: string,
  image: pulumi.Input<string>,
  kubeconfigKey: pulumi.Input<string>,
  namespace: pulumi.Input<string>,
) {
  return {
    name: NAME,
    image,
    args: [
      "--cloud-provider=clusterapi",
      pulumi.interpolate`--kubeconfig=${KUBECONFIG_FOLDER}/${kubeconfigKey}`,
      "--clusterapi-cloud-config-authoritative",
      pulumi.interpolate`--node-group-auto-discovery=clusterapi:namespace=${namespace},clusterName=${cluster}`,
      "--balance-similar-node-groups",
      "--balancing-ignore-label=topology.ebs.csi.aws.com/zone",
      "--expander=least-waste",
      "--v=2",
    ],
    resources: { requests: { cpu: "50m", memory: "128Mi" }, limits: { memory: "1Gi" } },
    livenessProbe: { httpGet: { path: "/health-check", port: HEALTH_PORT }, periodSeconds: 30 },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    volumeMounts: [{ name: "kubeconfig", mountPath: KUBECONFIG_FOLDER, readOnly: true }],
  };
}

/** The SDK's types know no read-only lists. */
function mutable({ apiGroups, resources, verbs }: (typeof AUTOSCALER_RULES)[number]) {
  return { apiGroups: [...apiGroups], resources: [...resources], verbs: [...verbs] };
}
