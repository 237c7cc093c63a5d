import { type VersionOverrides } from "../versions";
import { type z } from "zod";

import { type ClassFamily } from "../families";
import { type AddOnsConfig } from "./schema/baseline";
import { type ClusterValues, type ObjectReference } from "./schema/cluster";
import { type CostConfig } from "./schema/cost";
import { type Peer, type Selector, type classes } from "./schema/fleet";
import { type management } from "./schema/management";
import { type NetworkConfig } from "./schema/network";
import { type PreviewConfig } from "./schema/preview";
import { type Upgrades } from "./schema/upgrades";

/** The stack's keys as the engine gives them, not yet checked; `cluster-fleet:clusters` is the member `clusters`. */
export type RawConfig = Readonly<Record<string, unknown>>;

/** A stack's configuration: checked, and merged down to the clusters. */
export interface FleetConfig {
  readonly environment: string;
  readonly management: ManagementConfig;
  readonly classes: z.output<typeof classes>;
  readonly clusters: Readonly<Record<string, ClusterConfig>>;
  readonly network: NetworkConfig;
  readonly addOns: AddOnsConfig;
  readonly cost: CostConfig;
  readonly groups: Readonly<Record<string, Selector>>;
  readonly upgrades: Upgrades;
  readonly preview: PreviewConfig;
  readonly peers: readonly Peer[];
  readonly versions: VersionOverrides;
  readonly decommission: readonly string[];
}

export type ManagementConfig = z.output<typeof management>;

/** A cluster with the values of all levels merged, its defaults set, and its stage found. */
export type ClusterConfig = TopologyClusterConfig | PlainClusterConfig;

type Always = "via" | "region" | "workers" | "labels" | "annotations" | "paused" | "adopt" | "waivers";
type Common = Omit<ClusterValues, Always | "class" | "infrastructureRef" | "controlPlaneRef" | "version"> &
  Required<Pick<ClusterValues, Always>>;

/** Made from a ClusterClass. */
export type TopologyClusterConfig = Common & {
  class: ClassFamily;
  version: string;
  infrastructureRef?: undefined;
  controlPlaneRef?: undefined;
};

/** A `Cluster` object on infrastructure and control plane objects that somebody else made. */
export type PlainClusterConfig = Common & {
  class?: undefined;
  version?: undefined;
  infrastructureRef: ObjectReference;
  controlPlaneRef?: ObjectReference;
};
