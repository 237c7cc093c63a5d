import { recordRegistrations, type Registration } from "../recorder";

/** What the providers make. */
export const PASSWORD = "the-password-that-nobody-sees";
export const LOAD_BALANCER = "fleet-0123456789abcdef.elb.us-west-2.amazonaws.com";

/** Like the recorder of all component tests, with a password, a released chart and a load balancer's name. */
export function recordRancher(): Registration[] {
  return recordRegistrations(answers);
}

function answers(type: string, inputs: Readonly<Record<string, unknown>>): object {
  switch (type) {
    case "random:index/randomPassword:RandomPassword":
      return { result: PASSWORD };
    case "kubernetes:helm.sh/v3:Release":
      return { status: { name: inputs["name"], namespace: inputs["namespace"] } };
    case "kubernetes:core/v1:Service":
      return { status: { loadBalancer: { ingress: [{ hostname: LOAD_BALANCER }] } } };
    default:
      return {};
  }
}
