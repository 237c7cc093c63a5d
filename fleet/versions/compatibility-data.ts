import { z } from "zod";

import { dataFile, load, minor, row } from "./data-file";
import shipped from "./data/compatibility.json";

const release = z.string().regex(/^\d+\.\d+\.\d+$/);
/** Oldest and newest minor, both included. */
const range = z.tuple([minor, minor]);
export type MinorRange = z.output<typeof range>;

/** Which releases go together. What no source states has no row; see docs/versions.md for what that means. */
export const compatibilityFile = dataFile({
  /** What this version of cluster-fleet installs. */
  defaults: row({
    clusterApi: release,
    capa: release,
    /** Cluster API's add-on provider for Helm. */
    caaph: release,
    /** An image with kubectl, which waits for what Rancher installs. */
    kubectlImage: z.string().regex(/^[^\s:]+:v\d+\.\d+\.\d+$/),
  }),
  /** Kubernetes of the management and of the workload clusters, from a release on, until the next row of its minor. */
  clusterApi: z.array(row({ since: release, management: range, workload: range })),
  /** Minors of core Cluster API that a minor of the AWS provider works with. */
  capa: z.array(row({ minor, clusterApi: range })),
  /** Kubernetes below Rancher, what its chart asks of it, and what its Turtles brings; 2.12 brings no Turtles. */
  rancher: z.array(
    row({
      minor,
      kubernetes: range,
      chartKubeVersion: z.string(),
      turtles: release.optional(),
      clusterApi: release.optional(),
      certifiedCapa: release.optional(),
    }),
  ),
  /** From this minor of Rancher on we refuse it. */
  refusedRancher: row({ since: minor, because: z.string() }),
  addOns: z.array(row({ name: z.string(), minor, kubernetes: range })),
});

export const compatibilityData = load("compatibility.json", compatibilityFile, shipped);
