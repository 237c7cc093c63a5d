import { stringAt } from "../grpc/json";
import { type Change } from "./rules";

const ROLE = "aws:iam/role:Role";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

/**
 * Source: IAM API reference, DeleteRole. The official provider takes a role out of its instance profiles itself; here a
 * profile in the way is an error too, for it shows a wrong order.
 */
export function roleIsFree({ account, id }: Change): string | undefined {
  const uses = (type: string) => account.all(type).some(({ properties }) => properties["role"] === id);
  if (uses(ATTACHMENT)) return "DeleteConflict: Cannot delete entity, must detach all policies first.";
  if (uses("aws:iam/rolePolicy:RolePolicy")) return "DeleteConflict: Cannot delete entity, must delete policies first.";
  return uses("aws:iam/instanceProfile:InstanceProfile")
    ? "DeleteConflict: Cannot delete entity, must remove roles from instance profile first."
    : undefined;
}

/** Source: IAM API reference, DeletePolicy. */
export function policyIsFree({ account, id }: Change): string | undefined {
  return account.all(ATTACHMENT).some(({ properties }) => properties["policyArn"] === id)
    ? "DeleteConflict: Cannot delete a policy attached to entities."
    : undefined;
}

/** Source: IAM API reference, AttachRolePolicy, PutRolePolicy, AddRoleToInstanceProfile. */
export function roleExists({ account, after }: Change): string | undefined {
  const role = stringAt(after, "role");
  return role === "" || account.find(ROLE, role) !== undefined
    ? undefined
    : `NoSuchEntity: The role with name ${role} cannot be found.`;
}
