import { PodIdentityAssociation } from "@pulumi/aws/eks";
import { RolePolicy } from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";

import { memberAccountsPolicy } from "../../fleet/aws/capa-iam/accounts";
import { capaNames } from "../../fleet/aws/capa-iam/place";
import { trustedPods } from "../../fleet/aws/policy-document";
import { ClusterApiInstaller } from "../../fleet/cluster-api/installer";
import { CAPA_SERVICE_ACCOUNT, PROVIDERS } from "../../fleet/cluster-api/providers";
import { type ChartArgs } from "../charts";
import { typeToken } from "../type-token";
import { type CapaIam, createCapaIam } from "./capa-iam";
import { createAccountIdentities } from "./account-identities";
import { installWithOperator } from "./operator-installer";
import { type ClusterApiSettings, settingsOf } from "./settings";
import { installWithTurtles } from "./turtles-installer";

/** Another AWS account in which clusters may be made; see {@link MemberAccount} for what it needs. */
export interface AccountIdentityArgs {
  /** Twelve digits; plain. Clusters name the identity `account-<accountId>`. */
  accountId: string;
  /** Role in that account that the controllers take; plain. */
  roleArn: string;
  /** Namespaces whose clusters may use it, at least one; plain. */
  namespaces: string[];
  /** What the role's trust asks for as well; plain, and no secret. Default: nothing. */
  externalId?: string;
}

export interface ClusterApiArgs {
  /** Identity of the management cluster, a DNS label of at most 32 characters; plain. Another name is other roles. */
  managementName: string;
  /** Name of the EKS cluster; pass the cluster's output. */
  clusterName: pulumi.Input<string>;
  /** AWS account of the management cluster, twelve digits. */
  accountId: pulumi.Input<string>;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  partition: pulumi.Input<string>;
  /**
   * Who installs Cluster API; plain. `turtles` needs Rancher, `operator` must not stand beside it. Never change it on a
   * management cluster that has clusters: they would lose their controllers.
   */
  installer: ClusterApiInstaller;
  /**
   * Version of Cluster API's core, with a v; plain. At most three minors up at a time, never down. With `turtles` the
   * core is Rancher's, and this only the default of `kubeadmVersion`.
   */
  coreVersion: string;
  /** Version of the AWS provider (CAPA), with a v; plain. Never down. */
  capaVersion: string;
  /** Version of the add-on provider Helm (CAAPH), with a v; plain. Absent: it is not installed. */
  caaphVersion?: string;
  /** Version of the kubeadm providers, with a v; plain. Default: `coreVersion`. */
  kubeadmVersion?: string;
  /** Feature gates, laid over ClusterTopology, MachinePool (on) and RuntimeSDK (off); plain. */
  featureGates?: Record<string, boolean>;
  /**
   * Flags of controllers, without dashes, by provider: `core`, `bootstrap`, `controlPlane`, `infrastructure`, `addon`;
   * plain. Default: the controllers' own.
   */
  controllerFlags?: Record<string, Record<string, string>>;
  /** Path of all roles, policies and instance profiles; plain. Default: `/`. A change makes them anew. */
  iamPath?: string;
  /** Policy that bounds what each of our roles may do at most. Default: none. */
  permissionsBoundaryArn?: pulumi.Input<string>;
  /** Other accounts in which clusters may be made; plain. Default: none. */
  accounts?: AccountIdentityArgs[];
  /** Charts by name, with `operator`: `cluster-api-operator`, and `cert-manager` where it is installed; plain. */
  charts: Record<string, ChartArgs>;
  /** Install cert-manager, with `operator`; plain. Default: true; false where it is there already. */
  needsCertManager?: boolean;
  /** Version of Rancher, with `turtles`; plain. Another one waits for Turtles again. */
  rancherVersion?: string;
  /** Image with `kubectl` 1.31 or later, which waits for Turtles; plain. Needed with `turtles`. */
  waitImage?: string;
  /** The engine refuses to delete providers and identities while this holds; plain. Default: true. */
  protectProviders?: boolean;
}

/**
 * Cluster API on a management cluster on EKS, with its AWS provider (CAPA): the installer, the providers and their
 * identities in AWS, without one key: the controllers get theirs from EKS Pod Identity.
 *
 * Do not use it for a management cluster that is not on EKS, nor beside a Cluster API that `clusterctl` has installed.
 * It costs nothing beyond the nodes it runs on. Providers outlive clusters: a cluster whose provider is gone can never be
 * deleted. Throws where args contradict each other, all contradictions at once.
 *
 * @example
 * new ClusterApi("fleet-cluster-api", {
 *   managementName: "fleet", clusterName: management.clusterName, accountId: "111122223333", partition: "aws",
 *   installer: ClusterApiInstaller.Operator, coreVersion: "v1.13.4", capaVersion: "v2.13.0", charts,
 * }, { providers: { kubernetes, aws } });
 */
export class ClusterApi extends pulumi.ComponentResource {
  /** Role of CAPA's controllers; other accounts trust it. */
  readonly controllersRoleArn: pulumi.Output<string>;
  /** Instance profile of worker machines: `iamInstanceProfile` of an AWSMachineTemplate. */
  readonly nodesInstanceProfile: pulumi.Output<string>;
  /** Instance profile of kubeadm control planes. */
  readonly controlPlaneInstanceProfile: pulumi.Output<string>;
  /** Role of EKS control planes; `roleName` of an AWSManagedControlPlane is the last part of it. */
  readonly eksControlPlaneRoleArn: pulumi.Output<string>;
  /** Who installed Cluster API: `turtles`, `operator` or `none`. */
  readonly installedBy: pulumi.Output<string>;

  constructor(name: string, args: ClusterApiArgs, opts?: pulumi.ComponentResourceOptions) {
    super(typeToken("ClusterApi"), name, args, opts);

    const settings = settingsOf(args);
    const iam = this.createIam(name, args, settings);
    const identity = this.identifyControllers(name, args, settings, iam);
    const providers = this.install(name, settings, identity);
    const identities = createAccountIdentities(name, settings, providers, this);

    terminal.set(this, [...iam.ofClusters, ...identity, ...providers, ...identities]);
    this.controllersRoleArn = iam.controllers.arn;
    this.nodesInstanceProfile = iam.nodesProfile.name;
    this.controlPlaneInstanceProfile = iam.controlPlaneProfile.name;
    this.eksControlPlaneRoleArn = iam.eksControlPlane.arn;
    this.installedBy = pulumi.output<string>(args.installer);
    this.registerOutputs({
      controllersRoleArn: this.controllersRoleArn,
      nodesInstanceProfile: this.nodesInstanceProfile,
      controlPlaneInstanceProfile: this.controlPlaneInstanceProfile,
      eksControlPlaneRoleArn: this.eksControlPlaneRoleArn,
      installedBy: this.installedBy,
    });
  }

  private createIam(name: string, args: ClusterApiArgs, settings: ClusterApiSettings): CapaIam {
    return createCapaIam(
      name,
      {
        managementName: args.managementName,
        partition: args.partition,
        accountId: args.accountId,
        path: settings.iamPath,
        permissionsBoundaryArn: args.permissionsBoundaryArn,
        controllersRoleName: capaNames(args.managementName).controllers,
        controllersTrust: pulumi.output(args.clusterName).apply((clusterName) =>
          trustedPods({
            clusterName,
            namespace: PROVIDERS.infrastructure.namespace,
            name: CAPA_SERVICE_ACCOUNT,
          }),
        ),
      },
      this,
    );
  }

  /** What has to be there before a pod of CAPA starts: EKS hands out the role to pods that start later alone. */
  private identifyControllers(
    name: string,
    { clusterName }: ClusterApiArgs,
    { accounts }: ClusterApiSettings,
    { controllers, controllersRights }: CapaIam,
  ): pulumi.Resource[] {
    const association = new PodIdentityAssociation(
      `${name}-controllers`,
      {
        clusterName,
        namespace: PROVIDERS.infrastructure.namespace,
        serviceAccount: CAPA_SERVICE_ACCOUNT,
        roleArn: controllers.arn,
      },
      { parent: this, dependsOn: [...controllersRights] },
    );
    if (accounts.length === 0) {
      return [association];
    }
    const roleArns = accounts.map(({ roleArn }) => roleArn);
    const members = new RolePolicy(
      `${name}-member-accounts`,
      { name: "member-accounts", role: controllers.name, policy: JSON.stringify(memberAccountsPolicy(roleArns)) },
      { parent: this },
    );
    return [association, members];
  }

  private install(name: string, settings: ClusterApiSettings, identity: pulumi.Resource[]): pulumi.Resource[] {
    switch (settings.installer) {
      case ClusterApiInstaller.Operator:
        return installWithOperator(name, settings, identity, this);
      case ClusterApiInstaller.Turtles:
        return installWithTurtles(name, settings, identity, this);
      case ClusterApiInstaller.None:
        return [];
    }
  }
}

/** Not a member, for every member of an exported component is an output of its schema. */
const terminal = new WeakMap<ClusterApi, readonly pulumi.Resource[]>();

/**
 * What to wait for before a cluster is declared, and what must not go before the last cluster has gone: the providers,
 * and the identities of the controllers, the machines and the other accounts.
 */
export function ready(clusterApi: ClusterApi): pulumi.Resource[] {
  return [...(terminal.get(clusterApi) ?? [])];
}
