import { FLEET_TYPE } from "../../policy/registered-fleet";
import { clock } from "../../policy/clock";
import type { ResourceValidationPolicy } from "@pulumi/policy";
import { type Fields, judge, type Verdict } from "./helpers";

/** Noon of the day on which the fleets under test are judged. */
export const TODAY = "2026-11-23";
export const CLUSTER_API = "1.13.4";

/** Stands for the whole calendar of the years around {@link TODAY}, so that newer data changes no test. */
const VERSIONS = {
  kubernetes: {
    "1.33": { released: "2025-04-23", standardEnds: "2026-06-28", newestPatch: "v1.33.13" },
    "1.34": { released: "2025-08-27", standardEnds: "2026-10-27", newestPatch: "v1.34.9" },
    "1.35": { released: "2025-12-17", standardEnds: "2027-02-28", newestPatch: "v1.35.9" },
    "1.36": { released: "2026-04-22", standardEnds: "2027-06-28", newestPatch: "v1.36.4" },
    "1.37": { released: "2026-08-26", standardEnds: "2027-10-28", newestPatch: "v1.37.2" },
  },
  eks: {
    "1.33": { released: "2025-05-29", standardEnds: "2026-07-29", extendedEnds: "2027-07-29" },
    "1.34": { released: "2025-10-02", standardEnds: "2026-12-02", extendedEnds: "2027-12-02" },
    "1.35": { released: "2026-01-28", standardEnds: "2027-03-27", extendedEnds: "2028-03-27" },
    "1.36": { released: "2026-06-02", standardEnds: "2027-08-02", extendedEnds: "2028-08-02" },
  },
};

/** A cluster of a fleet that breaks no rule. */
export function fleetCluster(name: string, fields: Fields = {}): Fields {
  return { name, region: "us-west-2", family: "aws-kubeadm", version: "v1.35.9", workers: [], ...fields };
}

/** The facts of a production fleet. @param more Further facts; they win. */
export function fleet(clusters: unknown, more: Fields = {}): Fields {
  return {
    environment: "production",
    namespace: "production",
    management: { managementName: "test", kubeconfigPath: "kubeconfig" },
    classes: [],
    clusters,
    versionOverrides: VERSIONS,
    ...more,
  };
}

/** A waiver that holds until some weeks after {@link TODAY}. */
export function waiver(rule: string, until = "2026-12-31"): Fields {
  return { rule, until, reason: "moves in the December window" };
}

/** Judges a fleet on {@link TODAY}. */
export function judgeFleet(policy: ResourceValidationPolicy, props: Fields, config: object = {}, day = TODAY): Verdict {
  const real = clock.now;
  clock.now = () => new Date(`${day}T12:00:00Z`);
  try {
    return judge(policy, FLEET_TYPE, props, config);
  } finally {
    clock.now = real;
  }
}
