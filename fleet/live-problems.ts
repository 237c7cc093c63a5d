import { type FleetConfig } from "./config/config";
import { type Problem } from "./config/problems";
import { PLAIN } from "./families";
import { CLASS, DECOMMISSION, MANAGED_BY } from "./labels";
import { type ObservedCluster } from "./observed";
import { isOurs } from "./ownership";

type Live = ReadonlyMap<string, ObservedCluster>;

/** Why what lives in the environment's namespace forbids to declare the fleet as configured. */
export function liveProblems(config: FleetConfig, live: Live): Problem[] {
  return [
    ...foreignClusters(config, live),
    ...forgottenClusters(config, live),
    ...otherVariants(config, live),
    ...otherFamilies(config, live),
    ...otherNetworks(config, live),
  ];
}

/** An object of the same name that somebody else made: declaring ours would take it over unasked. */
function foreignClusters(config: FleetConfig, live: Live): Problem[] {
  return Object.entries(config.clusters).flatMap(([name, { adopt }]) => {
    const alive = live.get(name);
    if (alive === undefined || isOurs(alive, config.environment) || adopt) {
      return [];
    }
    return [
      {
        rule: "live-foreign",
        path: ["clusters", name],
        what: `exists on the management cluster, but was not made by the ${config.environment} stack of cluster-fleet`,
        got: alive.labels[MANAGED_BY] ?? "no owner label",
        remedy: "Set adopt: true to take it over, choose another name, or delete the other cluster first",
      },
    ];
  });
}

/** A cluster of ours that the configuration no longer lists: never deleted by an edit alone. */
function forgottenClusters(config: FleetConfig, live: Live): Problem[] {
  return [...live.values()]
    .filter((alive) => isOurs(alive, config.environment) && config.clusters[alive.name] === undefined)
    .filter((alive) => alive.annotations[DECOMMISSION] !== alive.name && !alive.deleting)
    .map(({ name }) => ({
      rule: "live-forgotten",
      path: ["clusters", name],
      what: "was removed, but the cluster lives",
      remedy: `Put it back, list ${name} under cluster-fleet:decommission, and run up twice; then remove it from both`,
    }));
}

/** Cluster API neither gives a plain cluster a topology nor takes it away. */
function otherVariants(config: FleetConfig, live: Live): Problem[] {
  return Object.entries(config.clusters).flatMap(([name, cluster]) => {
    const alive = live.get(name);
    if (alive === undefined || (cluster.class === undefined) === (alive.classRef === undefined)) {
      return [];
    }
    const [key, wanted, lives] =
      cluster.class === undefined
        ? ["infrastructureRef", `a ${PLAIN} cluster`, `has class ${alive.classRef}`]
        : ["class", `class ${cluster.class}`, `is ${PLAIN}`];
    return [
      {
        rule: "live-variant",
        path: ["clusters", name, key],
        what: `asks for ${wanted}, but the live cluster ${lives}, and Cluster API makes neither into the other`,
        remedy: "Declare it as it lives, or make a new cluster under another name",
      },
    ];
  });
}

/** The objects that a cluster is made of have their kinds from its class; Cluster API refuses to exchange them. */
function otherFamilies(config: FleetConfig, live: Live): Problem[] {
  return Object.entries(config.clusters).flatMap(([name, { class: wanted }]) => {
    const lives = live.get(name)?.labels[CLASS];
    return wanted === undefined || lives === undefined || lives === PLAIN || lives === wanted
      ? []
      : [
          {
            rule: "live-variant",
            path: ["clusters", name, "class"],
            what: `asks for another family of cluster class than the live cluster has, ${lives}`,
            got: wanted,
            remedy: "Declare it as it lives, or make a new cluster under another name",
          },
        ];
  });
}

/** The machines of a live cluster keep the addresses that they were made with. */
function otherNetworks(config: FleetConfig, live: Live): Problem[] {
  return Object.entries(config.clusters).flatMap(([name, { network }]) => {
    const declared = live.get(name)?.declared;
    const differs = (key: "pods" | "services", ranges: readonly string[] = []): Problem[] => {
      const wanted = network?.[key];
      return wanted === undefined || ranges.length === 0 || ranges.includes(wanted)
        ? []
        : [
            {
              rule: "live-network",
              path: ["clusters", name, "network", key],
              what: `differs from what the live cluster was made with, ${ranges.join(", ")}`,
              got: wanted,
              remedy: "Write that, or make a new cluster under another name",
            },
          ];
    };
    return [...differs("pods", declared?.podRanges), ...differs("services", declared?.serviceRanges)];
  });
}
