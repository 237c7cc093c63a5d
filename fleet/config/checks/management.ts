import { nodesPerZone } from "../../management/settings";
import { parseRange } from "../../network/ranges";
import { VPC_PREFIXES } from "../../network/subnets";
import { usualZones } from "../../network/zones";
import { isReservedEnvironment } from "../../reserved-names";
import { type ManagementConfig } from "../config";
import { type Path } from "../path";
import { type Problem } from "../problems";
import { type EksManagementConfig } from "../schema/management";
import { duplicates } from "./fleet";
import { accountProblems, givenCharts, ownerOfClusterApi, rancherAsAWhole } from "./management-parts";

/**
 * What is wrong with a management cluster on EKS as a whole.
 * @param isBroken Whether the value at a path below `management` is wrong in itself, and reported as such.
 * @param environment The stack's own.
 */
export function managementProblems(
  management: ManagementConfig | undefined,
  isBroken: (path: Path) => boolean,
  environment: string | undefined,
): Problem[] {
  if (management?.kind !== "eks") {
    return [];
  }
  const check = (path: Path, problems: () => Problem[]) => (isBroken(path) ? [] : problems());
  return [
    ...check(["zones"], () => zoneProblems(management)),
    ...check(["network", "range"], () => networkProblems(management)),
    ...check(["access"], () => accessProblems(management)),
    ...check(["nodes"], () => nodeProblems(management)),
    ...check(["environments"], () => environmentProblems(management)),
    ...check(["clusterApi", "accounts"], () => accountProblems(management, environment)),
    ...check(["rancher"], () => [...ownerOfClusterApi(management), ...rancherAsAWhole(management)]),
    ...check(["charts"], () => givenCharts(management)),
  ];
}

function zoneProblems({ region, zones }: EksManagementConfig): Problem[] {
  if (zones === undefined) {
    return usualZones(region) === undefined
      ? [
          problem("zones-default", ["zones"], {
            what: `is missing, and nobody can tell three zones of ${region} that every account has`,
            remedy: "List three of your account's, or choose another region",
          }),
        ]
      : [];
  }
  const elsewhere = zones.flatMap((zone, index) =>
    zone.slice(0, -1) === region
      ? []
      : [
          problem("zone-of-region", ["zones", index], {
            what: `is not a zone of ${region}`,
            got: zone,
            remedy: `Write one such as ${region}a`,
          }),
        ],
  );
  return [...elsewhere, ...duplicates(["management", "zones"], zones)];
}

function networkProblems({ network }: EksManagementConfig): Problem[] {
  const { min, max } = VPC_PREFIXES;
  const { prefix } = parseRange(network.range) ?? { prefix: 0 };
  return prefix >= min && prefix <= max
    ? []
    : [
        problem("network-size", ["network", "range"], {
          what: `is not a whole IPv4 network of /${min} to /${max}`,
          got: network.range,
          remedy: "Write it as 10.0.0.0/16",
        }),
      ];
}

function accessProblems({ access }: EksManagementConfig): Problem[] {
  const open = access.publicFrom.flatMap((range, index) =>
    range.endsWith("/0")
      ? [
          problem("open-to-all", ["access", "publicFrom", index], {
            what: "opens the API server to the whole internet",
            got: range,
            remedy: "Name the networks of your offices and runners",
          }),
        ]
      : [],
  );
  const repeated = [
    ...duplicates(["management", "access", "publicFrom"], access.publicFrom),
    ...duplicates(["management", "access", "admins"], access.admins),
  ];
  if (access.publicFrom.length > 0 || access.fromInside) {
    return [...open, ...repeated];
  }
  return [
    ...repeated,
    problem("first-run-outside", ["access"], {
      what: "admits nobody from outside the VPC, so that a run elsewhere would build EKS and then not reach it",
      remedy:
        "List this machine's network in publicFrom until a runner is inside, or set fromInside: true where runs have a " +
        "way into the VPC (docs/management-cluster.md, The first run)",
    }),
  ];
}

function nodeProblems(config: EksManagementConfig): Problem[] {
  const { nodes } = config;
  const perZone = nodesPerZone(config);
  return nodes.maxPerZone !== undefined && nodes.maxPerZone <= perZone
    ? [
        problem("nodes-max", ["nodes", "maxPerZone"], {
          what: `leaves no room for an upgrade, which adds a node to the ${perZone} of a zone before it removes one`,
          got: nodes.maxPerZone,
          remedy: `Write ${perZone + 1} or more`,
        }),
      ]
    : [];
}

function environmentProblems({ environments }: EksManagementConfig): Problem[] {
  return Object.keys(environments)
    .filter(isReservedEnvironment)
    .map((name) =>
      problem("environment-reserved", ["environments", name], {
        what: "is the name of a namespace that belongs to Kubernetes or to a part of the management cluster",
        got: name,
        remedy: "Choose another name, such as production",
      }),
    );
}

function problem(rule: Problem["rule"], path: Path, rest: Pick<Problem, "what" | "remedy" | "got">): Problem {
  return { rule, path: ["management", ...path], ...rest };
}
