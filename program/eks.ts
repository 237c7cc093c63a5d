import * as pulumi from "@pulumi/pulumi";

import { eksKubeconfig } from "../fleet/management/kubeconfig";

/**
 * Asks AWS for an EKS cluster.
 * @returns Its kubeconfig, which holds no credential; undefined where there is no such cluster, or it has no endpoint yet.
 * @throws RunError where AWS cannot be asked.
 */
export async function askEks(name: string, region: string): Promise<string | undefined> {
  // Loaded here alone: the AWS SDK takes longer to load than everything else, and most stacks do without it.
  const { getCluster } = await import("@pulumi/aws/eks/getCluster");
  try {
    const { endpoint, certificateAuthorities } = await getCluster({ name, region }, { async: true });
    const certificateAuthority = certificateAuthorities[0]?.data ?? "";
    if (endpoint === "" || certificateAuthority === "") return undefined;
    return eksKubeconfig({ name, region, endpoint, certificateAuthority });
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    if (/ResourceNotFoundException|couldn't find resource|No cluster found/i.test(said)) return undefined;
    throw new pulumi.RunError(
      `management: AWS cannot be asked for the EKS cluster ${name} in ${region} (${said}). Nothing was changed. ` +
        "Check that this shell has AWS credentials that may call eks:DescribeCluster, then run again.",
    );
  }
}
