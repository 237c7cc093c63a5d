import { Job } from "@pulumi/kubernetes/batch/v1";
import { type Namespace, ServiceAccount } from "@pulumi/kubernetes/core/v1";
import { ClusterRole, ClusterRoleBinding } from "@pulumi/kubernetes/rbac/v1";
import type * as pulumi from "@pulumi/pulumi";

import { TURTLES_TIMEOUT, TURTLES_WAIT_RULES, turtlesWaits } from "../../fleet/cluster-api/turtles";
import { owned } from "../owned";
import { type ClusterApiSettings } from "./settings";

/** Name of the account and its rights; the cluster-wide ones carry it too. */
const WAITER = "cluster-fleet-wait-turtles";

/**
 * Done once Rancher has installed Turtles and Cluster API's core, minutes after its own chart is ready: before, the kind
 * of the providers does not exist. A Job, for nothing else on a management cluster can wait for a kind.
 */
export function waitForTurtles(
  name: string,
  settings: ClusterApiSettings,
  namespace: Namespace,
  parent: pulumi.Resource,
): Job {
  const account = new ServiceAccount(
    `${name}-wait-turtles`,
    { metadata: { name: WAITER, namespace: namespace.metadata.name, ...owned() } },
    { parent },
  );
  const rights = giveRights(name, account, parent);
  return new Job(
    `${name}-wait-turtles`,
    {
      metadata: {
        name: `${WAITER}-${(settings.rancherVersion ?? "").replaceAll(/[^a-z0-9]+/g, "-")}`,
        namespace: namespace.metadata.name,
        ...owned(),
      },
      spec: { backoffLimit: 6, activeDeadlineSeconds: TURTLES_TIMEOUT, template: { spec: podSpec(settings, account) } },
    },
    // Another Rancher is waited for by another Job. The time-out is longer than the Job's own end, which says more.
    { parent, dependsOn: [rights], protect: false, customTimeouts: { create: `${TURTLES_TIMEOUT + 60}s` } },
  );
}

function giveRights(name: string, account: ServiceAccount, parent: pulumi.Resource): ClusterRoleBinding {
  const role = new ClusterRole(
    `${name}-wait-turtles`,
    { metadata: { name: WAITER, ...owned() }, rules: TURTLES_WAIT_RULES },
    { parent },
  );
  return new ClusterRoleBinding(
    `${name}-wait-turtles`,
    {
      metadata: { name: WAITER, ...owned() },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role.metadata.name },
      subjects: [{ kind: "ServiceAccount", name: account.metadata.name, namespace: account.metadata.namespace }],
    },
    { parent },
  );
}

/** One container for each wait, all but the last as init containers: that is their order, and the image needs no shell. */
function podSpec({ waitImage = "" }: ClusterApiSettings, account: ServiceAccount) {
  const containers = turtlesWaits().map(({ name, args }) => ({
    name,
    image: waitImage,
    command: ["kubectl"],
    args,
    env: [{ name: "HOME", value: "/tmp" }],
    volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
    resources: { requests: { cpu: "10m", memory: "64Mi" } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
  }));
  return {
    serviceAccountName: account.metadata.name,
    restartPolicy: "OnFailure",
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65532,
      runAsGroup: 65532,
      seccompProfile: { type: "RuntimeDefault" },
    },
    initContainers: containers.slice(0, -1),
    containers: containers.slice(-1),
    volumes: [{ name: "tmp", emptyDir: {} }],
  };
}
