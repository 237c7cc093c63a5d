import { type Amount } from "../config/schema/times";

/** Clusters of a total: a number as it is, even above the total; a share such as `25%` rounded down. */
export function amountOf(amount: Amount, total: number): number {
  return typeof amount === "number" ? amount : Math.floor((total * Number(amount.slice(0, -1))) / 100);
}

/**
 * How many clusters may move at the same time. Rounded down, so that never more move than the share says, but a share
 * above `0%` is at least 1: a small stage would never move. 0 stays 0, and nothing moves.
 */
export function concurrencyOf(amount: Amount, total: number): number {
  const isNone = amount === 0 || amount === "0%";
  return isNone ? 0 : Math.max(1, amountOf(amount, total));
}

/**
 * How many clusters may fail. Rounded down, to 0 where a stage is small. Rounded up, as Azure does it, 1% of a single
 * cluster would be that cluster, and a stage of which all failed would count as through.
 */
export function failuresOf(amount: Amount, total: number): number {
  return amountOf(amount, total);
}
