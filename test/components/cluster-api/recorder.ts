import { recordRegistrations, type Registration } from "../recorder";

/** Like the recorder of all component tests, with the ARNs that AWS gives to roles and policies. */
export function recordAws(): Registration[] {
  return recordRegistrations((type, { path, name }) => {
    const kind = { "aws:iam/role:Role": "role", "aws:iam/policy:Policy": "policy" }[type];
    return kind === undefined ? {} : { arn: `arn:aws:iam::111122223333:${kind}${String(path ?? "/")}${String(name)}` };
  });
}
