import { type Thing } from "../../aws-api/account";
import { SandboxProblem } from "../../problem";
import { differs } from "./differs";
import { type ExpectedCluster } from "./expected";
import { eksDeviations } from "./eks";
import { machineCount, machineDeviations } from "./machines";
import { doorDeviations, networkDeviations } from "./network";
import { nodeGroupDeviations } from "./node-groups";
import { type Counts, countsOf, describeCounts, thingsOf } from "./things";

/**
 * Compares what the API says of a cluster with what the program planned.
 * @returns What there is, for the user.
 * @throws SandboxProblem with every deviation.
 */
export function madeAsPlanned(expected: ExpectedCluster, all: readonly Thing[]): string {
  const { name, family } = expected.plan;
  const things = thingsOf(name, all);
  const { secret = 0, ...counts } = countsOf(things);
  const deviations = [
    ...differs("things", describeCounts(sorted(counts)), describeCounts(sorted(expectedCounts(expected)))),
    // How many hold the bootstrap data of a machine depends on its length.
    ...differs("bootstrap data in Secrets Manager", presence(secret > 0), presence(family === "aws-kubeadm")),
    ...networkDeviations(expected, things),
    ...doorDeviations(expected, things),
    ...machineDeviations(expected, things),
    ...nodeGroupDeviations(expected, things),
    ...(family === "aws-eks" ? eksDeviations(expected, things) : []),
  ];
  if (deviations.length === 0) return describeCounts(counts);
  throw new SandboxProblem(`${name} is not as planned:\n  ${deviations.join("\n  ")}`);
}

function expectedCounts(expected: ExpectedCluster): Counts {
  const zones = expected.ranges.subnets.length;
  const machines = machineCount(expected);
  const groups = expected.plan.nodeGroups?.length ?? 0;
  return {
    VPC: 1,
    subnet: 2 * zones,
    "internet gateway": 1,
    "NAT gateway": zones,
    address: zones,
    "route table": 2 * zones,
    instance: machines,
    volume: machines,
    "network interface": zones + machines,
    ...(groups > 0 ? { "node group": groups, "launch template": groups, "Auto Scaling group": groups } : {}),
    ...(expected.plan.family === "aws-eks"
      ? // EKS's own group, and CAPA's for nodes.
        { "EKS cluster": 1, "security group": 2 }
      : { "load balancer": 1, "target group": 1, "security group": 4 }),
  };
}

function presence(isThere: boolean): string {
  return isThere ? "some" : "none";
}

function sorted(counts: Counts): Counts {
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}
