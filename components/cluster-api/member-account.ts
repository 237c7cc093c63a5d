import * as pulumi from "@pulumi/pulumi";

import { memberTrust } from "../../fleet/aws/capa-iam/accounts";
import { capaNames } from "../../fleet/aws/capa-iam/place";
import { typeToken } from "../type-token";
import { createCapaIam } from "./capa-iam";
import { memberPathOf } from "./settings";

export interface MemberAccountArgs {
  /** Name of the management cluster whose clusters are made here; plain. Its classes name the same roles everywhere. */
  managementName: string;
  /** Role of the management cluster's controllers: `controllersRoleArn` of its {@link ClusterApi}. */
  managementControllersRoleArn: pulumi.Input<string>;
  /** This account, twelve digits. */
  accountId: pulumi.Input<string>;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  partition: pulumi.Input<string>;
  /** What the controllers have to say as well, see `accounts` of {@link ClusterApi}; no secret. Default: nothing. */
  externalId?: pulumi.Input<string>;
  /** Name of the role that the controllers take; plain. Default: `controllers.<managementName>.cluster-fleet`. */
  roleName?: string;
  /** Path of all roles, policies and instance profiles; plain. Default: `/`. A change makes them anew. */
  iamPath?: string;
  /** Policy that bounds what each of these roles may do at most. Default: none. */
  permissionsBoundaryArn?: pulumi.Input<string>;
}

/**
 * An AWS account in which a management cluster in another account makes clusters: the role that its controllers take, and
 * the roles and instance profiles of the machines. Usually in a stack of its own, with credentials of this account.
 *
 * Do not use it in the management cluster's own account: {@link ClusterApi} makes all of it there. It costs nothing. It
 * outlives the clusters in the account: without it none of them can be deleted. Throws where AWS would refuse a name.
 *
 * @example
 * new MemberAccount("production", {
 *   managementName: "fleet", accountId: "444455556666", partition: "aws",
 *   managementControllersRoleArn: "arn:aws:iam::111122223333:role/controllers.fleet.cluster-fleet",
 * });
 */
export class MemberAccount extends pulumi.ComponentResource {
  /** Role that the controllers take: `roleArn` of the account in the management cluster's stack. */
  readonly roleArn: pulumi.Output<string>;
  /** Instance profile of worker machines. */
  readonly nodesInstanceProfile: pulumi.Output<string>;
  /** Instance profile of kubeadm control planes. */
  readonly controlPlaneInstanceProfile: pulumi.Output<string>;
  /** Role of EKS control planes. */
  readonly eksControlPlaneRoleArn: pulumi.Output<string>;

  constructor(name: string, args: MemberAccountArgs, opts?: pulumi.ComponentResourceOptions) {
    super(typeToken("MemberAccount"), name, args, opts);

    const iam = createCapaIam(
      name,
      {
        managementName: args.managementName,
        partition: args.partition,
        accountId: args.accountId,
        path: memberPathOf(args),
        permissionsBoundaryArn: args.permissionsBoundaryArn,
        controllersRoleName: args.roleName ?? capaNames(args.managementName).controllers,
        controllersTrust: pulumi
          .all([args.managementControllersRoleArn, args.externalId])
          .apply(([controllers, externalId]) => memberTrust(controllers, externalId)),
      },
      this,
    );

    this.roleArn = iam.controllers.arn;
    this.nodesInstanceProfile = iam.nodesProfile.name;
    this.controlPlaneInstanceProfile = iam.controlPlaneProfile.name;
    this.eksControlPlaneRoleArn = iam.eksControlPlane.arn;
    this.registerOutputs({
      roleArn: this.roleArn,
      nodesInstanceProfile: this.nodesInstanceProfile,
      controlPlaneInstanceProfile: this.controlPlaneInstanceProfile,
      eksControlPlaneRoleArn: this.eksControlPlaneRoleArn,
    });
  }
}
