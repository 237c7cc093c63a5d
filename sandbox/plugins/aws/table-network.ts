import { type AwsTypes, names } from "./types";

const RULE_INPUTS = names(
  "cidrIpv4 cidrIpv6 description fromPort prefixListId referencedSecurityGroupId region tags toPort",
);

/** The network and what starts machines in it. */
export const NETWORK_TYPES: AwsTypes = {
  "aws:ec2/vpc:Vpc": {
    id: "vpc-${hash}",
    arn: "arn:${partition}:ec2:${region}:${account}:vpc/${id}",
    required: [],
    optional: names(`assignGeneratedIpv6CidrBlock cidrBlock enableDnsHostnames enableDnsSupport
      enableNetworkAddressUsageMetrics instanceTenancy ipv4IpamPoolId ipv4NetmaskLength ipv6CidrBlock
      ipv6CidrBlockNetworkBorderGroup ipv6IpamPoolId ipv6NetmaskLength region tags`),
    replaceOn: names("cidrBlock ipv4IpamPoolId ipv4NetmaskLength"),
    defaults: { enableDnsSupport: true, enableDnsHostnames: false, instanceTenancy: "default" },
    computed: {
      mainRouteTableId: "rtb-${hash}",
      defaultRouteTableId: "rtb-${hash}",
      defaultSecurityGroupId: "sg-${hash}",
      defaultNetworkAclId: "acl-${hash}",
      ownerId: "${account}",
    },
  },
  "aws:ec2/subnet:Subnet": {
    id: "subnet-${hash}",
    arn: "arn:${partition}:ec2:${region}:${account}:subnet/${id}",
    required: names("vpcId"),
    optional: names(`assignIpv6AddressOnCreation availabilityZone availabilityZoneId cidrBlock customerOwnedIpv4Pool
      enableDns64 enableLniAtDeviceIndex enableResourceNameDnsARecordOnLaunch
      enableResourceNameDnsAaaaRecordOnLaunch ipv4IpamPoolId ipv4NetmaskLength ipv6CidrBlock ipv6IpamPoolId
      ipv6Native ipv6NetmaskLength mapCustomerOwnedIpOnLaunch mapPublicIpOnLaunch outpostArn
      privateDnsHostnameTypeOnLaunch region tags`),
    replaceOn: names(`availabilityZone availabilityZoneId cidrBlock ipv4IpamPoolId ipv4NetmaskLength ipv6Native
      outpostArn vpcId`),
    defaults: { assignIpv6AddressOnCreation: false, mapPublicIpOnLaunch: false },
    computed: { ownerId: "${account}" },
  },
  "aws:ec2/internetGateway:InternetGateway": {
    id: "igw-${hash}",
    arn: "arn:${partition}:ec2:${region}:${account}:internet-gateway/${id}",
    required: [],
    optional: names("region tags vpcId"),
    replaceOn: [],
    computed: { ownerId: "${account}" },
  },
  "aws:ec2/natGateway:NatGateway": {
    id: "nat-${hash}",
    required: [],
    optional: names(`allocationId availabilityMode availabilityZoneAddresses connectivityType privateIp region
      secondaryAllocationIds secondaryPrivateIpAddressCount secondaryPrivateIpAddresses subnetId tags vpcId`),
    replaceOn: names(`allocationId availabilityMode connectivityType privateIp secondaryPrivateIpAddressCount subnetId
      vpcId`),
    defaults: { connectivityType: "public" },
    computed: { publicIp: "${ip}", networkInterfaceId: "eni-${hash}" },
  },
  "aws:ec2/eip:Eip": {
    id: "eipalloc-${hash}",
    arn: "arn:${partition}:ec2:${region}:${account}:elastic-ip/${id}",
    required: [],
    optional: names(`address associateWithPrivateIp customerOwnedIpv4Pool domain instance ipamPoolId networkBorderGroup
      networkInterface publicIpv4Pool region tags`),
    replaceOn: names("address customerOwnedIpv4Pool domain ipamPoolId networkBorderGroup publicIpv4Pool"),
    computed: { allocationId: "${id}", publicIp: "${ip}" },
  },
  "aws:ec2/routeTable:RouteTable": {
    id: "rtb-${hash}",
    arn: "arn:${partition}:ec2:${region}:${account}:route-table/${id}",
    required: names("vpcId"),
    optional: names("propagatingVgws region routes tags"),
    replaceOn: names("vpcId"),
    computed: { ownerId: "${account}" },
  },
  "aws:ec2/route:Route": {
    id: "r-${routeTableId}${destinationCidrBlock|}${destinationIpv6CidrBlock|}${destinationPrefixListId|}",
    required: names("routeTableId"),
    optional: names(`carrierGatewayId coreNetworkArn destinationCidrBlock destinationIpv6CidrBlock
      destinationPrefixListId egressOnlyGatewayId gatewayId localGatewayId natGatewayId networkInterfaceId
      odbNetworkArn region transitGatewayId vpcEndpointId vpcPeeringConnectionId`),
    replaceOn: names("destinationCidrBlock destinationIpv6CidrBlock destinationPrefixListId routeTableId"),
    computed: { origin: "CreateRoute", state: "active" },
    unique: {
      by: "${id}",
      refusal: "RouteAlreadyExists: The route identified by ${destinationCidrBlock} already exists.",
    },
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    id: "rtbassoc-${hash}",
    required: names("routeTableId"),
    optional: names("gatewayId region subnetId"),
    replaceOn: names("gatewayId subnetId"),
    unique: {
      by: "${gatewayId|}${subnetId|}",
      refusal: "Resource.AlreadyAssociated: the specified association for ${gatewayId|}${subnetId|} exists",
    },
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    id: "vpce-${hash}",
    arn: "arn:${partition}:ec2:${region}:${account}:vpc-endpoint/${id}",
    required: names("vpcId"),
    optional: names(`autoAccept dnsOptions ipAddressType policy privateDnsEnabled region resourceConfigurationArn
      routeTableIds securityGroupIds serviceName serviceNetworkArn serviceRegion subnetConfigurations subnetIds tags
      vpcEndpointType`),
    replaceOn: names("resourceConfigurationArn serviceName serviceNetworkArn serviceRegion vpcEndpointType vpcId"),
    defaults: { vpcEndpointType: "Gateway" },
    computed: { prefixListId: "pl-${hash}", ownerId: "${account}", state: "available" },
  },
  "aws:ec2/flowLog:FlowLog": {
    id: "fl-${hash}",
    arn: "arn:${partition}:ec2:${region}:${account}:vpc-flow-log/${id}",
    required: [],
    optional: names(`deliverCrossAccountRole destinationOptions eniId iamRoleArn logDestination logDestinationType
      logFormat maxAggregationInterval region regionalNatGatewayId subnetId tagFieldSpecifications tags trafficType
      transitGatewayAttachmentId transitGatewayId vpcId`),
    replaceOn: names(`deliverCrossAccountRole destinationOptions eniId iamRoleArn logDestination logDestinationType
      logFormat maxAggregationInterval regionalNatGatewayId subnetId trafficType transitGatewayAttachmentId
      transitGatewayId vpcId`),
    defaults: { logDestinationType: "cloud-watch-logs", maxAggregationInterval: 600 },
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    id: "sg-${hash}",
    arn: "arn:${partition}:ec2:${region}:${account}:security-group/${id}",
    required: [],
    optional: names("description egress ingress name namePrefix region revokeRulesOnDelete tags vpcId"),
    replaceOn: names("description name namePrefix vpcId"),
    defaults: { description: "Managed by Pulumi", revokeRulesOnDelete: false },
    computed: { ownerId: "${account}" },
    autoName: { input: "name" },
    unique: {
      by: "${vpcId|} ${name}",
      refusal: "InvalidGroup.Duplicate: The security group '${name}' already exists for VPC '${vpcId|}'",
    },
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    id: "sgr-${hash}",
    arn: "arn:${partition}:ec2:${region}:${account}:security-group-rule/${id}",
    required: names("ipProtocol securityGroupId"),
    optional: RULE_INPUTS,
    replaceOn: names("securityGroupId"),
    computed: { securityGroupRuleId: "${id}" },
  },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
    id: "sgr-${hash}",
    arn: "arn:${partition}:ec2:${region}:${account}:security-group-rule/${id}",
    required: names("ipProtocol securityGroupId"),
    optional: RULE_INPUTS,
    replaceOn: names("securityGroupId"),
    computed: { securityGroupRuleId: "${id}" },
  },
  "aws:ec2/launchTemplate:LaunchTemplate": {
    id: "lt-${hash}",
    arn: "arn:${partition}:ec2:${region}:${account}:launch-template/${id}",
    required: [],
    optional: names(`blockDeviceMappings capacityReservationSpecification cpuOptions creditSpecification defaultVersion
      description disableApiStop disableApiTermination ebsOptimized enclaveOptions hibernationOptions
      iamInstanceProfile imageId instanceInitiatedShutdownBehavior instanceMarketOptions instanceRequirements
      instanceType kernelId keyName licenseSpecifications maintenanceOptions metadataOptions monitoring name
      namePrefix networkInterfaces networkPerformanceOptions placement privateDnsNameOptions ramDiskId region
      secondaryInterfaces securityGroupNames tagSpecifications tags updateDefaultVersion userData
      vpcSecurityGroupIds`),
    replaceOn: names("name namePrefix"),
    // Both count changes: see `launch-template.ts`.
    computed: { latestVersion: 1, defaultVersion: 1 },
    autoName: { input: "name" },
    unique: {
      by: "${name}",
      refusal: "InvalidLaunchTemplateName.AlreadyExistsException: Launch template name already in use.",
    },
  },
};
