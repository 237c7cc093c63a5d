import { nearest } from "../../fleet/suggest";
import { clusterFacts } from "../cluster-facts";
import { CliError, UsageError } from "../errors";
import { type FleetMember } from "./look";

/** Which clusters are asked for; a criterion that is absent lets all through. */
export interface Selection {
  readonly stage?: string;
  readonly class?: string;
  readonly region?: string;
  readonly notReady: boolean;
}

const CRITERIA = ["stage", "class", "region"] as const;

export function selection(values: Readonly<Record<string, string | boolean | undefined>>): Selection {
  const texts = CRITERIA.flatMap((name) => (typeof values[name] === "string" ? [[name, values[name]]] : []));
  return { ...(Object.fromEntries(texts) as Pick<Selection, "stage">), notReady: values["not-ready"] === true };
}

/** Whether any criterion narrows the fleet down. */
export function isNarrowed(wanted: Selection): boolean {
  return wanted.notReady || CRITERIA.some((name) => wanted[name] !== undefined);
}

/** @throws CliError where no cluster has the stage, class or region that is asked for, with those that there are. */
export function select(members: readonly FleetMember[], wanted: Selection): readonly FleetMember[] {
  const now = new Date();
  const facts = members.map((member) => ({ member, facts: clusterFacts(member.cluster, { now }) }));
  const valueOf = { stage: "stage", class: "family", region: "region" } as const;
  for (const name of CRITERIA) {
    const value = wanted[name];
    const known = [...new Set(facts.flatMap(({ facts }) => facts[valueOf[name]] ?? []))].sort();
    if (value !== undefined && !known.includes(value)) throw new CliError(nobody(name, value, known));
  }
  return facts
    .filter(({ facts }) =>
      CRITERIA.every((name) => wanted[name] === undefined || facts[valueOf[name]] === wanted[name]),
    )
    .filter(({ member }) => !wanted.notReady || !isReady(member))
    .map(({ member }) => member);
}

export function isReady({ cluster }: FleetMember): boolean {
  return cluster.available && cluster.settled;
}

/** Seconds between two looks. @throws UsageError */
export function intervalOf(text: string): number {
  const seconds = Number(text);
  if (!(seconds >= 1 && seconds <= 3600)) {
    throw new UsageError(`--watch takes 1 to 3600 seconds (got ${text}). Write --watch 5.`);
  }
  return seconds;
}

function nobody(name: string, value: string, known: readonly string[]): string {
  if (known.length === 0) return `No cluster has a ${name} (asked for ${value}). Leave --${name} out.`;
  const meant = nearest(value, known);
  const hint = meant === undefined ? `There are: ${known.join(", ")}.` : `Did you mean ${meant}?`;
  return `No cluster has the ${name} ${value}. ${hint}`;
}
