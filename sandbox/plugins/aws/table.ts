import { type AwsTypes } from "./types";

/**
 * The resource types that a management cluster is made of. Source: the schema of the official provider 7.48 (required
 * inputs, inputs that replace), and AWS' documentation of ids and ARNs. A type that is not here echoes its inputs.
 */
export const TYPES: AwsTypes = {
  // Network
  "aws:ec2/vpc:Vpc": {
    id: "vpc-${hash}",
    arn: "arn:${partition}:ec2:${region}:${account}:vpc/${id}",
    required: [],
    replaceOn: ["cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength"],
    computed: { mainRouteTableId: "rtb-${hash}", defaultSecurityGroupId: "sg-${hash}", ownerId: "${account}" },
  },
  "aws:ec2/subnet:Subnet": {
    id: "subnet-${hash}",
    arn: "arn:${partition}:ec2:${region}:${account}:subnet/${id}",
    required: ["vpcId"],
    replaceOn: ["vpcId", "cidrBlock", "availabilityZone", "availabilityZoneId"],
    computed: { ownerId: "${account}" },
  },
  "aws:ec2/internetGateway:InternetGateway": {
    id: "igw-${hash}",
    arn: "arn:${partition}:ec2:${region}:${account}:internet-gateway/${id}",
    required: [],
    replaceOn: [],
  },
  "aws:ec2/eip:Eip": {
    id: "eipalloc-${hash}",
    required: [],
    replaceOn: ["domain", "address", "publicIpv4Pool"],
    computed: { allocationId: "${id}", publicIp: "${ip}" },
  },
  "aws:ec2/natGateway:NatGateway": {
    id: "nat-${hash}",
    required: ["subnetId"],
    replaceOn: ["subnetId", "allocationId", "connectivityType"],
    computed: { publicIp: "${ip}" },
  },
  "aws:ec2/routeTable:RouteTable": {
    id: "rtb-${hash}",
    arn: "arn:${partition}:ec2:${region}:${account}:route-table/${id}",
    required: ["vpcId"],
    replaceOn: ["vpcId"],
  },
  "aws:ec2/route:Route": {
    id: "r-${routeTableId}${destinationCidrBlock}",
    required: ["routeTableId"],
    replaceOn: ["routeTableId", "destinationCidrBlock", "destinationPrefixListId"],
    unique: true,
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    id: "rtbassoc-${hash}",
    required: ["routeTableId"],
    replaceOn: ["subnetId", "gatewayId"],
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    id: "sg-${hash}",
    arn: "arn:${partition}:ec2:${region}:${account}:security-group/${id}",
    required: [],
    replaceOn: ["vpcId", "name", "description"],
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    id: "vpce-${hash}",
    arn: "arn:${partition}:ec2:${region}:${account}:vpc-endpoint/${id}",
    required: ["vpcId"],
    replaceOn: ["vpcId", "serviceName", "vpcEndpointType"],
    computed: { prefixListId: "pl-${hash}" },
  },
  "aws:ec2/flowLog:FlowLog": {
    id: "fl-${hash}",
    arn: "arn:${partition}:ec2:${region}:${account}:vpc-flow-log/${id}",
    required: [],
    replaceOn: ["vpcId", "subnetId", "trafficType", "logDestination", "iamRoleArn", "logDestinationType"],
  },
  "aws:ec2/launchTemplate:LaunchTemplate": {
    id: "lt-${hash}",
    arn: "arn:${partition}:ec2:${region}:${account}:launch-template/${id}",
    required: [],
    replaceOn: ["name", "namePrefix"],
    // `latestVersion` counts changes, see `rules.ts`.
    computed: { defaultVersion: 1, latestVersion: 1 },
  },
  // Keys and logs
  "aws:kms/key:Key": {
    id: "${uuid}",
    arn: "arn:${partition}:kms:${region}:${account}:key/${id}",
    required: [],
    replaceOn: ["customerMasterKeySpec", "keyUsage", "multiRegion"],
    computed: { keyId: "${id}" },
  },
  "aws:kms/alias:Alias": {
    id: "${name}",
    arn: "arn:${partition}:kms:${region}:${account}:${name}",
    required: ["name", "targetKeyId"],
    replaceOn: ["name"],
    unique: true,
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    id: "${name}",
    arn: "arn:${partition}:logs:${region}:${account}:log-group:${name}",
    required: ["name"],
    replaceOn: ["name", "namePrefix", "logGroupClass"],
    unique: true,
  },
  // Identities
  "aws:iam/role:Role": {
    id: "${name}",
    arn: "arn:${partition}:iam::${account}:role${path|/}${name}",
    required: ["name", "assumeRolePolicy"],
    replaceOn: ["name", "namePrefix", "path"],
    computed: { uniqueId: "AROA${hash}" },
    unique: true,
  },
  "aws:iam/policy:Policy": {
    id: "arn:${partition}:iam::${account}:policy${path|/}${name}",
    arn: "${id}",
    required: ["name", "policy"],
    replaceOn: ["name", "namePrefix", "path", "description"],
    unique: true,
  },
  "aws:iam/rolePolicy:RolePolicy": {
    id: "${role}:${name}",
    required: ["role", "name", "policy"],
    replaceOn: ["role", "name"],
    unique: true,
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    id: "${role}/${policyArn}",
    required: ["role", "policyArn"],
    replaceOn: ["role", "policyArn"],
    unique: true,
  },
  "aws:iam/instanceProfile:InstanceProfile": {
    id: "${name}",
    arn: "arn:${partition}:iam::${account}:instance-profile${path|/}${name}",
    required: ["name"],
    replaceOn: ["name", "namePrefix", "path"],
    unique: true,
  },
  // EKS
  "aws:eks/cluster:Cluster": {
    id: "${name}",
    arn: "arn:${partition}:eks:${region}:${account}:cluster/${name}",
    required: ["name", "roleArn", "vpcConfig"],
    replaceOn: ["name", "roleArn", "bootstrapSelfManagedAddons"],
    computed: {
      status: "ACTIVE",
      platformVersion: "eks.1",
      identities: [{ oidcs: [{ issuer: "https://oidc.eks.${region}.amazonaws.com/id/${hash}" }] }],
    },
    unique: true,
  },
  "aws:eks/nodeGroup:NodeGroup": {
    id: "${clusterName}:${nodeGroupName}",
    arn: "arn:${partition}:eks:${region}:${account}:nodegroup/${clusterName}/${nodeGroupName}/${uuid}",
    required: ["clusterName", "nodeGroupName", "nodeRoleArn", "subnetIds", "scalingConfig"],
    replaceOn: [
      "clusterName",
      "nodeGroupName",
      "nodeRoleArn",
      "subnetIds",
      "amiType",
      "capacityType",
      "diskSize",
      "instanceTypes",
    ],
    computed: { status: "ACTIVE" },
    unique: true,
  },
  "aws:eks/addon:Addon": {
    id: "${clusterName}:${addonName}",
    arn: "arn:${partition}:eks:${region}:${account}:addon/${clusterName}/${addonName}/${uuid}",
    required: ["clusterName", "addonName"],
    replaceOn: ["clusterName", "addonName"],
    unique: true,
  },
  "aws:eks/accessEntry:AccessEntry": {
    id: "${clusterName}:${principalArn}",
    arn: "arn:${partition}:eks:${region}:${account}:access-entry/${clusterName}/${hash}",
    required: ["clusterName", "principalArn"],
    replaceOn: ["clusterName", "principalArn", "type"],
    unique: true,
  },
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": {
    id: "${clusterName}#${principalArn}#${policyArn}",
    required: ["clusterName", "principalArn", "policyArn", "accessScope"],
    replaceOn: ["clusterName", "principalArn", "policyArn", "accessScope"],
    unique: true,
  },
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": {
    id: "${clusterName},a-${hash}",
    required: ["clusterName", "namespace", "serviceAccount", "roleArn"],
    replaceOn: ["clusterName", "namespace", "serviceAccount"],
    computed: { associationId: "a-${hash}" },
  },
};
