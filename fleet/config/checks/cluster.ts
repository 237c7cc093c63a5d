import { AWS_REGIONS } from "../../aws-regions";
import { derivedNames } from "../../derived-names";
import { isOnAws } from "../../families";
import { reservedClusterName } from "../../reserved-names";
import { nearest } from "../../suggest";
import { WAIVABLE_RULES } from "../../waivers";
import { managedPools } from "../../topology/node-groups";
import { type Path } from "../path";
import { type Problem } from "../problems";
import { type ClusterDraft, clusterProblem } from "./draft";
import { instanceTypeProblems } from "./instance-types";
import { poolProblems } from "./pools";

/** What is wrong with one cluster as a whole. */
export function clusterProblems(cluster: ClusterDraft): Problem[] {
  return [
    ...nameProblems(cluster),
    ...variantProblems(cluster),
    ...missingValues(cluster),
    ...regionProblems(cluster),
    ...controlPlaneProblems(cluster),
    ...poolProblems(cluster),
    ...instanceTypeProblems(cluster),
    ...waiverProblems(cluster),
  ];
}

function nameProblems({ name, values }: ClusterDraft): Problem[] {
  const user = reservedClusterName(name);
  const reserved: Problem[] =
    user === undefined
      ? []
      : [
          {
            rule: "cluster-name-reserved",
            path: ["clusters", name],
            what: `has the name of ${user}`,
            remedy: "Choose another name",
          },
        ];
  const tooLong = derivedNames(
    name,
    managedPools({ workers: values.workers ?? {} }).map(([pool]) => pool),
  )
    .filter((derived) => derived.name.length > derived.limit)
    .map((derived): Problem => ({
      rule: "derived-name-too-long",
      path: ["clusters", name],
      what: `makes the name of its ${derived.what} longer than the ${derived.limit} characters that AWS allows`,
      got: derived.name,
      remedy: `Shorten it by ${derived.name.length - derived.limit}`,
    }));
  return [...reserved, ...tooLong];
}

function variantProblems(cluster: ClusterDraft): Problem[] {
  const { values, isBroken } = cluster;
  if (values.infrastructureRef === undefined) {
    return [
      ...(values.class === undefined && !isBroken(["class"]) && !isBroken(["infrastructureRef"])
        ? [missing(cluster, ["class"], "class-missing", "Set it (class, or infrastructureRef for a plain cluster)")]
        : []),
      ...(values.controlPlaneRef === undefined
        ? []
        : [
            clusterProblem(cluster, "control-plane-ref-without-plain", ["controlPlaneRef"], {
              what: "is set, but only a plain cluster refers to a control plane object",
              remedy: "Remove it, or set infrastructureRef instead of class",
            }),
          ]),
    ];
  }
  if (values.class !== undefined) {
    return [
      clusterProblem(cluster, "class-and-plain", ["infrastructureRef"], {
        what: `is set, and class too (${values.class})`,
        remedy: "Keep class, or infrastructureRef for a plain cluster",
      }),
    ];
  }
  const ofTopology = (["version", "controlPlane", "workers"] as const).filter((key) => values[key] !== undefined);
  return ofTopology.map((key) =>
    clusterProblem(cluster, "plain-has-topology", [key], {
      what: "is set, but a plain cluster gets it from the objects that it refers to",
      remedy: "Remove it",
    }),
  );
}

function missingValues(cluster: ClusterDraft): Problem[] {
  const { values, isBroken } = cluster;
  const wanted: [Path, unknown, string][] = [[["region"], values.region, "text"]];
  if (values.infrastructureRef === undefined && !isBroken(["infrastructureRef"])) {
    wanted.push([["version"], values.version, "such as v1.35.2"]);
  }
  if (values.class !== undefined && values.class !== "aws-eks" && values.infrastructureRef === undefined) {
    wanted.push([["controlPlane", "replicas"], values.controlPlane?.replicas, "1, 3 or 5"]);
  }
  return wanted
    .filter(([path, value]) => value === undefined && !isBroken(path))
    .map(([path, , example]) => missing(cluster, path, "missing", `Set it (${example})`));
}

/** What is missing is missing at the cluster, whatever the levels beneath say. */
function missing({ name }: ClusterDraft, path: Path, rule: "missing" | "class-missing", remedy: string): Problem {
  return {
    rule,
    path: ["clusters", name, ...path],
    what: "is missing",
    remedy: `${remedy}, here, in cluster-fleet:overlay or in cluster-fleet:base`,
  };
}

function regionProblems(cluster: ClusterDraft): Problem[] {
  const { region, class: family = "" } = cluster.values;
  if (region === undefined || !isOnAws(family) || AWS_REGIONS.some((known) => known === region)) {
    return [];
  }
  const meant = nearest(region, AWS_REGIONS);
  return [
    clusterProblem(cluster, "region-unknown", ["region"], {
      what: "is not a region of AWS",
      got: region,
      remedy: meant === undefined ? "Write one such as eu-west-1" : `Did you mean ${meant}`,
    }),
  ];
}

function controlPlaneProblems(cluster: ClusterDraft): Problem[] {
  const { class: family, controlPlane } = cluster.values;
  if (controlPlane !== undefined && family === "aws-eks") {
    return [
      clusterProblem(cluster, "control-plane-of-eks", ["controlPlane"], {
        what: "is set, but EKS runs the control plane of class aws-eks",
        remedy: "Remove it",
      }),
    ];
  }
  const replicas = controlPlane?.replicas;
  return replicas === undefined || replicas % 2 === 1
    ? []
    : [
        clusterProblem(cluster, "control-plane-even", ["controlPlane", "replicas"], {
          what: "is even: etcd survives no more failures with it than with one machine fewer",
          got: replicas,
          remedy: `Write ${replicas - 1} or ${replicas + 1}`,
        }),
      ];
}

function waiverProblems(cluster: ClusterDraft): Problem[] {
  return Object.keys(cluster.values.waivers ?? {})
    .filter((rule) => !WAIVABLE_RULES.includes(rule))
    .map((rule) => {
      const meant = nearest(rule, WAIVABLE_RULES);
      return clusterProblem(cluster, "waiver-unknown", ["waivers", rule], {
        what: "is not a rule that a cluster may waive",
        remedy: meant === undefined ? `Write one of: ${WAIVABLE_RULES.join(", ")}` : `Did you mean ${meant}`,
      });
    });
}
