import { classObject, type ClassObject } from "../class-revision";
import { INFRASTRUCTURE } from "./api";

/** What a template says of machines that differ by how they are paid for, or by how they get their bootstrap data. */
export interface MachineKind {
  readonly spot?: true;
  /**
   * Pods may ask for the machine's credentials: a control plane of kubeadm, where the EBS driver's controller runs beside
   * what is trusted anyway. Its chart knows no host network.
   */
  readonly podsAskMetadata?: true;
  /** Bootstrap data goes to the machine as user data, not by way of Secrets Manager: it holds no secret. */
  readonly plainUserData?: true;
}

/** Replaced by the topology's variables in every cluster; a template may not be without them. */
const REPLACED = { instanceType: "m7i.large", iamInstanceProfile: "replaced", ami: { id: "ami-00000000000000000" } };

/**
 * Machines on EC2: metadata by sessions alone and, but for control planes, not from pods (hop limit 1); the disk encrypted, no SSH key, no public
 * address.
 *
 * Source: EKS best practices, "Restrict access to the instance profile"; CAPA v2.13, `AWSMachineSpec`.
 */
export function machineTemplate(family: string, role: string, kind: MachineKind = {}): ClassObject {
  return classObject(family, role, INFRASTRUCTURE, "AWSMachineTemplate", {
    template: {
      spec: {
        ...REPLACED,
        sshKeyName: "",
        publicIP: false,
        instanceMetadataOptions: {
          httpEndpoint: "enabled",
          httpTokens: "required",
          httpPutResponseHopLimit: kind.podsAskMetadata ? 2 : 1,
          instanceMetadataTags: "disabled",
        },
        rootVolume: { size: 80, type: "gp3", encrypted: true },
        ...(kind.plainUserData ? { cloudInit: { insecureSkipSecretsManager: true } } : {}),
        ...(kind.spot ? { marketType: "Spot" } : {}),
      },
    },
  });
}
