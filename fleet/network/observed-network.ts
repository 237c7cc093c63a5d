/** The network of a living cluster on AWS, as Cluster API's AWS provider reports it. `live/cluster-networks.ts` makes it. */
export interface ObservedNetwork {
  /** Name of the Cluster. */
  readonly cluster: string;
  /** Absent before AWS has made it. */
  readonly vpcId?: string;
  /** In CIDR notation; absent before AWS has made it. */
  readonly range?: string;
  /** Private ones, sorted by zone. */
  readonly subnets: readonly ObservedSubnet[];
}

export interface ObservedSubnet {
  readonly zone: string;
  /** Absent before AWS has made it. */
  readonly id?: string;
  /** Absent before AWS has made it. */
  readonly routeTableId?: string;
}
