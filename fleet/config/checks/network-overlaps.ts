import { overlap, type Range, size } from "../../network/ranges";
import { type Problem } from "../problems";
import { AUTHORITIES, type Claim } from "./network-claims";

/**
 * Ranges that two want, each reported with both names at the one that has to give way.
 * @param concerns Pairs to look at. Default: all that must not share addresses.
 */
export function overlapProblems(
  claims: readonly Claim[],
  concerns: (one: Claim, other: Claim) => boolean = () => true,
): Problem[] {
  const pairs = overlaps(claims)
    .filter(([one, other]) => mustDiffer(one, other) && concerns(one, other))
    .map(([one, other]) => (rank(one) >= rank(other) ? ([one, other] as const) : ([other, one] as const)));
  const places = new Map<string, (readonly [Claim, Claim])[]>();
  for (const pair of pairs) {
    places.set(pair[0].place, [...(places.get(pair[0].place) ?? []), pair]);
  }
  return [...places.values()].flatMap(overlapProblem);
}

/** All pairs of claims that share an address, each with the later claim first. */
function overlaps(claims: readonly Claim[]): [Claim, Claim][] {
  const order = new Map(claims.map((claim, index) => [claim, index]));
  const pairs: [Claim, Claim][] = [];
  let open: Claim[] = [];
  for (const claim of [...claims].sort((a, b) => a.parsed.first - b.parsed.first)) {
    open = open.filter((other) => end(other.parsed) > claim.parsed.first);
    for (const other of open.filter((each) => overlap(each.parsed, claim.parsed))) {
      pairs.push((order.get(claim) ?? 0) > (order.get(other) ?? 0) ? [claim, other] : [other, claim]);
    }
    open.push(claim);
  }
  return pairs.sort(([a], [b]) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
}

function end(range: Range): number {
  return range.first + size(range);
}

/**
 * A pool may hold what others have: slots with it are passed over. Blocks of one pool never meet but in one slot, and that
 * is reported as such.
 */
function mustDiffer(one: Claim, other: Claim): boolean {
  const pools = [one, other].filter(({ authority }) => authority === "pool");
  if (pools.length === 1) {
    const [pool, cluster] = one.authority === "pool" ? [one, other] : [other, one];
    return cluster.region !== undefined && cluster.region !== pool.region;
  }
  const both = (authority: Claim["authority"]) => one.authority === authority && other.authority === authority;
  return !both("others") && !(both("slot") && one.region === other.region && one.slot === other.slot);
}

function rank({ authority }: Claim): number {
  return AUTHORITIES.indexOf(authority);
}

/** All that shares addresses with the claims of one place, in one problem. */
function overlapProblem(pairs: readonly (readonly [Claim, Claim])[]): Problem[] {
  const [[yields] = []] = pairs;
  if (yields === undefined) {
    return [];
  }
  return yields.authority === "slot"
    ? [
        yields.problem({
          what: `gives ranges that others have: ${list(pairs.map(([own, stays]) => `${words(own)} overlaps ${words(stays)}`))}`,
          got: yields.slot,
          remedy: "Take another slot: npm run fleet -- network shows which are free",
        }),
      ]
    : [
        yields.problem({
          what: `overlaps ${list(pairs.map(([, stays]) => words(stays)))}`,
          got: yields.range,
          remedy: "Write a range that nobody has",
        }),
      ];
}

function words({ name, range }: Claim): string {
  return `${name} (${range})`;
}

const MOST = 4;

function list(all: readonly string[]): string {
  const rest = all.length - MOST;
  return all.slice(0, MOST).join("; ") + (rest > 0 ? `; and ${rest} more` : "");
}
