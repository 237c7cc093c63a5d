import { addOnsOf, reaches } from "../../baseline/add-ons";
import { type AddOnName, CHART_ADD_ONS } from "../../baseline/catalogue";
import { lacksRange, rangeText, takes, titleOf } from "../../baseline/chosen";
import { type BaseFacts, baseSettings } from "../../baseline/settings";
import { isOnAws, PLAIN } from "../../families";
import { minorOf } from "../../versions";
import { type Problem } from "../problems";
import { type AddOnsConfig } from "../schema/baseline";
import { type WorkerPoolValues } from "../schema/cluster";
import { type ClusterDraft, clusterProblem } from "./draft";

/** Namespaces whose pods the cluster itself, Rancher or the add-ons bring: limits and policies would stop them. */
const OTHERS = /^(kube|cattle|cluster-fleet)-/;

/** What is wrong with the base configuration and the add-ons. */
export function baselineProblems(clusters: readonly ClusterDraft[], addOns: AddOnsConfig): Problem[] {
  return [
    ...rangeProblems(addOns),
    ...credentialProblems(addOns),
    ...clusters.flatMap((cluster) => [...namespaceProblems(cluster), ...incompatibleAddOns(cluster, addOns)]),
  ];
}

/** A chart of another minor than the catalogue's: nobody but the user knows which Kubernetes it takes. */
function rangeProblems(addOns: AddOnsConfig): Problem[] {
  return CHART_ADD_ONS.filter((name) => lacksRange(name, addOns)).map((name) => ({
    rule: "add-on-range",
    path: ["addOns", name, "version"],
    what: "is of another minor than the catalogue's, whose range of Kubernetes versions does not hold for it",
    got: addOns[name]?.version,
    remedy: 'Say beside it which it takes, such as kubernetes: { from: "1.33", to: "1.36" }',
  }));
}

/** What is said of an add-on stands in clear in objects of the management cluster. The message does not repeat it. */
function credentialProblems(addOns: AddOnsConfig): Problem[] {
  const remedies = {
    repo: "Take it out, and name a mirror that asks for none",
    sendTo: "Take it out, and have values name a Secret of the workload cluster",
  };
  return CHART_ADD_ONS.flatMap((name) => {
    const said: { readonly repo?: string; readonly sendTo?: string } = addOns[name] ?? {};
    return (["repo", "sendTo"] as const)
      .filter((key) => hasCredentials(said[key] ?? ""))
      .map((key): Problem => ({
        rule: "add-on-credentials",
        path: ["addOns", name, key],
        what: "holds a user or a password, which everybody could read on the management cluster",
        remedy: remedies[key],
      }));
  });
}

function hasCredentials(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { username, password } = new URL(address);
  return username !== "" || password !== "";
}

function namespaceProblems(cluster: ClusterDraft): Problem[] {
  const { baseline }: BaseFacts = cluster.values;
  return (baseline?.namespaces ?? []).flatMap((name, index) =>
    OTHERS.test(name)
      ? [
          clusterProblem(cluster, "base-namespace", ["baseline", "namespaces", index], {
            what: "belongs to the cluster itself or to its add-ons, which limits and policies would stop",
            got: name,
            remedy: "Name namespaces of applications alone",
          }),
        ]
      : [],
  );
}

/** Add-ons that do not run on what the cluster is to run. */
function incompatibleAddOns(cluster: ClusterDraft, addOns: AddOnsConfig): Problem[] {
  const { version } = cluster.values;
  if (version === undefined || cluster.isBroken(["version"])) return [];
  const refusing = addOnsFor(cluster, addOns).filter((name) => !takes(name, minorOf(version), addOns));
  if (refusing.length === 0) return [];
  const each = refusing.map((name) => `${titleOf(name, addOns)} (takes ${rangeText(name, addOns)})`).join(" nor with ");
  return [
    clusterProblem(cluster, "add-on-incompatible", ["version"], {
      what: `does not go with ${each}`,
      got: version,
      remedy: "Choose a version that each of them takes, or correct them under cluster-fleet:addOns",
    }),
  ];
}

function addOnsFor({ values }: ClusterDraft, addOns: AddOnsConfig): AddOnName[] {
  const facts: BaseFacts = values;
  const settings = baseSettings("", facts);
  if (settings === undefined) return [];
  const family = facts.class ?? PLAIN;
  const base = { monitoring: settings.monitoring, logging: settings.logging };
  const charts = addOnsOf(addOns).filter((name) => !lacksRange(name, addOns) && reaches(name, { family, base }));
  return isOnAws(family) && hasAutoscaler(values.workers) ? [...charts, "cluster-autoscaler"] : charts;
}

function hasAutoscaler(workers: Readonly<Record<string, WorkerPoolValues>> = {}): boolean {
  return Object.values(workers).some(({ replicas, max }) => replicas === undefined && max !== undefined);
}
