import * as pulumi from "@pulumi/pulumi";

import { eksKubeconfig } from "../fleet/management/kubeconfig";

/** An EKS cluster that AWS knows and that has an address. */
export interface LiveEks {
  /** Holds no credential. */
  readonly kubeconfig: string;
  /** Minor of Kubernetes, e.g. `1.35`. */
  readonly kubernetes: string;
}

/**
 * Asks AWS for an EKS cluster.
 * @returns Undefined where there is no such cluster, or it has no endpoint yet.
 * @throws RunError where AWS cannot be asked.
 */
export async function askEks(name: string, region: string): Promise<LiveEks | undefined> {
  // Loaded here alone: the AWS SDK takes longer to load than everything else, and most stacks do without it.
  const { getCluster } = await import("@pulumi/aws/eks/getCluster");
  try {
    const { endpoint, certificateAuthorities, version } = await getCluster({ name, region }, { async: true });
    const certificateAuthority = certificateAuthorities[0]?.data ?? "";
    if (endpoint === "" || certificateAuthority === "") return undefined;
    return { kubeconfig: eksKubeconfig({ name, region, endpoint, certificateAuthority }), kubernetes: version };
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    if (/ResourceNotFoundException|couldn't find resource|No cluster found/i.test(said)) return undefined;
    throw new pulumi.RunError(
      `management: AWS cannot be asked for the EKS cluster ${name} in ${region} (${said}). Nothing was changed. ` +
        "Check that this shell has AWS credentials that may call eks:DescribeCluster, then run again.",
    );
  }
}

/** The account that this shell's AWS credentials belong to. @throws RunError where AWS cannot be asked. */
export async function askAccount(): Promise<{ readonly accountId: string; readonly partition: string }> {
  const { getCallerIdentity } = await import("@pulumi/aws/getCallerIdentity");
  try {
    const { accountId, arn } = await getCallerIdentity({}, { async: true });
    return { accountId, partition: arn.split(":")[1] ?? "aws" };
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new pulumi.RunError(
      `management: AWS does not say whose credentials these are (${said}). Nothing was changed. ` +
        "Check that this shell has AWS credentials, then run again.",
    );
  }
}
