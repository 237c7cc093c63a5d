import { environmentGroup } from "../environments/rights";
import { type EnvironmentSettings } from "./settings";

/** What somebody who signs in to AWS is on a management cluster. EKS knows one entry for each. */
export interface Access {
  /** ARN of an IAM role or user. */
  readonly principal: string;
  /** Has all rights on the cluster. */
  readonly isAdmin: boolean;
  /** Kubernetes groups, for the environments whose clusters it declares; sorted. */
  readonly groups: readonly string[];
}

/** Everybody who may enter, each once, sorted: an admin may declare clusters too, and a pipeline those of two environments. */
export function accessOf(admins: readonly string[], environments: readonly EnvironmentSettings[]): Access[] {
  const principals = new Set([...admins, ...environments.flatMap((environment) => environment.principals)]);
  return [...principals].sort().map((principal) => ({
    principal,
    isAdmin: admins.includes(principal),
    groups: environments
      .filter((environment) => environment.principals.includes(principal))
      .map(({ environment }) => environmentGroup(environment))
      .sort(),
  }));
}

/** `arn:aws:iam::111122223333:role/platform/break-glass` becomes `111122223333-role-break-glass`: IAM's names have no path. */
export function principalName(arn: string): string {
  const [, , , , account = "", resource = ""] = arn.split(":");
  const path = resource.split("/");
  return [account, path[0], path.at(-1)].join("-");
}
