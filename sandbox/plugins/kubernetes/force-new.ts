import { type JsonObject } from "../grpc/json";
import { apiVersionOf, groupOf, isConfigMap, isSecretObject, kindOf } from "./objects";
import { type Settings } from "./settings";

const PERSISTENT_VOLUME_SOURCES =
  "awsElasticBlockStore azureDisk azureFile cephfs cinder csi fc flexVolume flocker gcePersistentDisk glusterfs " +
  "hostPath iscsi local nfs photonPersistentDisk portworxVolume quobyte rbd scaleIO storageos vsphereVolume";

const POD_FIELDS =
  "affinity automountServiceAccountToken dnsConfig dnsPolicy enableServiceLinks hostAliases hostIPC hostNetwork " +
  "hostPID hostname imagePullSecrets nodeName nodeSelector overhead preemptionPolicy priority priorityClassName " +
  "readinessGates restartPolicy runtimeClassName schedulerName securityContext serviceAccount serviceAccountName " +
  "shareProcessNamespace subdomain terminationGracePeriodSeconds volumes";

const CONTAINER_FIELDS =
  "args command env image imagePullPolicy lifecycle livenessProbe ports readinessProbe resources securityContext " +
  "stdin stdinOnce terminationMessagePath terminationMessagePolicy tty volumeDevices volumeMounts workingDir";

const STATEFUL_SET = inSpec("podManagementPolicy revisionHistoryLimit selector serviceName volumeClaimTemplates");

/** By group (`""`: core) and kind: the fields whose change replaces the object; what is below them too. */
const FIELDS: Record<string, Record<string, string[]>> = {
  "": {
    PersistentVolume: inSpec(PERSISTENT_VOLUME_SOURCES),
    PersistentVolumeClaim: inSpec("accessModes selector storageClassName volumeName"),
    Pod: [
      ...inSpec(POD_FIELDS),
      ...under("spec.containers[*].", CONTAINER_FIELDS),
      ...under("spec.initContainers[*].", CONTAINER_FIELDS),
    ],
    ResourceQuota: ["spec.scopes"],
    Secret: ["type"],
    Service: ["spec.clusterIP"],
  },
  apps: { DaemonSet: ["spec.selector"], Deployment: ["spec.selector"], StatefulSet: STATEFUL_SET },
  batch: { Job: inSpec("completions parallelism selector template") },
  "rbac.authorization.k8s.io": { ClusterRoleBinding: ["roleRef"], RoleBinding: ["roleRef"] },
  "storage.k8s.io": { StorageClass: ["parameters", "provisioner"] },
};

/** Patterns of the fields whose change replaces the object. `[*]` stands for any index. */
export function forceNewFields(
  object: JsonObject,
  settings: Pick<Settings, "enableConfigMapMutable" | "enableSecretMutable">,
): string[] {
  const fields = ["kind", "metadata.name", "metadata.namespace"];
  fields.push(...(FIELDS[groupOf(apiVersionOf(object))]?.[kindOf(object)] ?? []));
  const immutable = object["immutable"] === true;
  if (isConfigMap(object) && (immutable || !settings.enableConfigMapMutable)) fields.push("data", "binaryData");
  if (isSecretObject(object) && (immutable || !settings.enableSecretMutable)) fields.push("data", "stringData");
  return fields;
}

function inSpec(fields: string): string[] {
  return under("spec.", fields);
}

function under(prefix: string, fields: string): string[] {
  return fields.split(" ").map((field) => prefix + field);
}
