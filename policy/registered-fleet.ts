import type { ReportViolation, ResourceValidation, ResourceValidationArgs } from "@pulumi/policy";
import { WAIVABLE_RULES, type Waiver, waiverInForce, waiverThatEnded } from "../fleet/waivers";
import { listed } from "../fleet/words";
import { clock } from "./clock";
import { lengthAt, type Read, readAt, UNKNOWN } from "./values";

/** Type token of the component whose inputs are the facts of a whole environment. */
export const FLEET_TYPE = "cluster-fleet:index:Fleet";

/** More clusters than this are counted in a message instead of named. */
const MOST_NAMED = 10;

/** An environment's fleet as its component states it, before the first of its children is registered. */
export interface RegisteredFleet {
  /** The clusters that the rule judges: those without a waiver of the rule that is in force. */
  readonly clusters: readonly FleetCluster[];
  /** The moment of the judgement. */
  readonly now: Date;
  /** The value at a path of field names as plain data; `undefined` where nothing (or null) is stated. */
  read(...path: string[]): Read;
}

/** One cluster of a fleet. */
export interface FleetCluster {
  /** Its name; its place in the list where the name is not known. */
  readonly name: string;
  /** A waiver of the rule that held until some day before this one. */
  readonly endedWaiver?: Waiver;
  /** As {@link RegisteredFleet.read}, from the cluster's own fields. */
  read(...path: string[]): Read;
}

/**
 * Reports on a field of a cluster, named as in the stack file: `clusters.<name>.<field>: <text>`. Clusters with the
 * same text share one message.
 */
export type Find = (cluster: FleetCluster, field: string, text: string) => void;

/** Judges a fleet as a whole and reports every violation: with `find` where it is of a cluster, else with `report`. */
export type FleetCheck = (
  fleet: RegisteredFleet,
  find: Find,
  args: ResourceValidationArgs,
  report: ReportViolation,
) => void;

/**
 * A validation of the fleet's component. It judges in every preview before the first child, on facts that are plain;
 * should one be unknown all the same, the rule reports what it can and is advisory for the rest, as with
 * `validateObjects`. A rule that may be waived does not see the clusters whose waiver is in force, and a message on a
 * cluster whose waiver has ended says so.
 */
export function validateFleet(rule: string, check: FleetCheck): ResourceValidation {
  const validate: ResourceValidation = (args, report) => {
    if (args.type !== FLEET_TYPE) {
      return args.notApplicable(`The policy does not judge resources of type ${args.type}`);
    }
    const unknowns: Error[] = [];
    const now = clock.now();
    const found = new Map<string, string[]>();
    const find: Find = ({ name, endedWaiver }, field, text) => {
      const whole = endedWaiver === undefined ? text : `${text} The waiver ended on ${endedWaiver.until}.`;
      const paths = found.get(whole) ?? [];
      paths.push(`clusters.${name}.${field}`);
      found.set(whole, paths);
    };
    const clusters = fleetClusters(args.props, unknowns).flatMap((cluster) => unlessWaived(cluster, rule, now));
    check({ clusters, now, read: (...path) => readAt(args.props, path, unknowns) }, find, args, report);
    for (const [text, paths] of found) {
      report(`${listed(paths, MOST_NAMED)}: ${text}`);
    }
    if (unknowns[0] !== undefined) {
      throw unknowns[0];
    }
  };
  // The server of a pack compares this with the type of a resource before it reads the properties for the rule.
  return Object.assign(validate, { __pulumiType: FLEET_TYPE });
}

/** The waivers of a cluster that are stated in full; what is none of them lifts no rule. */
export function waiversOf(cluster: FleetCluster): readonly Waiver[] | typeof UNKNOWN {
  const waivers = cluster.read("waivers");
  if (waivers === UNKNOWN) {
    return UNKNOWN;
  }
  return Array.isArray(waivers) ? waivers.filter(isWaiver) : [];
}

function fleetClusters(props: unknown, unknowns: Error[]): FleetCluster[] {
  return Array.from({ length: lengthAt(props, ["clusters"], unknowns) }, (_, place) => {
    const read = (...path: string[]) => readAt(props, ["clusters", String(place), ...path], unknowns);
    const name = read("name");
    return { name: typeof name === "string" ? name : String(place), read };
  });
}

/** None where a waiver lifts the rule, or where only the update will know. */
function unlessWaived(cluster: FleetCluster, rule: string, now: Date): FleetCluster[] {
  if (!WAIVABLE_RULES.includes(rule)) {
    return [cluster];
  }
  const waivers = waiversOf(cluster);
  if (waivers === UNKNOWN || waiverInForce(waivers, rule, now) !== undefined) {
    return [];
  }
  return [{ ...cluster, endedWaiver: waiverThatEnded(waivers, rule, now) }];
}

function isWaiver(value: unknown): value is Waiver {
  const { rule, until, reason } = (value ?? {}) as Partial<Record<keyof Waiver, unknown>>;
  return [rule, until, reason].every((field) => typeof field === "string");
}
