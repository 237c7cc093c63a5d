import { policy, type PolicyDocument, type Statement } from "../policy-document";
import { type CapaPlace } from "./place";
import { ec2Resources, loadBalancers, serviceLinkedRoles } from "./resources";

/**
 * What the cloud controller manager and the volume driver of a workload cluster do from its control plane's machines.
 * The nodes' policy stands beside it; unlike in CAPA's own set-up the controllers' policies do not: they are for a
 * management cluster that lives on machines of its own making.
 *
 * Source of the actions: CAPA 2.13.0, `clusterawsadm bootstrap iam`, policy `control-plane`; the resources are ours.
 */
export function controlPlanePolicy(place: CapaPlace): PolicyDocument {
  const { partition, accountId } = place;
  return policy(
    look(),
    {
      Sid: "Ec2",
      Effect: "Allow",
      Action: [
        "ec2:AssignIpv6Addresses",
        "ec2:AttachVolume",
        "ec2:AuthorizeSecurityGroupIngress",
        "ec2:CreateRoute",
        "ec2:CreateSecurityGroup",
        "ec2:CreateTags",
        "ec2:CreateVolume",
        "ec2:DeleteRoute",
        "ec2:DeleteSecurityGroup",
        "ec2:DeleteVolume",
        "ec2:DetachVolume",
        "ec2:ModifyInstanceAttribute",
        "ec2:ModifyVolume",
        "ec2:RevokeSecurityGroupIngress",
      ],
      Resource: ec2Resources(place),
    },
    changeLoadBalancers(place),
    serviceLinkedRoles(
      place,
      ["elasticloadbalancing.amazonaws.com"],
      ["elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing"],
    ),
    {
      Sid: "VolumeKeys",
      Effect: "Allow",
      Action: ["kms:DescribeKey"],
      Resource: [`arn:${partition}:kms:*:${accountId}:key/*`],
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
      "autoscaling:DescribeLaunchConfigurations",
      "autoscaling:DescribeTags",
      "ec2:DescribeImages",
      "ec2:DescribeInstances",
      "ec2:DescribeRegions",
      "ec2:DescribeRouteTables",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSubnets",
      "ec2:DescribeVolumes",
      "ec2:DescribeVpcs",
      "elasticloadbalancing:DescribeListeners",
      "elasticloadbalancing:DescribeLoadBalancerAttributes",
      "elasticloadbalancing:DescribeLoadBalancerPolicies",
      "elasticloadbalancing:DescribeLoadBalancers",
      "elasticloadbalancing:DescribeTargetGroups",
      "elasticloadbalancing:DescribeTargetHealth",
    ],
    Resource: ["*"],
  };
}

function changeLoadBalancers(place: CapaPlace): Statement {
  return {
    Sid: "LoadBalancers",
    Effect: "Allow",
    Action: [
      "elasticloadbalancing:AddTags",
      "elasticloadbalancing:ApplySecurityGroupsToLoadBalancer",
      "elasticloadbalancing:AttachLoadBalancerToSubnets",
      "elasticloadbalancing:ConfigureHealthCheck",
      "elasticloadbalancing:CreateListener",
      "elasticloadbalancing:CreateLoadBalancer",
      "elasticloadbalancing:CreateLoadBalancerListeners",
      "elasticloadbalancing:CreateLoadBalancerPolicy",
      "elasticloadbalancing:CreateTargetGroup",
      "elasticloadbalancing:DeleteListener",
      "elasticloadbalancing:DeleteLoadBalancer",
      "elasticloadbalancing:DeleteLoadBalancerListeners",
      "elasticloadbalancing:DeleteTargetGroup",
      "elasticloadbalancing:DeregisterInstancesFromLoadBalancer",
      "elasticloadbalancing:DeregisterTargets",
      "elasticloadbalancing:DetachLoadBalancerFromSubnets",
      "elasticloadbalancing:ModifyListener",
      "elasticloadbalancing:ModifyLoadBalancerAttributes",
      "elasticloadbalancing:ModifyTargetGroup",
      "elasticloadbalancing:RegisterInstancesWithLoadBalancer",
      "elasticloadbalancing:RegisterTargets",
      "elasticloadbalancing:SetLoadBalancerPoliciesForBackendServer",
      "elasticloadbalancing:SetLoadBalancerPoliciesOfListener",
      "elasticloadbalancing:SetSecurityGroups",
    ],
    Resource: loadBalancers(place),
  };
}
