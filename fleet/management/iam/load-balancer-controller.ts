import { type Conditions, policy, type PolicyDocument, type Statement } from "../../aws/policy-document";
import { type AwsPlace } from "./key-policy";

const ELB = "elasticloadbalancing";
/** The controller tags all that it makes with the name of its cluster. */
const CLUSTER_TAG = "elbv2.k8s.aws/cluster";

const DESCRIBE_EC2 = [
  "ec2:DescribeAccountAttributes",
  "ec2:DescribeAddresses",
  "ec2:DescribeAvailabilityZones",
  "ec2:DescribeCoipPools",
  "ec2:DescribeInstances",
  "ec2:DescribeInternetGateways",
  "ec2:DescribeIpamPools",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeRouteTables",
  "ec2:DescribeSecurityGroups",
  "ec2:DescribeSubnets",
  "ec2:DescribeTags",
  "ec2:DescribeVpcPeeringConnections",
  "ec2:DescribeVpcs",
  "ec2:GetCoipPoolUsage",
  "ec2:GetSecurityGroupsForVpc",
];

const DESCRIBE_ELB = [
  "DescribeCapacityReservation",
  "DescribeListenerAttributes",
  "DescribeListenerCertificates",
  "DescribeListeners",
  "DescribeLoadBalancerAttributes",
  "DescribeLoadBalancers",
  "DescribeRules",
  "DescribeSSLPolicies",
  "DescribeTags",
  "DescribeTargetGroupAttributes",
  "DescribeTargetGroups",
  "DescribeTargetHealth",
  "DescribeTrustStores",
].map(elb);

const CERTIFICATES = [
  "acm:DescribeCertificate",
  "acm:ListCertificates",
  "iam:GetServerCertificate",
  "iam:ListServerCertificates",
];

/**
 * What the AWS Load Balancer Controller of a management cluster may do: read what it has to know, and keep load
 * balancers and security groups that carry the cluster's tag.
 *
 * Source: AWS Load Balancer Controller 2.14, `docs/install/iam_policy.json`. Derived from it: names of this account and
 * region instead of `*` where AWS names resources; this cluster's tag where AWS' document asks for any cluster's; nothing
 * for WAF, Shield and Cognito, which the chart's values turn off.
 */
export function loadBalancerControllerPolicy(place: AwsPlace, clusterName: string): PolicyDocument {
  const ours: Conditions = { StringEquals: { [`aws:ResourceTag/${CLUSTER_TAG}`]: clusterName } };
  const newOnes = { [`aws:RequestTag/${CLUSTER_TAG}`]: clusterName };
  // Tags may be added and taken away, but never the one that makes a resource this cluster's.
  const keptTag: Conditions = { ...ours, Null: { [`aws:RequestTag/${CLUSTER_TAG}`]: "true" } };
  return policy(
    ...reading(place),
    ...securityGroups(place, ours, newOnes, keptTag),
    ...loadBalancers(place, ours, newOnes, keptTag),
    ...listeners(place),
  );
}

/** AWS knows no resources for these calls, save the role that it makes for itself. */
function reading({ partition, accountId }: AwsPlace): Statement[] {
  const service = `${ELB}.amazonaws.com`;
  return [
    {
      Sid: "ServiceRole",
      Effect: "Allow",
      Action: ["iam:CreateServiceLinkedRole"],
      Resource: [`arn:${partition}:iam::${accountId}:role/aws-service-role/${service}/*`],
      Condition: { StringEquals: { "iam:AWSServiceName": service } },
    },
    {
      Sid: "Look",
      Effect: "Allow",
      Action: [...DESCRIBE_EC2, ...DESCRIBE_ELB, ...CERTIFICATES],
      Resource: ["*"],
    },
  ];
}

function securityGroups(
  { partition, accountId, region }: AwsPlace,
  ours: Conditions,
  newOnes: Readonly<Record<string, string>>,
  keptTag: Conditions,
): Statement[] {
  const arn = (kind: string) => `arn:${partition}:ec2:${region}:${accountId}:${kind}/*`;
  const groups = [arn("security-group")];
  return [
    // The nodes' group is EKS' own and carries no tag of the controller's.
    {
      Sid: "SecurityGroupRules",
      Effect: "Allow",
      Action: ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"],
      Resource: groups,
    },
    {
      Sid: "NewSecurityGroups",
      Effect: "Allow",
      Action: ["ec2:CreateSecurityGroup"],
      Resource: [...groups, arn("vpc")],
    },
    {
      Sid: "TagNewSecurityGroups",
      Effect: "Allow",
      Action: ["ec2:CreateTags"],
      Resource: groups,
      Condition: { StringEquals: { "ec2:CreateAction": "CreateSecurityGroup", ...newOnes } },
    },
    {
      Sid: "TagSecurityGroups",
      Effect: "Allow",
      Action: ["ec2:CreateTags", "ec2:DeleteTags"],
      Resource: groups,
      Condition: keptTag,
    },
    {
      Sid: "DeleteSecurityGroups",
      Effect: "Allow",
      Action: ["ec2:DeleteSecurityGroup"],
      Resource: groups,
      Condition: ours,
    },
  ];
}

function loadBalancers(
  place: AwsPlace,
  ours: Conditions,
  newOnes: Readonly<Record<string, string>>,
  keptTag: Conditions,
): Statement[] {
  const both = arns(place, "loadbalancer", "targetgroup");
  return [
    {
      Sid: "NewLoadBalancers",
      Effect: "Allow",
      Action: ["CreateLoadBalancer", "CreateTargetGroup"].map(elb),
      Resource: both,
      Condition: { StringEquals: newOnes },
    },
    {
      Sid: "TagNewLoadBalancers",
      Effect: "Allow",
      Action: ["AddTags"].map(elb),
      Resource: both,
      Condition: {
        StringEquals: { [`${ELB}:CreateAction`]: ["CreateLoadBalancer", "CreateTargetGroup"], ...newOnes },
      },
    },
    {
      Sid: "TagLoadBalancers",
      Effect: "Allow",
      Action: ["AddTags", "RemoveTags"].map(elb),
      Resource: both,
      Condition: keptTag,
    },
    {
      Sid: "LoadBalancers",
      Effect: "Allow",
      Action: [
        "DeleteLoadBalancer",
        "DeleteTargetGroup",
        "ModifyCapacityReservation",
        "ModifyIpPools",
        "ModifyListenerAttributes",
        "ModifyLoadBalancerAttributes",
        "ModifyTargetGroup",
        "ModifyTargetGroupAttributes",
        "SetIpAddressType",
        "SetSecurityGroups",
        "SetSubnets",
      ].map(elb),
      Resource: [...both, ...arns(place, "listener")],
      Condition: ours,
    },
    {
      Sid: "Targets",
      Effect: "Allow",
      Action: ["DeregisterTargets", "RegisterTargets"].map(elb),
      Resource: arns(place, "targetgroup"),
    },
  ];
}

/** AWS asks for no tag here: a listener may be as old as the time when none had tags. */
function listeners(place: AwsPlace): Statement[] {
  const both = arns(place, "listener", "listener-rule");
  return [
    {
      Sid: "Listeners",
      Effect: "Allow",
      Action: [
        "AddListenerCertificates",
        "CreateListener",
        "CreateRule",
        "DeleteListener",
        "DeleteRule",
        "ModifyListener",
        "ModifyRule",
        "RemoveListenerCertificates",
        "SetRulePriorities",
      ].map(elb),
      Resource: [...arns(place, "loadbalancer"), ...both],
    },
    {
      Sid: "TagListeners",
      Effect: "Allow",
      Action: ["AddTags", "RemoveTags"].map(elb),
      Resource: both,
    },
  ];
}

function elb(action: string): string {
  return `${ELB}:${action}`;
}

function arns({ partition, accountId, region }: AwsPlace, ...kinds: readonly string[]): string[] {
  return kinds.map((kind) => `arn:${partition}:${ELB}:${region}:${accountId}:${kind}/*`);
}
