import type * as pulumi from "@pulumi/pulumi";

import { type FleetConfig } from "../fleet/config/config";
import { apiAccess, apiCallers } from "../fleet/network/reach";
import { type FleetPlan } from "../fleet/planned";
import { type AwsSide, callingRanges } from "../fleet/topology/aws-side";

/**
 * What a fleet with clusters on AWS is told beyond its plan; nothing where there are none.
 * @param natAddresses Of a management cluster that this run builds: known once they are there.
 */
export function awsFacts(
  { network: { reach }, cost }: FleetConfig,
  { clusters }: FleetPlan,
  side: AwsSide,
  natAddresses: pulumi.Output<string[]> | undefined,
) {
  if (clusters.every((cluster) => cluster.apiAccess === undefined)) return {};
  const callers = (known: AwsSide) => apiCallers(reach, callingRanges(known, apiAccess(reach)));
  return {
    apiRanges: natAddresses?.apply((addresses) => callers({ ...side, natAddresses: addresses })) ?? callers(side),
    reach: reach.kind,
    monthlyCostLimit: cost.monthlyLimit,
  };
}
