import { type AwsTypes, names } from "./types";

/** Some moment: nothing depends on which. */
const CREATED = "2026-01-01T00:00:00Z";

/** EKS. */
export const EKS_TYPES: AwsTypes = {
  "aws:eks/cluster:Cluster": {
    id: "${name}",
    arn: "arn:${partition}:eks:${region}:${account}:cluster/${name}",
    required: names("roleArn vpcConfig"),
    optional: names(`accessConfig bootstrapSelfManagedAddons computeConfig controlPlaneScalingConfig
      defaultAddonsToRemoves deletionProtection enabledClusterLogTypes encryptionConfig forceUpdateVersion
      kubeApiServerConfig kubeControllerManagerConfig kubeSchedulerConfig kubernetesNetworkConfig name outpostConfig
      region remoteNetworkConfig storageConfig tags upgradePolicy version zonalShiftConfig`),
    replaceOn: names(`accessConfig.bootstrapClusterCreatorAdminPermissions bootstrapSelfManagedAddons
      kubernetesNetworkConfig.ipFamily kubernetesNetworkConfig.serviceIpv4Cidr name
      outpostConfig.controlPlaneInstanceType remoteNetworkConfig roleArn`),
    defaults: { bootstrapSelfManagedAddons: true },
    computed: {
      createdAt: CREATED,
      identities: [{ oidcs: [{ issuer: "https://oidc.eks.${region}.amazonaws.com/id/${hash}" }] }],
      platformVersion: "eks.1",
      status: "ACTIVE",
    },
    within: { input: "vpcConfig", outputs: { clusterSecurityGroupId: "sg-${hash}", vpcId: "${vpc}" } },
    autoName: { input: "name" },
    unique: { by: "${id}", refusal: "ResourceInUseException: Cluster already exists with name: ${name}" },
  },
  "aws:eks/nodeGroup:NodeGroup": {
    id: "${clusterName}:${nodeGroupName}",
    arn: "arn:${partition}:eks:${region}:${account}:nodegroup/${clusterName}/${nodeGroupName}/${uuid}",
    required: names("clusterName nodeRoleArn scalingConfig subnetIds"),
    optional: names(`amiType capacityType diskSize forceUpdateVersion instanceTypes labels launchTemplate nodeGroupName
      nodeGroupNamePrefix nodeRepairConfig region releaseVersion remoteAccess tags taints updateConfig version
      warmPoolConfig`),
    replaceOn: names(`amiType capacityType clusterName diskSize instanceTypes launchTemplate.id launchTemplate.name
      nodeGroupName nodeGroupNamePrefix nodeRoleArn remoteAccess subnetIds`),
    computed: { status: "ACTIVE" },
    autoName: { input: "nodeGroupName" },
    unique: {
      by: "${id}",
      refusal:
        "ResourceInUseException: NodeGroup already exists with name ${nodeGroupName} and cluster name ${clusterName}",
    },
  },
  "aws:eks/addon:Addon": {
    id: "${clusterName}:${addonName}",
    arn: "arn:${partition}:eks:${region}:${account}:addon/${clusterName}/${addonName}/${uuid}",
    required: names("addonName clusterName"),
    optional: names(`addonVersion configurationValues namespaceConfig podIdentityAssociations preserve region
      resolveConflictsOnCreate resolveConflictsOnUpdate serviceAccountRoleArn tags`),
    replaceOn: names("addonName clusterName"),
    computed: { createdAt: CREATED, modifiedAt: CREATED },
    unique: { by: "${id}", refusal: "ResourceInUseException: Addon already exists." },
  },
  "aws:eks/accessEntry:AccessEntry": {
    id: "${clusterName}:${principalArn}",
    required: names("clusterName principalArn"),
    optional: names("kubernetesGroups region tags type userName"),
    replaceOn: names("clusterName principalArn type"),
    defaults: { type: "STANDARD" },
    computed: {
      accessEntryArn: "arn:${partition}:eks:${region}:${account}:access-entry/${clusterName}/${uuid}",
      createdAt: CREATED,
      modifiedAt: CREATED,
    },
    unique: {
      by: "${id}",
      refusal: "ResourceInUseException: The specified access entry resource is already in use on this cluster.",
    },
  },
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": {
    id: "${clusterName}#${principalArn}#${policyArn}",
    required: names("accessScope clusterName policyArn principalArn"),
    optional: names("region"),
    replaceOn: names("accessScope clusterName policyArn principalArn"),
    computed: { associatedAt: CREATED, modifiedAt: CREATED },
    unique: { by: "${id}", refusal: "EKS would overwrite the association: two resources would own it" },
  },
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": {
    id: "a-${hash}",
    required: names("clusterName namespace roleArn serviceAccount"),
    optional: names("disableSessionTags policy region tags targetRoleArn"),
    replaceOn: names("clusterName namespace serviceAccount"),
    computed: {
      associationArn: "arn:${partition}:eks:${region}:${account}:podidentityassociation/${clusterName}/${id}",
      associationId: "${id}",
    },
    unique: {
      by: "${clusterName} ${namespace} ${serviceAccount}",
      refusal:
        "ResourceInUseException: An association already exists for the service account ${serviceAccount} in the " +
        "namespace ${namespace}",
    },
  },
};
