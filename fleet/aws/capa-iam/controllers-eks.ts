import { policy, type PolicyDocument, type Statement } from "../policy-document";
import { type CapaPlace, nameSuffix, roleArn } from "./place";
import { ec2Resources, serviceLinkedRoles } from "./resources";

/**
 * What CAPA's controllers do with workload clusters on EKS. CAPA makes no roles (`EKSEnableIAM` is off): the control
 * planes have the one of {@link capaNames}.
 *
 * Source of the actions: CAPA 2.13.0, `clusterawsadm bootstrap iam`, policy `controllers-eks`. The resources are ours;
 * there, any role can be passed to EKS.
 */
export function controllersEksPolicy(place: CapaPlace): PolicyDocument {
  const { partition, accountId } = place;
  return policy(
    lookAtEks(),
    changeEks(place),
    {
      Sid: "MoreAddresses",
      Effect: "Allow",
      Action: ["ec2:AssociateVpcCidrBlock", "ec2:DisassociateVpcCidrBlock"],
      Resource: ec2Resources(place),
    },
    {
      Sid: "NodeImages",
      Effect: "Allow",
      Action: ["ssm:GetParameter"],
      // AWS's own parameters have no account.
      Resource: [`arn:${partition}:ssm:*::parameter/aws/service/eks/optimized-ami/*`],
    },
    serviceLinkedRoles(
      place,
      ["eks.amazonaws.com", "eks-nodegroup.amazonaws.com", "eks-fargate.amazonaws.com"],
      [
        "eks.amazonaws.com/AWSServiceRoleForAmazonEKS",
        "eks-nodegroup.amazonaws.com/AWSServiceRoleForAmazonEKSNodegroup",
        "eks-fargate.amazonaws.com/AWSServiceRoleForAmazonEKSForFargate",
        "eks-fargate-pods.amazonaws.com/AWSServiceRoleForAmazonEKSForFargate",
      ],
    ),
    {
      Sid: "LookAtRoles",
      Effect: "Allow",
      Action: ["iam:GetRole", "iam:ListAttachedRolePolicies"],
      Resource: [`arn:${partition}:iam::${accountId}:role/*`],
    },
    {
      Sid: "LookAtPolicy",
      Effect: "Allow",
      Action: ["iam:GetPolicy"],
      Resource: [`arn:${partition}:iam::aws:policy/AmazonEKSClusterPolicy`],
    },
    passToEks(place),
    {
      Sid: "SecretsKey",
      Effect: "Allow",
      Action: ["kms:CreateGrant", "kms:DescribeKey"],
      Resource: [`arn:${partition}:kms:*:${accountId}:key/*`],
      Condition: { "ForAnyValue:StringLike": { "kms:ResourceAliases": "alias/cluster-api-provider-aws-*" } },
    },
  );
}

/** All resources: AWS knows none for these lists. */
function lookAtEks(): Statement {
  return {
    Sid: "Look",
    Effect: "Allow",
    Action: ["eks:DescribeAddonVersions", "eks:ListClusters"],
    Resource: ["*"],
  };
}

function changeEks({ partition, accountId }: CapaPlace): Statement {
  const types = ["addon", "cluster", "fargateprofile", "identityproviderconfig", "nodegroup"];
  return {
    Sid: "Eks",
    Effect: "Allow",
    Action: [
      "eks:AssociateEncryptionConfig",
      "eks:AssociateIdentityProviderConfig",
      "eks:CreateAddon",
      "eks:CreateCluster",
      "eks:CreateFargateProfile",
      "eks:CreateNodegroup",
      "eks:DeleteAddon",
      "eks:DeleteCluster",
      "eks:DeleteFargateProfile",
      "eks:DeleteNodegroup",
      "eks:DescribeAddon",
      "eks:DescribeCluster",
      "eks:DescribeFargateProfile",
      "eks:DescribeIdentityProviderConfig",
      "eks:DescribeNodegroup",
      "eks:DisassociateIdentityProviderConfig",
      "eks:ListAddons",
      "eks:ListIdentityProviderConfigs",
      "eks:TagResource",
      "eks:UntagResource",
      "eks:UpdateAddon",
      "eks:UpdateClusterConfig",
      "eks:UpdateClusterVersion",
      "eks:UpdateNodegroupConfig",
      "eks:UpdateNodegroupVersion",
    ],
    Resource: types.map((type) => `arn:${partition}:eks:*:${accountId}:${type}/*`),
  };
}

/** Roles of ours, by their ending: the control plane's, the nodes', and what you make for an add-on or for Fargate. */
function passToEks(place: CapaPlace): Statement {
  return {
    Sid: "PassToEks",
    Effect: "Allow",
    Action: ["iam:PassRole"],
    Resource: [roleArn(place, `*${nameSuffix(place.managementName)}`)],
    Condition: { StringEquals: { "iam:PassedToService": "eks.amazonaws.com" } },
  };
}
