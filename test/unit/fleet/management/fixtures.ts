import { type EksManagementConfig, management } from "../../../../fleet/config/schema/management";

/** A management cluster of which the stack file says what it must, and what a test is about. */
export function eksConfig(values: object = {}): EksManagementConfig {
  return management.parse({
    kind: "eks",
    name: "fleet",
    region: "us-west-2",
    version: "v1.35",
    access: { publicFrom: ["203.0.113.0/24"], admins: ["arn:aws:iam::111122223333:role/platform"] },
    ...values,
  }) as EksManagementConfig;
}
