import { type AddressPool } from "../config/schema/network";
import { blockOf, slotCount } from "./address-plan";
import { cidr, overlap, parseRange, type Range } from "./ranges";

/** The highest slot that a stack file may name, see the schema. */
const HIGHEST_SLOT = 10_000;

/** Who has places in a pool already. */
export interface Occupied {
  /** Slots that clusters of the region name. */
  readonly slots: ReadonlySet<number>;
  /** Ranges that somebody has for another reason: written explicitly, reserved, the management cluster's. */
  readonly ranges: readonly Range[];
}

/** Slots that a new cluster may take, the lowest first. */
export function* freeSlots(pool: AddressPool, { slots, ranges }: Occupied): Generator<number> {
  for (let slot = 0; slot < Math.min(slotCount(pool), HIGHEST_SLOT + 1); slot += 1) {
    const block = blockOf(pool, slot);
    if (block !== undefined && !slots.has(slot) && !ranges.some((each) => overlap(each, block))) {
      yield slot;
    }
  }
}

/** How many clusters fit, in words: `10.32.0.0/12 has 16 slots, 0 to 15, of /16`. */
export function describePool(pool: AddressPool): string {
  const count = slotCount(pool);
  const slots = count === 1 ? "one slot, 0," : count === 0 ? "no slot" : `${count} slots, 0 to ${count - 1},`;
  return `${pool.range} has ${slots} of /${pool.clusterSize}`;
}

/** Twice the pool, where its slots keep their places in it; undefined where they would not, or nothing is larger. */
export function extended(pool: AddressPool): string | undefined {
  const whole = parseRange(pool.range);
  if (whole === undefined || whole.prefix <= 8) {
    return undefined;
  }
  return parseRange(cidr({ ...whole, prefix: whole.prefix - 1 })) && cidr({ ...whole, prefix: whole.prefix - 1 });
}
