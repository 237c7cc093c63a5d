import { Route } from "@pulumi/aws/ec2";
import type * as pulumi from "@pulumi/pulumi";

import { type RouteTableArgs } from "./options";

interface GatewayRoutes {
  readonly region: string;
  readonly gatewayId: pulumi.Input<string>;
  readonly routeTables: readonly RouteTableArgs[];
  readonly destinations: readonly string[];
}

/**
 * Routes to a transit gateway, from each route table to each destination. They are named by both, so that none moves when
 * another one comes or goes: AWS refuses a second route to a place.
 */
export function createGatewayRoutes(
  name: string,
  { region, gatewayId, routeTables, destinations }: GatewayRoutes,
  opts: pulumi.CustomResourceOptions,
): void {
  for (const { key, id } of routeTables) {
    for (const destination of destinations) {
      new Route(
        `${name}-${key}-${destination.replace("/", "-")}`,
        { routeTableId: id, region, destinationCidrBlock: destination, transitGatewayId: gatewayId },
        opts,
      );
    }
  }
}
