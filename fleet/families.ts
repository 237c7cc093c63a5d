/** The families of cluster class that we know; `in-memory-kubeadm` is the sandbox's. */
export const CLASS_FAMILIES = ["in-memory-kubeadm", "aws-kubeadm", "aws-eks"] as const;
export type ClassFamily = (typeof CLASS_FAMILIES)[number];

/** Word for a cluster without class: tables, labels and the fleet's facts use it in the place of a family. */
export const PLAIN = "plain";

/** Whether AWS runs the machines of a family. */
export function isOnAws(family: string): boolean {
  return family.startsWith("aws-");
}
