import { AWS_REGIONS } from "../../aws-regions";
import { isOnAws } from "../../families";
import { usualZones } from "../../network/zones";
import { type Problem } from "../problems";
import { type ClusterDraft, clusterProblem } from "./draft";

/** Zones of a cluster on AWS that are not three different ones of its region. */
export function zoneProblems(cluster: ClusterDraft): Problem[] {
  const { class: family = "", region = "", network } = cluster.values;
  if (!isOnAws(family) || !AWS_REGIONS.some((known) => known === region) || cluster.isBroken(["network", "zones"])) {
    return [];
  }
  const { zones } = network ?? {};
  if (zones === undefined) {
    return usualZones(region) === undefined
      ? [
          {
            rule: "zones-default",
            path: ["clusters", cluster.name, "network", "zones"],
            what: `is missing, and nobody can tell three zones of ${region} that every account has`,
            remedy: "List three of the account's, or choose another region",
          },
        ]
      : [];
  }
  return zones.flatMap((zone, index) => {
    const path = ["network", "zones", index];
    if (zone.slice(0, -1) !== region) {
      const remedy = `Write one such as ${region}a`;
      return [
        clusterProblem(cluster, "zone-of-region", path, { what: `is not a zone of ${region}`, got: zone, remedy }),
      ];
    }
    return zones.indexOf(zone) === index
      ? []
      : [
          clusterProblem(cluster, "duplicate", path, {
            what: "stands in the list already",
            got: zone,
            remedy: "Name three different zones",
          }),
        ];
  });
}
