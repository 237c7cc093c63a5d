/** Who installs Cluster API and its providers. */
export const ClusterApiInstaller = {
  /** Rancher's own operator: it owns the core, we declare the other providers. Needs Rancher. */
  Turtles: "turtles",
  /** The Cluster API operator: we declare all providers. Not beside Rancher. */
  Operator: "operator",
  /** Somebody else; we make the AWS identities alone. */
  None: "none",
} as const;
export type ClusterApiInstaller = (typeof ClusterApiInstaller)[keyof typeof ClusterApiInstaller];
