import { FleetConfigError, type Problem } from "../config/problems";
import { type EksManagementConfig } from "../config/schema/management";
import { rancherUpgradeProblems } from "../rancher/upgrade-rules";
import { minorsBetween } from "../versions";

/** A management cluster as it runs. */
export interface RunningManagement {
  /** Minor of Kubernetes, as AWS tells it; absent before the cluster is built. */
  readonly kubernetes?: string;
  /** What the last run that finished declared; absent where there is no Rancher. */
  readonly rancher?: string;
  readonly rancherHostname?: string;
}

/**
 * What forbids to go from what runs to what is declared. Asked before the first resource: EKS and Rancher's chart refuse
 * half of it only after the run has begun, and neither goes back.
 * @throws FleetConfigError with everything that forbids it.
 */
export function requireAllowedUpgrade(config: EksManagementConfig, running: RunningManagement): void {
  const problems = [...kubernetesProblems(config, running), ...rancherProblems(config, running)];
  if (problems.length > 0) {
    throw new FleetConfigError(problems, "The management cluster cannot go there from where it is");
  }
}

/** Source: EKS user guide, "Update existing cluster to new Kubernetes version": one minor at a time, no way back. */
function kubernetesProblems({ version }: EksManagementConfig, { kubernetes }: RunningManagement): Problem[] {
  const minors = kubernetes === undefined ? 0 : minorsBetween(kubernetes, version);
  if (minors === 0 || minors === 1) {
    return [];
  }
  const what =
    minors < 0
      ? `is older than what runs, v${kubernetes}`
      : `skips ${minors - 1} minor(s) after what runs, v${kubernetes}`;
  const remedy =
    minors < 0 ? `Keep v${kubernetes}: EKS does not go back` : "Go up one minor at a time, each in a run of its own";
  return [{ rule: "live-upgrade", path: ["management", "version"], what, got: version, remedy }];
}

function rancherProblems({ rancher, version }: EksManagementConfig, running: RunningManagement): Problem[] {
  if (rancher === false) {
    return [];
  }
  const change = {
    target: rancher.version,
    hostname: rancher.hostname,
    targetKubernetes: version,
    ...(running.rancher === undefined ? {} : { current: running.rancher }),
    ...(running.rancherHostname === undefined ? {} : { currentHostname: running.rancherHostname }),
    ...(running.kubernetes === undefined ? {} : { managementKubernetes: running.kubernetes }),
  };
  return rancherUpgradeProblems(change).map(({ path, ...rest }) => ({
    rule: "live-upgrade",
    path: ["management", ...path],
    ...rest,
  }));
}
