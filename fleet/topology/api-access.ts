import { type Json } from "../content-hash";

/** From where the API of a cluster is reached: from the internet, by the management cluster alone, or from inside alone. */
export type ApiAccess = "public" | "private";

/** A topology variable with its value. */
export interface TopologyVariable {
  readonly name: string;
  readonly value: Json;
}

/** Names of the variables that {@link apiVariable} makes. */
export const API_VARIABLES: readonly string[] = ["api", "endpoint"];

/**
 * The variable of a cluster's class that says who reaches its API. The private endpoint is always there.
 * @param ranges Of the management cluster: its NAT addresses, or its network where access is private.
 */
export function apiVariable(family: string, access: ApiAccess, ranges: readonly string[]): TopologyVariable {
  const isPublic = access === "public";
  return family === "aws-eks"
    ? {
        name: "endpoint",
        value: {
          access: { public: isPublic, private: true, ...(isPublic ? { publicCIDRs: ranges } : {}) },
          // EKS' own security group lets in itself alone.
          inside: isPublic ? [] : ranges,
        },
      }
    : { name: "api", value: { scheme: isPublic ? "internet-facing" : "internal", ranges } };
}
