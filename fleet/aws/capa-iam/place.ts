/** Where the identities of Cluster API's AWS provider (CAPA) stand in one AWS account. */
export interface CapaPlace {
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
  /** Twelve digits. */
  readonly accountId: string;
  /** Name of the management cluster, at most 32 characters: two of them live side by side in one account. */
  readonly managementName: string;
  /** IAM path of roles, policies and instance profiles; begins and ends with `/`. */
  readonly path: string;
}

/** Names of IAM roles, the policies and the instance profiles of CAPA. */
export interface CapaNames {
  readonly controllers: string;
  readonly controllersEks: string;
  readonly controlPlane: string;
  readonly nodes: string;
  readonly eksControlPlane: string;
}

/**
 * Ends the name of everything that CAPA may hand to a machine or to EKS. Not `.cluster-api-provider-aws.sigs.k8s.io`,
 * CAPA's own default: `clusterawsadm` may have made those in the account, and another management cluster would too.
 */
export function nameSuffix(managementName: string): string {
  return `.${managementName}.cluster-fleet`;
}

/**
 * The same in every account, so that a class can name them before they are there: `iamInstanceProfile` of an
 * AWSMachineTemplate, `roleName` of an AWSManagedControlPlaneTemplate. At most 63 characters, of the 64 that IAM allows.
 */
export function capaNames(managementName: string): CapaNames {
  const suffix = nameSuffix(managementName);
  return {
    controllers: `controllers${suffix}`,
    controllersEks: `controllers-eks${suffix}`,
    controlPlane: `control-plane${suffix}`,
    nodes: `nodes${suffix}`,
    eksControlPlane: `eks-controlplane${suffix}`,
  };
}

/** @param name Of a role, or a pattern of names. */
export function roleArn({ partition, accountId, path }: CapaPlace, name: string): string {
  return `arn:${partition}:iam::${accountId}:role${path}${name}`;
}
