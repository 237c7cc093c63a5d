import { architectureOf } from "../../aws/instance-types";
import { isOnAws } from "../../families";
import { clusterZones } from "../../network/address-plan";
import { CONTROL_PLANE_TYPE } from "../../topology/aws-topology";
import { imageOf } from "../../topology/images";
import { eksAddOns } from "../../versions/eks-add-ons";
import { minorOf } from "../../versions";
import { type FleetConfig } from "../config";
import { valueAt } from "../path";
import { type Problem } from "../problems";
import { type ClusterDraft, clusterProblem } from "./draft";

type Classes = FleetConfig["classes"];

/** What is wrong with a cluster on AWS, or says of another what only AWS has. */
export function awsClusterProblems(cluster: ClusterDraft, classes: Classes): Problem[] {
  return isOnAws(cluster.values.class ?? "")
    ? [
        ...imageProblems(cluster, classes),
        ...addOnProblems(cluster, classes),
        ...zoneProblems(cluster),
        ...managedProblems(cluster),
      ]
    : onlyOnAws(cluster);
}

/**
 * EKS has images of its own, save for managed node groups with a launch template; for kubeadm clusters there are none that
 * one could rely on.
 */
function imageProblems(cluster: ClusterDraft, classes: Classes): Problem[] {
  const { version, region } = cluster.values;
  const family = cluster.values.class === "aws-eks" ? "aws-eks" : "aws-kubeadm";
  if (version === undefined || region === undefined) return [];
  const wanted = new Set(imagedMachines(cluster).map(architectureOf));
  const missing = [...wanted].filter((each) => imageOf(classes[family], version, region, each) === undefined);
  const places = missing.map((architecture) => `${family}.images.${version}.${region}.${architecture}`);
  const source =
    family === "aws-eks"
      ? `Find it (/aws/service/eks/optimized-ami/${minorOf(version)}/amazon-linux-2023/ in Systems Manager's parameters)`
      : "Make it with image-builder";
  return missing.length === 0
    ? []
    : [
        clusterProblem(cluster, "image-missing", ["version"], {
          what: `has no machine image for ${missing.join(" and ")} in ${region}`,
          got: version,
          remedy: `${source} and name it at cluster-fleet:classes, ${places.join(" and ")}`,
        }),
      ];
}

/** The machine types that take an image of ours. */
function imagedMachines({ values }: ClusterDraft): string[] {
  const { class: family, controlPlane, workers = {} } = values;
  const pools = Object.values(workers).filter(({ managed }) => family === "aws-kubeadm" || managed === true);
  return [
    ...(family === "aws-kubeadm" ? [controlPlane?.instanceType ?? CONTROL_PLANE_TYPE] : []),
    ...pools.map(({ instanceType = "" }) => instanceType),
  ];
}

/** CAPA asks for a version of every add-on, and AWS takes it for some minors only. */
function addOnProblems(cluster: ClusterDraft, classes: Classes): Problem[] {
  const { class: family, version } = cluster.values;
  if (family !== "aws-eks" || version === undefined) return [];
  const minor = minorOf(version);
  const known = { ...eksAddOns(minor), ...classes[family].addOns[`v${minor}`] };
  const missing = ["coredns", "kube-proxy", "vpc-cni"].filter((name) => known[name] === undefined);
  return missing.length === 0
    ? []
    : [
        clusterProblem(cluster, "add-on-versions-missing", ["version"], {
          what: `is a version of EKS whose add-ons nobody has told us of: ${missing.join(", ")}`,
          got: version,
          remedy:
            `Name them at cluster-fleet:classes, aws-eks.addOns.v${minor} ` +
            `(aws eks describe-addon-versions --kubernetes-version ${minor})`,
        }),
      ];
}

function zoneProblems(cluster: ClusterDraft): Problem[] {
  const zones = clusterZones(cluster.values);
  return Object.entries(cluster.values.workers ?? {}).flatMap(([pool, { zones: own = zones }]) => {
    const path = ["workers", pool, "zones"];
    if (own === undefined || zones === undefined || cluster.isBroken(path)) return [];
    const strange = own.filter((zone) => !zones.includes(zone));
    const wrong =
      own.length === 0 || new Set(own).size < own.length
        ? "names no zone, or one twice"
        : strange.length > 0
          ? `are not all zones of the cluster (${zones.join(", ")})`
          : undefined;
    return wrong === undefined
      ? []
      : [
          clusterProblem(cluster, "pool-zones", path, {
            what: wrong,
            got: own.join(", "),
            remedy: "List some of the cluster's zones, each once, or remove the line for all three",
          }),
        ];
  });
}

function managedProblems(cluster: ClusterDraft): Problem[] {
  const { class: family, workers = {} } = cluster.values;
  return Object.entries(workers)
    .filter(([, { managed }]) => managed === true && family !== "aws-eks")
    .map(([pool]) =>
      clusterProblem(cluster, "managed-without-eks", ["workers", pool, "managed"], {
        what: `is set, but only EKS manages node groups, and the cluster has class ${family}`,
        remedy: "Remove it",
      }),
    );
}

/** At the cluster itself it is a mistake; what a base says for others is left aside. */
function onlyOnAws(cluster: ClusterDraft): Problem[] {
  const own = cluster.levels.find(({ name }) => name === "cluster")?.value;
  const paths = [
    ["account"],
    ["controlPlane", "instanceType"],
    ["controlPlane", "volumeGiB"],
    ["controlPlane", "capacity"],
    ["network", "zones"],
    ["network", "vpc"],
    ...Object.keys(own?.workers ?? {}).flatMap((pool) =>
      ["capacity", "volumeGiB", "zones", "labels", "taints", "managed"].map((key) => ["workers", pool, key]),
    ),
  ];
  return paths
    .filter((path) => valueAt(own, path) !== undefined)
    .map((path) =>
      clusterProblem(cluster, "only-on-aws", path, {
        what: "is set, but only clusters on AWS have it",
        remedy: "Remove it, or choose a class on AWS",
      }),
    );
}
