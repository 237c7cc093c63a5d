import { clusterLabels } from "../../cluster-labels";
import { isReservedEnvironment } from "../../reserved-names";
import { selects } from "../../selectors";
import { nearest } from "../../suggest";
import { type Path } from "../path";
import { type Problem } from "../problems";
import { type Peer, type Selector } from "../schema/fleet";
import { type ClusterDraft, clusterProblem } from "./draft";

/** The stack as the checks of the whole see it. */
export interface FleetDraft {
  readonly environment: string | undefined;
  readonly clusters: readonly ClusterDraft[];
  /** Of all clusters, even those in which nothing is right. */
  readonly clusterNames: readonly string[];
  readonly groups: Readonly<Record<string, Selector>>;
  readonly peers: readonly Peer[];
  readonly decommission: readonly string[];
}

/** What is wrong with the fleet as a whole, other than its stages. */
export function fleetProblems(fleet: FleetDraft): Problem[] {
  return [
    ...environmentProblems(fleet),
    ...groupProblems(fleet),
    ...peerProblems(fleet),
    ...decommissionProblems(fleet),
  ];
}

/** A list entry that repeats an earlier one. */
export function duplicates(list: Path, values: readonly string[], key?: string): Problem[] {
  return values.flatMap((value, index) =>
    values.indexOf(value) === index
      ? []
      : [
          {
            rule: "duplicate" as const,
            path: [...list, index, ...(key === undefined ? [] : [key])],
            what: "stands in the list already",
            got: value,
            remedy: "Remove one of the two",
          },
        ],
  );
}

function environmentProblems({ environment }: FleetDraft): Problem[] {
  return environment !== undefined && isReservedEnvironment(environment)
    ? [
        {
          rule: "environment-reserved",
          path: ["environment"],
          what: "is the name of a namespace that belongs to Kubernetes or to a part of the management cluster",
          got: environment,
          remedy: "Choose another name, such as production",
        },
      ]
    : [];
}

function groupProblems({ environment = "", groups, clusters }: FleetDraft): Problem[] {
  return Object.entries(groups)
    .filter(
      ([, selector]) => !clusters.some(({ values }) => selects(selector, clusterLabels({ environment, ...values }))),
    )
    .map(([name]) => ({
      rule: "group-matches-nothing",
      path: ["groups", name],
      what: "selects no cluster of this environment",
      remedy: "Correct its labels, or remove the group",
    }));
}

function peerProblems({ environment, peers }: FleetDraft): Problem[] {
  const names = peers.map((peer) => peer.environment);
  return [
    ...duplicates(["peers"], names, "environment"),
    ...names.flatMap((name, index) =>
      name === environment
        ? [
            {
              rule: "peer-itself" as const,
              path: ["peers", index, "environment"],
              what: "is this environment itself",
              got: name,
              remedy: "Name the environment that runs a version first, such as staging",
            },
          ]
        : [],
    ),
  ];
}

function decommissionProblems({ clusters, clusterNames: names, decommission }: FleetDraft): Problem[] {
  const listed = clusters.filter(({ name }) => decommission.includes(name));
  return [
    ...duplicates(["decommission"], decommission),
    ...decommission.flatMap((name, index) => (names.includes(name) ? [] : [unknownDecommission(name, index, names)])),
    ...listed
      .filter(({ values }) => values.adopt === true)
      .map((cluster) =>
        clusterProblem(cluster, "adopt-and-decommission", ["adopt"], {
          what: "is set, and the cluster is listed under decommission",
          remedy: "Adopt it first, and decommission it in a later run",
        }),
      ),
  ];
}

function unknownDecommission(name: string, index: number, names: readonly string[]): Problem {
  const meant = nearest(name, names);
  return {
    rule: "decommission-unknown",
    path: ["decommission", index],
    what: "is not a cluster of this stack",
    got: name,
    remedy:
      meant === undefined
        ? "Put its lines back under clusters until it is gone, or remove it here once it is"
        : `Did you mean ${meant}`,
  };
}
