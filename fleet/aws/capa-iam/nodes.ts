import { policy, type PolicyDocument } from "../policy-document";
import { type CapaPlace } from "./place";
import { bootstrapSecrets } from "./resources";

/**
 * What every machine of a workload cluster does: read its bootstrap data once, pull images, let administrators in
 * through Session Manager. AWS's own `AmazonEKSWorkerNodePolicy` and `AmazonEKS_CNI_Policy` stand beside it.
 *
 * Source of the actions: CAPA 2.13.0, `clusterawsadm bootstrap iam`, policy `nodes`; the resources are ours.
 */
export function nodesPolicy(place: CapaPlace): PolicyDocument {
  const { partition, accountId } = place;
  return policy(
    {
      // All resources: AWS knows none for lists, nor for a registry's token.
      Sid: "Look",
      Effect: "Allow",
      Action: [
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeInstances",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeRegions",
        "ec2:DescribeTags",
        "ecr:GetAuthorizationToken",
      ],
      Resource: ["*"],
    },
    {
      Sid: "Interfaces",
      Effect: "Allow",
      Action: ["ec2:AssignIpv6Addresses", "ec2:CreateTags"],
      Resource: [
        `arn:${partition}:ec2:*:${accountId}:instance/*`,
        `arn:${partition}:ec2:*:${accountId}:network-interface/*`,
      ],
    },
    {
      Sid: "Images",
      Effect: "Allow",
      Action: [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:DescribeRepositories",
        "ecr:GetDownloadUrlForLayer",
        "ecr:GetRepositoryPolicy",
        "ecr:ListImages",
      ],
      // AWS keeps the images of EKS in accounts of its own.
      Resource: [`arn:${partition}:ecr:*:*:repository/*`],
    },
    {
      Sid: "BootstrapData",
      Effect: "Allow",
      Action: ["secretsmanager:DeleteSecret", "secretsmanager:GetSecretValue"],
      Resource: bootstrapSecrets(place),
    },
    {
      // All resources: AWS knows none for a session's channels; as in its own AmazonSSMManagedInstanceCore.
      Sid: "Sessions",
      Effect: "Allow",
      Action: [
        "ssm:UpdateInstanceInformation",
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
      ],
      Resource: ["*"],
    },
    {
      Sid: "SessionLogs",
      Effect: "Allow",
      Action: ["s3:GetEncryptionConfiguration"],
      Resource: [`arn:${partition}:s3:::*`],
    },
  );
}
