import { Namespace } from "@pulumi/kubernetes/core/v1";
import { Role, RoleBinding } from "@pulumi/kubernetes/rbac/v1";
import * as pulumi from "@pulumi/pulumi";

import { environmentNamespace } from "../../fleet/environments/namespace";
import { ENVIRONMENT_RULES, environmentGroup, type RoleRule } from "../../fleet/environments/rights";
import { ENVIRONMENT, FIELD_MANAGER, MANAGED_BY, MANAGER } from "../../fleet/labels";
import { typeToken } from "../type-token";

export interface EnvironmentAccessArgs {
  /** Environments that may declare clusters here, e.g. `production`; plain. Each name is also a namespace. */
  environments: string[];
}

/**
 * A place for each environment on the management cluster: a namespace, and in it the rights that the environment's
 * stack needs, for the group `cluster-fleet:<environment>`. An environment can neither see nor touch another one.
 *
 * Removing an environment deletes its namespace and with it every cluster in it; so protect the component.
 *
 * @example
 * new EnvironmentAccess("fleet-environments", { environments: ["production", "staging"] }, { providers: { kubernetes } });
 */
export class EnvironmentAccess extends pulumi.ComponentResource {
  /** Names of the namespaces. */
  readonly namespaces: pulumi.Output<string[]>;

  constructor(name: string, args: EnvironmentAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super(typeToken("EnvironmentAccess"), name, args, opts);

    const namespaces = args.environments.map((environment) => this.admit(name, environment));

    this.namespaces = pulumi.all(namespaces.map(({ metadata }) => metadata.name));
    this.registerOutputs({ namespaces: this.namespaces });
  }

  private admit(name: string, environment: string): Namespace {
    const about = {
      labels: { [MANAGED_BY]: MANAGER, [ENVIRONMENT]: environment },
      annotations: { [FIELD_MANAGER]: MANAGER },
    };
    const namespace = new Namespace(
      `${name}-${environment}`,
      { metadata: { name: environment, ...environmentNamespace(environment) } },
      { parent: this },
    );
    const metadata = { name: MANAGER, namespace: namespace.metadata.name, ...about };
    const role = new Role(
      `${name}-${environment}-role`,
      { metadata, rules: ENVIRONMENT_RULES.map(mutable) },
      { parent: this },
    );
    new RoleBinding(
      `${name}-${environment}-binding`,
      {
        metadata,
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: role.metadata.name },
        subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: environmentGroup(environment) }],
      },
      { parent: this },
    );
    return namespace;
  }
}

/** The SDK's types know no read-only lists. */
function mutable({ apiGroups, resources, verbs }: RoleRule) {
  return { apiGroups: [...apiGroups], resources: [...resources], verbs: [...verbs] };
}
