import { Route } from "@pulumi/aws/ec2";
import type * as pulumi from "@pulumi/pulumi";

/** What routes lead to: a peering, or a transit gateway. */
export type RouteTarget = { vpcPeeringConnectionId: pulumi.Input<string> } | { transitGatewayId: pulumi.Input<string> };

/** A route table of a network; plain. */
export interface RouteTableArgs {
  /** What tells it from the network's other ones for ever. */
  key: string;
  /** Id of the route table. */
  id: pulumi.Input<string>;
}

interface Routes {
  readonly region?: string;
  readonly routeTables: readonly RouteTableArgs[];
  readonly destinations: readonly string[];
  readonly target: RouteTarget;
}

/**
 * Routes from each route table to each destination. They are named by both and by nothing else, and always have the same
 * parent: AWS refuses a second route to a place, so one that is to lead elsewhere has to be the same resource as before.
 */
export function createRoutes(
  name: string,
  { region, routeTables, destinations, target }: Routes,
  opts: pulumi.CustomResourceOptions,
): void {
  for (const { key, id } of routeTables) {
    for (const destination of destinations) {
      new Route(
        `${name}-${key}-${destination.replace("/", "-")}`,
        {
          routeTableId: id,
          ...(region === undefined ? {} : { region }),
          destinationCidrBlock: destination,
          ...target,
        },
        opts,
      );
    }
  }
}
