import { InstanceProfile, Policy, Role, RolePolicyAttachment } from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";

import { controlPlanePolicy } from "../../fleet/aws/capa-iam/control-plane";
import { controllersPolicy } from "../../fleet/aws/capa-iam/controllers";
import { controllersEksPolicy } from "../../fleet/aws/capa-iam/controllers-eks";
import { nodesPolicy } from "../../fleet/aws/capa-iam/nodes";
import { type CapaPlace, capaNames } from "../../fleet/aws/capa-iam/place";
import { type PolicyDocument, type TrustDocument, trustedService } from "../../fleet/aws/policy-document";

/** Where the identities are made, and who takes the controllers' role. */
export interface CapaIamSettings {
  readonly managementName: string;
  readonly partition: pulumi.Input<string>;
  readonly accountId: pulumi.Input<string>;
  readonly path: string;
  readonly permissionsBoundaryArn: pulumi.Input<string> | undefined;
  readonly controllersRoleName: string;
  readonly controllersTrust: pulumi.Input<TrustDocument>;
}

/** The identities of CAPA in one account. */
export interface CapaIam {
  readonly controllers: Role;
  /** The controllers have their rights once these are there. */
  readonly controllersRights: readonly RolePolicyAttachment[];
  readonly nodesProfile: InstanceProfile;
  readonly controlPlaneProfile: InstanceProfile;
  readonly eksControlPlane: Role;
  /** Clusters need these to be made, and to be deleted. */
  readonly ofClusters: readonly pulumi.Resource[];
}

/** What all parts need to know. */
interface Context {
  readonly name: string;
  readonly settings: CapaIamSettings;
  readonly parent: pulumi.Resource;
}

/** AWS's own policies for nodes of EKS: join, and give pods their addresses until the CNI has a role of its own. */
const EKS_NODE_POLICIES = ["AmazonEKSWorkerNodePolicy", "AmazonEKS_CNI_Policy"];

/** Roles, policies and instance profiles of the controllers, the machines and the EKS control planes. */
export function createCapaIam(name: string, settings: CapaIamSettings, parent: pulumi.Resource): CapaIam {
  const context: Context = { name, settings, parent };
  const { controllers, rights } = createControllers(context);
  const nodesRights = createPolicy(context, "nodes", nodesPolicy);
  const nodesProfile = createNodes(context, nodesRights);
  const controlPlaneProfile = createControlPlane(context, nodesRights);
  const eks = createEksControlPlane(context);
  return {
    controllers,
    controllersRights: rights,
    nodesProfile,
    controlPlaneProfile,
    eksControlPlane: eks.role,
    ofClusters: [nodesProfile, controlPlaneProfile, eks.rights],
  };
}

function createControllers(context: Context) {
  const { controllersRoleName, controllersTrust } = context.settings;
  const controllers = createRole(context, "controllers", controllersRoleName, controllersTrust);
  const rights = [
    attach(context, "controllers-own", controllers, createPolicy(context, "controllers", controllersPolicy).arn),
    attach(context, "controllers-eks", controllers, createPolicy(context, "controllersEks", controllersEksPolicy).arn),
  ];
  return { controllers, rights };
}

function createNodes(context: Context, nodesRights: Policy): InstanceProfile {
  const name = capaNames(context.settings.managementName).nodes;
  const role = createRole(context, "nodes", name, trustedService("ec2.amazonaws.com"));
  const rights = [
    attach(context, "nodes-own", role, nodesRights.arn),
    ...EKS_NODE_POLICIES.map((policy) => attach(context, `nodes-${policy}`, role, awsPolicy(context, policy))),
  ];
  return createProfile(context, "nodes", role, rights);
}

function createControlPlane(context: Context, nodesRights: Policy): InstanceProfile {
  const name = capaNames(context.settings.managementName).controlPlane;
  const role = createRole(context, "control-plane", name, trustedService("ec2.amazonaws.com"));
  const own = createPolicy(context, "controlPlane", controlPlanePolicy);
  const rights = [
    attach(context, "control-plane-own", role, own.arn),
    attach(context, "control-plane-nodes", role, nodesRights.arn),
  ];
  return createProfile(context, "control-plane", role, rights);
}

function createEksControlPlane(context: Context) {
  const name = capaNames(context.settings.managementName).eksControlPlane;
  const role = createRole(context, "eks-control-plane", name, trustedService("eks.amazonaws.com"));
  return { role, rights: attach(context, "eks-control-plane", role, awsPolicy(context, "AmazonEKSClusterPolicy")) };
}

function createRole(
  { name, settings, parent }: Context,
  part: string,
  roleName: string,
  trust: pulumi.Input<TrustDocument>,
): Role {
  const { path, permissionsBoundaryArn } = settings;
  return new Role(
    `${name}-${part}`,
    {
      name: roleName,
      path,
      assumeRolePolicy: pulumi.output(trust).apply((document) => JSON.stringify(document)),
      ...(permissionsBoundaryArn === undefined ? {} : { permissionsBoundary: permissionsBoundaryArn }),
    },
    { parent },
  );
}

function createPolicy(
  { name, settings, parent }: Context,
  part: "controllers" | "controllersEks" | "controlPlane" | "nodes",
  documentFor: (place: CapaPlace) => PolicyDocument,
): Policy {
  const { managementName, path, partition, accountId } = settings;
  const policyName = capaNames(managementName)[part];
  return new Policy(
    `${name}-${policyName.split(".")[0]}`,
    {
      name: policyName,
      path,
      policy: pulumi
        .all([partition, accountId])
        .apply(([partition, accountId]) => JSON.stringify(documentFor({ partition, accountId, managementName, path }))),
    },
    { parent },
  );
}

function attach(
  { name, parent }: Context,
  part: string,
  role: Role,
  policyArn: pulumi.Input<string>,
): RolePolicyAttachment {
  return new RolePolicyAttachment(`${name}-${part}`, { role: role.name, policyArn }, { parent });
}

function awsPolicy({ settings }: Context, policy: string): pulumi.Output<string> {
  return pulumi.interpolate`arn:${settings.partition}:iam::aws:policy/${policy}`;
}

/** Known by its name once the role in it has its rights. */
function createProfile(
  { name, settings, parent }: Context,
  part: string,
  role: Role,
  rights: RolePolicyAttachment[],
): InstanceProfile {
  return new InstanceProfile(
    `${name}-${part}`,
    { name: role.name, path: settings.path, role: role.name },
    { parent, dependsOn: rights },
  );
}
