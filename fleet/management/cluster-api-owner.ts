import { ClusterApiInstaller } from "../cluster-api/installer";
import { type PartProblem } from "./problem";

/** Who is to have Cluster API on a management cluster, and who has it. */
export interface ClusterApiOwners {
  /** Rancher is declared. */
  readonly rancher: boolean;
  readonly installer: ClusterApiInstaller;
  /** Whose core provider runs there now, as observed; absent where nobody could look. */
  readonly liveOwners?: readonly string[];
}

/**
 * Cluster API has one owner: two would write the same kinds and webhooks in turns. Rancher from 2.13 on installs it
 * itself and takes no other.
 *
 * Sources: rancher/turtles issues 377 and 450, rancher/rancher issue 52871.
 */
export function ownerProblems({ rancher, installer, liveOwners = [] }: ClusterApiOwners): PartProblem[] {
  return [...declaredProblems(rancher, installer), ...liveProblems(installer, liveOwners)];
}

function declaredProblems(rancher: boolean, installer: ClusterApiInstaller): PartProblem[] {
  const path = ["clusterApi", "installer"];
  if (installer === ClusterApiInstaller.Turtles && !rancher) {
    return [
      {
        path,
        what: "comes with Rancher, and there is none",
        got: installer,
        remedy: "Write operator, or declare rancher",
      },
    ];
  }
  if (installer === ClusterApiInstaller.Operator && rancher) {
    return [
      {
        path,
        what: "would be a second owner of Cluster API beside Rancher, which installs it itself",
        got: installer,
        remedy: "Write turtles, or rancher: false",
      },
    ];
  }
  return [];
}

function liveProblems(installer: ClusterApiInstaller, liveOwners: readonly string[]): PartProblem[] {
  if (installer === ClusterApiInstaller.None) {
    return [];
  }
  return [...new Set(liveOwners)]
    .filter((owner) => owner !== installer)
    .sort()
    .map((owner) => ({
      path: ["clusterApi", "installer"],
      what: `is not ${owner}, which has installed Cluster API on the management cluster`,
      got: installer,
      remedy: "Keep what is there, write none, or move to another management cluster: clusters would lose their owner",
    }));
}
