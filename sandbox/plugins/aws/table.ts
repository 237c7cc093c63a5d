import { EKS_TYPES } from "./table-eks";
import { IDENTITY_TYPES } from "./table-identity";
import { NETWORK_TYPES } from "./table-network";
import { OPERATIONS_TYPES } from "./table-operations";
import { REACH_TYPES } from "./table-reach";
import { type AwsTypes } from "./types";

/**
 * The resource types that a management cluster is made of, and the ways from it to the clusters that it makes. A type that is not here echoes its inputs.
 *
 * Sources: `required`, `optional` and the names of outputs are those of the npm package @pulumi/aws 7.48.0 (a test
 * compares them). `replaceOn` and `defaults` are `ForceNew` and `Default` of the Terraform resources below it. They were
 * read in hashicorp/terraform-provider-aws, not all at the commit that 7.48.0 builds on, for Cluster, NodeGroup,
 * NatGateway, FlowLog, VpcEndpoint, Role and Record; for the other types they are derived, and nobody has compared them.
 * So are the forms of ids and ARNs.
 */
export const TYPES: AwsTypes = {
  ...NETWORK_TYPES,
  ...REACH_TYPES,
  ...OPERATIONS_TYPES,
  ...IDENTITY_TYPES,
  ...EKS_TYPES,
};
