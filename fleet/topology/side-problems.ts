import { type FleetConfig } from "../config/config";
import { type Problem } from "../config/problems";
import { isOnAws } from "../families";
import { apiAccess } from "../network/reach";
import { type AwsSide, callingRanges, makerOf } from "./aws-side";

/** Why clusters on AWS cannot be made by the management cluster as it is. */
export function sideProblems({ clusters, management, network }: FleetConfig, side: AwsSide): Problem[] {
  const onAws = Object.entries(clusters).filter(([, { class: family }]) => isOnAws(family ?? ""));
  if (onAws.length === 0) return [];
  const unreachable: Problem[] =
    management.kind === "eks" || callingRanges(side, apiAccess(network.reach)).length > 0
      ? []
      : [
          {
            rule: "live-management-aws",
            path: ["management"],
            what: "does not say from which addresses it calls, so no cluster on AWS would let it in",
            remedy:
              management.kind === "stack"
                ? "Run pulumi up on its stack with this version of cluster-fleet"
                : "Set management.aws.natAddresses, and management.aws.range where API servers are private",
          },
        ];
  return [
    ...unreachable,
    ...onAws
      .filter(([, { account }]) => makerOf(account, side) === undefined)
      .filter(([, { class: family, account }]) => account !== undefined || family === "aws-eks")
      .map(([name, { account }]): Problem =>
        account === undefined
          ? {
              rule: "live-management-aws",
              path: ["clusters", name, "class"],
              what: "needs the role of the management cluster's controllers, which nobody says",
              remedy: "Set management.aws.controllersRole",
            }
          : {
              rule: "live-account",
              path: ["clusters", name, "account"],
              what: "is not an account that the management cluster makes clusters in",
              got: account,
              remedy: "Add it to clusterApi.accounts of the management cluster's stack and run pulumi up there",
            },
      ),
  ];
}
