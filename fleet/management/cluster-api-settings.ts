import { controllerFlags } from "../cluster-api/controller-flags";
import { ClusterApiInstaller } from "../cluster-api/installer";
import { type EksManagementConfig } from "../config/schema/management";
import { CAAPH, CAPA, CLUSTER_API, clusterApiOfRancher } from "../versions";
import { SIZES } from "./sizes";
import { sortedEntries } from "../sorted";

/** Cluster API as it is to be on a management cluster of kind eks: every default set, every list sorted. */
export interface ClusterApiSettings {
  installer: ClusterApiInstaller;
  /** Of core Cluster API, with a v; with `turtles` Rancher chooses it. */
  coreVersion: string;
  /** Of Cluster API's AWS provider, with a v. */
  capaVersion: string;
  /** Of the add-on provider for Helm, with a v; absent: it is not installed. */
  caaphVersion?: string;
  iamPath: string;
  permissionsBoundaryArn?: string;
  /** Sorted by account. */
  accounts: AccountSettings[];
  /** Without dashes, by provider. */
  controllerFlags: Record<string, Record<string, string>>;
}

/** Another AWS account that clusters are made in. */
export interface AccountSettings {
  accountId: string;
  roleArn: string;
  /** Environments that may put clusters there; sorted. */
  namespaces: string[];
  externalId?: string;
}

export function clusterApiSettings(config: EksManagementConfig): ClusterApiSettings {
  const { capa, caaph, iam, accounts } = config.clusterApi;
  const ofRancher = config.rancher === false ? undefined : clusterApiOfRancher(config.rancher.version);
  return {
    installer: installerOf(config),
    coreVersion: withV(ofRancher ?? CLUSTER_API),
    capaVersion: capa ?? withV(CAPA),
    ...(caaph ? { caaphVersion: withV(CAAPH) } : {}),
    iamPath: iam.path,
    ...(iam.permissionsBoundary === undefined ? {} : { permissionsBoundaryArn: iam.permissionsBoundary }),
    accounts: sortedEntries(accounts).map(([accountId, { role, namespaces, externalId }]) => ({
      accountId,
      roleArn: role,
      namespaces: [...namespaces].sort(),
      ...(externalId === undefined ? {} : { externalId }),
    })),
    controllerFlags: { ...controllerFlags(SIZES[config.size]) },
  };
}

/** Rancher brings an installer of its own and takes no other. */
export function installerOf({ clusterApi, rancher }: EksManagementConfig): ClusterApiInstaller {
  return clusterApi.installer ?? (rancher === false ? ClusterApiInstaller.Operator : ClusterApiInstaller.Turtles);
}

function withV(version: string): string {
  return `v${version.replace(/^v/, "")}`;
}
