import { type FleetConfig } from "../../config/config";
import { rolloutAhead } from "../../plan";
import { type AwsSide } from "../../topology/aws-side";
import { eksVersion } from "../../topology/eks-version";
import { managedPools } from "../../topology/node-groups";
import { type LiveCluster, type RolloutCluster, type RolloutInput } from "../types";

/** A management cluster that nobody asks: of documentation's addresses and nobody's account. */
const NOBODY: AwsSide = {
  managementName: "assumed",
  controllersRole: "arn:aws:iam::000000000000:role/controllers",
  accounts: {},
  natAddresses: ["192.0.2.1"],
  range: "192.0.2.0/24",
};

/**
 * What rollouts are decided from where every declared cluster lives, settled, at one version and with an older class.
 * Nothing is looked at, so that its stages' revisions are not those that a real run asks approval of.
 * @throws FleetConfigError where no management cluster could have the fleet.
 */
export function assumedAhead(config: FleetConfig, version: string): RolloutInput {
  const accounts = Object.values(config.clusters).flatMap(({ account }) => account ?? []);
  const roles = accounts.map((account) => [account, `arn:aws:iam::${account}:role/controllers`]);
  const side = { ...NOBODY, accounts: Object.fromEntries(roles) as AwsSide["accounts"] };
  const input = rolloutAhead(config, { clusters: [], classes: [] }, side);
  return {
    ...input,
    clusters: input.clusters.map((cluster) => ({ ...cluster, live: assumed(cluster, config, version) })),
  };
}

function assumed({ name, target }: RolloutCluster, { clusters }: FleetConfig, version: string): LiveCluster {
  const { class: family = "", workers = {} } = clusters[name] ?? {};
  const kubernetes = (family === "aws-eks" ? eksVersion(version) : undefined) ?? version;
  const older = { kubernetes, class: `${family}-assumed`, machines: "assumed" };
  const groups = family === "aws-eks" ? managedPools({ workers }) : [];
  return {
    revision: { ...target, ...(target.class === undefined ? {} : older) },
    ours: true,
    available: true,
    settled: true,
    reason: "",
    since: "2000-01-01T00:00:00Z",
    conditions: [],
    annotations: {},
    ...(groups.length === 0
      ? {}
      : { nodeGroups: groups.map(() => ({ version: kubernetes, ready: true, behind: false })) }),
  };
}
