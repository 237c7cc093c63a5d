import { chartProblems } from "../../charts/overrides";
import { ownerProblems } from "../../management/cluster-api-owner";
import { installerOf } from "../../management/cluster-api-settings";
import { rancherSettings } from "../../management/rancher-settings";
import { rancherProblems } from "../../rancher/settings-rules";
import { nearest } from "../../suggest";
import { type Path } from "../path";
import { type Problem } from "../problems";
import { type RuleId } from "../rules";
import { type EksManagementConfig } from "../schema/management";
import { duplicates } from "./fleet";

/** Other accounts: their roles are theirs, and environments that exist use them. */
export function accountProblems(management: EksManagementConfig, own: string | undefined): Problem[] {
  const environments = [...Object.keys(management.environments), ...(own === undefined ? [] : [own])];
  return Object.entries(management.clusterApi.accounts).flatMap(([account, { role, namespaces }]) => {
    const path = ["management", "clusterApi", "accounts", account];
    const owner = role.split(":")[4];
    const list = [...path, "namespaces"];
    return [
      ...(owner === account ? [] : [foreignRole([...path, "role"], role, account)]),
      ...namespaces.flatMap((name, index) =>
        environments.includes(name) ? [] : [strangeNamespace([...list, index], name, environments)],
      ),
      ...duplicates(list, namespaces),
    ];
  });
}

function foreignRole(path: Path, role: string, account: string): Problem {
  return {
    rule: "account-role",
    path,
    what: `is a role of another account than ${account}`,
    got: role,
    remedy: "Name the role in that account, or correct the account",
  };
}

function strangeNamespace(path: Path, name: string, environments: readonly string[]): Problem {
  const meant = nearest(name, environments);
  return {
    rule: "account-namespace",
    path,
    what: "is no environment of this management cluster",
    got: name,
    remedy: meant === undefined ? `Add ${name} to management.environments, or remove it` : `Did you mean ${meant}`,
  };
}

/** Rancher or the operator: Cluster API has one owner. */
export function ownerOfClusterApi(management: EksManagementConfig): Problem[] {
  return ofPart(
    "cluster-api-owner",
    ownerProblems({ rancher: management.rancher !== false, installer: installerOf(management) }),
  );
}

export function rancherAsAWhole(management: EksManagementConfig): Problem[] {
  const settings = rancherSettings(management);
  return settings === undefined ? [] : ofPart("rancher", rancherProblems(settings));
}

export function givenCharts({ charts, rancher }: EksManagementConfig): Problem[] {
  const version = charts["rancher"]?.version;
  const twice =
    rancher !== false && version !== undefined
      ? [
          {
            path: ["charts", "rancher", "version"],
            what: "is said by rancher.version already, which the upgrade rules look at",
            got: version,
            remedy: "Remove it",
          },
        ]
      : [];
  return ofPart("chart", [...chartProblems(charts), ...twice]);
}

/** The problems of a part of the management cluster, whose paths begin below it. */
function ofPart(rule: RuleId, problems: readonly Omit<Problem, "rule">[]): Problem[] {
  return problems.map((problem) => ({ ...problem, rule, path: ["management", ...problem.path] }));
}
