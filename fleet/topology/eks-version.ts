import { minorOf } from "../versions";

/**
 * The version that a cluster of class aws-eks is declared with. EKS chooses the patch itself, so another patch in the
 * stack file must not change a field of the machines: it would roll all of them for nothing.
 */
export function eksVersion(version: string | undefined): string | undefined {
  return version === undefined ? undefined : `v${minorOf(version)}.0`;
}
