import { type z } from "zod";

import { clusterLabels } from "../cluster-labels";
import { stagesOf } from "../stages";
import { awsClusterProblems } from "./checks/aws-clusters";
import { baselineProblems } from "./checks/baseline";
import { clusterProblems } from "./checks/cluster";
import { type ClusterDraft } from "./checks/draft";
import { type FleetDraft, fleetProblems } from "./checks/fleet";
import { managementProblems } from "./checks/management";
import { type NetworkDraft, networkProblems } from "./checks/network";
import { rolloutProblems } from "./checks/rollout";
import { rolloutDraft } from "./checks/rollout-draft";
import { stageMembership, stageProblems, stageSizes } from "./checks/stages";
import { type ClusterConfig, type FleetConfig, type RawConfig } from "./config";
import { effectiveCluster } from "./effective";
import { unknownKey } from "./issues";
import { levelsOf } from "./levels";
import { type Part, parsePart } from "./part";
import { isMap, isWithin, type Path } from "./path";
import { FleetConfigError, type Problem } from "./problems";
import { type ClusterValues } from "./schema/cluster";
import { STACK_KEYS, type StackKey } from "./schema/stack";
import { stage } from "./schema/upgrades";
import { sortedEntries } from "../sorted";

/**
 * Checks a stack's configuration and merges base, overlay and cluster.
 * @param secretKeys Keys whose values the engine holds as secrets: refused, for a fleet's facts are seen by everybody.
 * @throws FleetConfigError with every problem found, never only the first.
 */
export function parseConfig(raw: RawConfig, secretKeys: readonly string[] = []): FleetConfig {
  const { parts, drafts, problems } = judge(raw, secretKeys);
  if (problems.length > 0) {
    throw new FleetConfigError(problems);
  }
  // Nothing is missing where there are no problems.
  const {
    environment,
    management,
    classes,
    network,
    addOns,
    cost,
    groups,
    upgrades,
    preview,
    peers,
    versions,
    decommission,
  } = parts as Required<typeof parts>;
  const clusters = drafts.map(({ name, values }) => {
    const labels = clusterLabels({ environment, ...values, stage: undefined });
    const [stage] = stagesOf({ stage: values.stage, labels }, upgrades.stages, groups);
    return [name, complete(values, stage)] as const;
  });
  return {
    environment,
    management,
    classes,
    clusters: Object.fromEntries(clusters),
    network,
    addOns,
    cost,
    groups,
    upgrades,
    preview,
    peers,
    versions,
    decommission,
  };
}

/** A cluster in which the checks found nothing missing. */
function complete(values: ClusterValues, stage: string | undefined): ClusterConfig {
  const { via, region = "", workers, labels, annotations, paused, adopt, waivers, ...rest } = values;
  const always = {
    via: via ?? "cluster-api",
    region,
    workers: workers ?? {},
    labels: labels ?? {},
    annotations: annotations ?? {},
    paused: paused ?? false,
    adopt: adopt ?? false,
    waivers: waivers ?? {},
  };
  return { ...rest, ...always, stage } as ClusterConfig;
}

/** The drafts of a stack's clusters and all that is wrong with it; for those who want to look in spite of mistakes. */
export function judge(raw: RawConfig, secretKeys: readonly string[] = []) {
  const parsed = parseKeys(raw, secretKeys);
  const { parts, broken } = parsed;
  const drafts = clusterDrafts(parts, broken);
  const fleet: FleetDraft = {
    environment: parts.environment,
    clusters: drafts,
    clusterNames: isMap(raw["clusters"]) ? Object.keys(raw["clusters"]) : [],
    groups: parts.groups ?? {},
    peers: parts.peers ?? [],
    decommission: parts.decommission ?? [],
  };
  const network: NetworkDraft | undefined = parts.network && {
    network: parts.network,
    clusters: drafts,
    management: parts.management,
    isBroken: (path) => touches(broken, ["network", ...path]),
  };
  const sound = (...keys: StackKey[]) => !broken.some(([key]) => keys.some((each) => each === key));
  const stages =
    sound("clusters", "base", "overlay", "groups") && !broken.some(isOfMembership) ? parts.upgrades?.stages : undefined;
  const membership = stageMembership(fleet, stages ?? []);
  const rollout = rolloutDraft(parts.upgrades && raw["upgrades"], {
    clusterNames: fleet.clusterNames,
    sizes: stageSizes(stages ?? [], membership),
  });
  const problems = [
    ...parsed.problems,
    ...managementProblems(parts.management, (path) => touches(broken, ["management", ...path]), parts.environment),
    ...drafts.flatMap(clusterProblems),
    ...(parts.classes === undefined ? [] : awsProblems(drafts, parts.classes)),
    ...(network === undefined ? [] : networkProblems(network)),
    ...baselineProblems(drafts, parts.addOns ?? {}),
    // What a selector matches can be told only where all that it looks at is right.
    ...(sound("clusters", "base", "overlay", "groups")
      ? fleetProblems(fleet)
      : fleetProblems({ ...fleet, groups: {} })),
    ...(stages === undefined ? [] : stageProblems(fleet, stages, membership)),
    ...rolloutProblems(rollout),
  ];
  return { parts, drafts, network, problems: unique(problems) };
}

/** Whether a mistake at a path keeps one from telling which clusters the stages take. */
function isOfMembership([key, list = "stages", , member = "name"]: Path): boolean {
  return key === "upgrades" && list === "stages" && !STAGE_SETTINGS.includes(String(member));
}

const STAGE_SETTINGS = Object.keys(stage.shape).filter((key) => !["name", "group", "selector"].includes(key));

function awsProblems(drafts: readonly ClusterDraft[], classes: FleetConfig["classes"]): Problem[] {
  return drafts.flatMap((draft) => awsClusterProblems(draft, classes));
}

type Parts = { [K in StackKey]?: z.output<(typeof STACK_KEYS)[K]> };

function parseKeys(raw: RawConfig, secretKeys: readonly string[]) {
  const keys = Object.keys(STACK_KEYS) as StackKey[];
  const results = keys.map((key) => {
    const value = raw[key];
    return [key, secretKeys.includes(key) ? secret(key) : parsePart(STACK_KEYS[key], value, [key])] as const;
  });
  const unknown = Object.keys(raw)
    .filter((key) => raw[key] !== undefined && !keys.some((known) => known === key))
    .map((key) => unknownKey([key], key, keys));
  return {
    parts: Object.fromEntries(results.map(([key, { value }]) => [key, value])) as Parts,
    problems: [...unknown, ...results.flatMap(([, { problems }]) => problems)],
    broken: results.flatMap(([, { broken }]) => broken),
  };
}

function secret(key: StackKey): Part<never> {
  const problem: Problem = {
    rule: "secret-value",
    path: [key],
    what: "holds a secret, but a fleet's facts stand in previews, outputs and the state for all to read",
    remedy: "Take the secret out of it, and name where it is kept instead",
  };
  return { value: undefined, problems: [problem], broken: [[key]] };
}

function clusterDrafts({ base, overlay, clusters }: Parts, broken: readonly Path[]): ClusterDraft[] {
  return sortedEntries(clusters ?? {}).map(([name, own]) => {
    const levels = levelsOf(name, base, overlay, own);
    const isBroken = (path: Path) => levels.some((level) => touches(broken, [...level.path, ...path]));
    return { name, isBroken, ...effectiveCluster(levels) };
  });
}

/** Whether a value, or a part of it, was left out because it is wrong. */
function touches(broken: readonly Path[], path: Path): boolean {
  return broken.some((at) => isWithin(path, at) || isWithin(at, path));
}

/** A mistake in the base is one mistake, however many clusters it concerns. */
function unique(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ rule, path }) => {
    const key = JSON.stringify([rule, path]);
    const fresh = !seen.has(key);
    seen.add(key);
    return fresh;
  });
}
