import { readFileSync } from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";

import { type FleetConfig } from "../../../fleet/config/config";
import { parseConfig } from "../../../fleet/config/parse";
import { ownKey } from "../../../fleet/config/raw";
import { managementOutput, offeredSide } from "../../../fleet/management/output";
import { addressPlan, type ClusterRanges } from "../../../fleet/network/address-plan";
import { planFleet } from "../../../fleet/plan";
import { type PlannedCluster } from "../../../fleet/planned";
import { type ApiAccess } from "../../../fleet/topology/api-access";
import { type AwsSide } from "../../../fleet/topology/aws-side";
import { type Image, imagesOf } from "../../aws-api/images";
import { REPOSITORY } from "../../layout";
import { type Json } from "../../plugins/grpc/json";
import { type StackConfig } from "../rehearsed-stack";

/** What a cluster on AWS is to be: the program's own plan for it. */
export interface ExpectedCluster {
  readonly plan: PlannedCluster;
  readonly ranges: ClusterRanges;
  readonly apiAccess: ApiAccess;
  readonly side: AwsSide;
  readonly config: FleetConfig;
  readonly images: readonly Image[];
}

/** A stack file's configuration as the program reads it, with what the project file has for every stack. */
export function readConfig(values: StackConfig): FleetConfig {
  const text = readFileSync(path.join(REPOSITORY, "Pulumi.yaml"), "utf8");
  const project = Object.entries((parse(text) as { config: Record<string, { value: unknown }> }).config);
  const all = [...project.map(([key, { value }]) => [key, value] as const), ...Object.entries(values)];
  const own = all.flatMap(([key, value]) => {
    const name = ownKey(key);
    return name === undefined ? [] : [[name, value] as const];
  });
  return parseConfig(Object.fromEntries(own));
}

/** @param management The output of the stack that has the management cluster. */
export function expectedClusters(values: StackConfig, management: unknown): ExpectedCluster[] {
  const config = readConfig(values);
  const side = offeredSide(managementOutput.parse(management));
  const ranges = addressPlan(config.network, config.clusters);
  const images = imagesOf(config);
  return planFleet(config, { clusters: [], classes: [] }, side, { now: new Date() }).clusters.flatMap((plan) => {
    const own = ranges.get(plan.name);
    if (own === undefined) return [];
    return [{ plan, ranges: own, apiAccess: plan.apiAccess ?? "public", side, config, images }];
  });
}

/** The value of a topology variable, of a cluster or of one of its machine deployments. */
export function variable(name: string, of: Pick<PlannedCluster, "variables">): Json | undefined {
  return of.variables?.find((each) => each.name === name)?.value as Json | undefined;
}
