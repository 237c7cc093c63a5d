import { type Observed } from "./observed";
import { compareVersions } from "./versions";

/** What another environment runs, for the rule that staging is never behind production. */
export interface PeerVersion {
  readonly environment: string;
  /** Absent where the environment has no cluster that counts. */
  readonly newestVersion?: string;
}

/** The newest version that an environment's clusters run. */
export function peerVersion(environment: string, versions: readonly string[]): PeerVersion {
  const newestVersion = [...versions].sort(compareVersions).at(-1);
  return newestVersion === undefined ? { environment } : { environment, newestVersion };
}

/** The versions of the clusters that are Available: one that does not run proves nothing. */
export function availableVersions({ clusters }: Observed): string[] {
  return clusters.flatMap(({ available, version }) => (available && version !== undefined ? [version] : []));
}
