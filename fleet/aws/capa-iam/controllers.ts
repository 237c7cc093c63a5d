import { policy, type PolicyDocument, type Statement } from "../policy-document";
import { capaNames, type CapaPlace, roleArn } from "./place";
import { bootstrapSecrets, ec2Resources, loadBalancers, serviceLinkedRoles } from "./resources";

/**
 * What CAPA's controllers do with networks, machines and load balancers.
 *
 * Source of the actions: CAPA 2.13.0, `clusterawsadm bootstrap iam`, policy `controllers`. The resources are ours: there,
 * most actions have `*`, and every role that ends with CAPA's suffix can be passed to any service.
 */
export function controllersPolicy(place: CapaPlace): PolicyDocument {
  return policy(
    look(),
    changeEc2(place),
    changeLoadBalancers(place),
    changeGroups(place),
    admitToEks(place),
    serviceLinkedRoles(
      place,
      ["autoscaling.amazonaws.com", "elasticloadbalancing.amazonaws.com", "spot.amazonaws.com"],
      [
        "autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
        "elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing",
        "spot.amazonaws.com/AWSServiceRoleForEC2Spot",
      ],
    ),
    passToMachines(place),
    {
      Sid: "BootstrapData",
      Effect: "Allow",
      Action: ["secretsmanager:CreateSecret", "secretsmanager:DeleteSecret", "secretsmanager:TagResource"],
      Resource: bootstrapSecrets(place),
    },
  );
}

/** All resources: AWS knows none for what lists and describes. */
function look(): Statement {
  return {
    Sid: "Look",
    Effect: "Allow",
    Action: [
      "autoscaling:DescribeAutoScalingGroups",
      "autoscaling:DescribeInstanceRefreshes",
      "autoscaling:DescribeLifecycleHooks",
      "ec2:DescribeAccountAttributes",
      "ec2:DescribeAddresses",
      "ec2:DescribeAvailabilityZones",
      "ec2:DescribeCarrierGateways",
      "ec2:DescribeDhcpOptions",
      "ec2:DescribeEgressOnlyInternetGateways",
      "ec2:DescribeImages",
      "ec2:DescribeInstanceTypes",
      "ec2:DescribeInstances",
      "ec2:DescribeInternetGateways",
      "ec2:DescribeIpamPools",
      "ec2:DescribeKeyPairs",
      "ec2:DescribeLaunchTemplateVersions",
      "ec2:DescribeLaunchTemplates",
      "ec2:DescribeNatGateways",
      "ec2:DescribeNetworkInterfaceAttribute",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeRouteTables",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSubnets",
      "ec2:DescribeTags",
      "ec2:DescribeVolumes",
      "ec2:DescribeVpcAttribute",
      "ec2:DescribeVpcEndpoints",
      "ec2:DescribeVpcs",
      "ec2:GetSecurityGroupsForVpc",
      "elasticloadbalancing:DescribeListeners",
      "elasticloadbalancing:DescribeLoadBalancerAttributes",
      "elasticloadbalancing:DescribeLoadBalancers",
      "elasticloadbalancing:DescribeTags",
      "elasticloadbalancing:DescribeTargetGroups",
      "elasticloadbalancing:DescribeTargetHealth",
      "tag:GetResources",
    ],
    Resource: ["*"],
  };
}

function changeEc2(place: CapaPlace): Statement {
  return {
    Sid: "Ec2",
    Effect: "Allow",
    Action: [
      "ec2:AllocateAddress",
      "ec2:AllocateIpamPoolCidr",
      "ec2:AssignIpv6Addresses",
      "ec2:AssignPrivateIpAddresses",
      "ec2:AssociateRouteTable",
      "ec2:AssociateVpcCidrBlock",
      "ec2:AttachInternetGateway",
      "ec2:AttachNetworkInterface",
      "ec2:AuthorizeSecurityGroupIngress",
      "ec2:CreateCarrierGateway",
      "ec2:CreateEgressOnlyInternetGateway",
      "ec2:CreateInternetGateway",
      "ec2:CreateLaunchTemplate",
      "ec2:CreateLaunchTemplateVersion",
      "ec2:CreateNatGateway",
      "ec2:CreateNetworkInterface",
      "ec2:CreateRoute",
      "ec2:CreateRouteTable",
      "ec2:CreateSecurityGroup",
      "ec2:CreateSubnet",
      "ec2:CreateTags",
      "ec2:CreateVpc",
      "ec2:CreateVpcEndpoint",
      "ec2:DeleteCarrierGateway",
      "ec2:DeleteEgressOnlyInternetGateway",
      "ec2:DeleteInternetGateway",
      "ec2:DeleteLaunchTemplate",
      "ec2:DeleteLaunchTemplateVersions",
      "ec2:DeleteNatGateway",
      "ec2:DeleteRouteTable",
      "ec2:DeleteSecurityGroup",
      "ec2:DeleteSubnet",
      "ec2:DeleteTags",
      "ec2:DeleteVpc",
      "ec2:DeleteVpcEndpoints",
      "ec2:DetachInternetGateway",
      "ec2:DetachNetworkInterface",
      "ec2:DisassociateAddress",
      "ec2:DisassociateRouteTable",
      "ec2:DisassociateVpcCidrBlock",
      "ec2:ModifyInstanceAttribute",
      "ec2:ModifyInstanceMetadataOptions",
      "ec2:ModifyNetworkInterfaceAttribute",
      "ec2:ModifySubnetAttribute",
      "ec2:ModifyVpcAttribute",
      "ec2:ModifyVpcEndpoint",
      "ec2:ReleaseAddress",
      "ec2:ReplaceRoute",
      "ec2:RevokeSecurityGroupEgress",
      "ec2:RevokeSecurityGroupIngress",
      "ec2:RunInstances",
      "ec2:TerminateInstances",
      "ec2:UnassignPrivateIpAddresses",
    ],
    Resource: ec2Resources(place),
  };
}

function changeLoadBalancers(place: CapaPlace): Statement {
  return {
    Sid: "LoadBalancers",
    Effect: "Allow",
    Action: [
      "elasticloadbalancing:AddTags",
      "elasticloadbalancing:ApplySecurityGroupsToLoadBalancer",
      "elasticloadbalancing:ConfigureHealthCheck",
      "elasticloadbalancing:CreateListener",
      "elasticloadbalancing:CreateLoadBalancer",
      "elasticloadbalancing:CreateTargetGroup",
      "elasticloadbalancing:DeleteListener",
      "elasticloadbalancing:DeleteLoadBalancer",
      "elasticloadbalancing:DeleteTargetGroup",
      "elasticloadbalancing:DeregisterInstancesFromLoadBalancer",
      "elasticloadbalancing:DeregisterTargets",
      "elasticloadbalancing:ModifyLoadBalancerAttributes",
      "elasticloadbalancing:ModifyTargetGroupAttributes",
      "elasticloadbalancing:RegisterInstancesWithLoadBalancer",
      "elasticloadbalancing:RegisterTargets",
      "elasticloadbalancing:RemoveTags",
      "elasticloadbalancing:SetSecurityGroups",
      "elasticloadbalancing:SetSubnets",
    ],
    Resource: loadBalancers(place),
  };
}

/** The groups behind AWSMachinePools. */
function changeGroups({ partition, accountId }: CapaPlace): Statement {
  return {
    Sid: "Groups",
    Effect: "Allow",
    Action: [
      "autoscaling:CancelInstanceRefresh",
      "autoscaling:CreateAutoScalingGroup",
      "autoscaling:CreateOrUpdateTags",
      "autoscaling:DeleteAutoScalingGroup",
      "autoscaling:DeleteLifecycleHook",
      "autoscaling:DeleteTags",
      "autoscaling:PutLifecycleHook",
      "autoscaling:StartInstanceRefresh",
      "autoscaling:UpdateAutoScalingGroup",
    ],
    Resource: [`arn:${partition}:autoscaling:*:${accountId}:autoScalingGroup:*:autoScalingGroupName/*`],
  };
}

/** Access entries of the workload clusters on EKS. */
function admitToEks({ partition, accountId }: CapaPlace): Statement {
  return {
    Sid: "EksAccess",
    Effect: "Allow",
    Action: [
      "eks:AssociateAccessPolicy",
      "eks:CreateAccessEntry",
      "eks:DeleteAccessEntry",
      "eks:DescribeAccessEntry",
      "eks:DisassociateAccessPolicy",
      "eks:ListAccessEntries",
      "eks:ListAssociatedAccessPolicies",
      "eks:UpdateAccessEntry",
    ],
    Resource: [`arn:${partition}:eks:*:${accountId}:cluster/*`, `arn:${partition}:eks:*:${accountId}:access-entry/*`],
  };
}

/** The two roles that machines have, and no other: a passed role is a role taken. */
function passToMachines(place: CapaPlace): Statement {
  const { nodes, controlPlane } = capaNames(place.managementName);
  return {
    Sid: "PassToMachines",
    Effect: "Allow",
    Action: ["iam:PassRole"],
    Resource: [roleArn(place, controlPlane), roleArn(place, nodes)],
    // With an ending in China.
    Condition: { StringLike: { "iam:PassedToService": ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"] } },
  };
}
