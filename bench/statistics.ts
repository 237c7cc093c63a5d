/** The middle of the sorted values; of an even number of them, half-way between the two middle ones. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error("no values to take the median of");
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] as number) + (sorted[Math.ceil(middle)] as number)) / 2;
}

/** Half of the distance between the smallest and the largest value: how far rounds were apart. */
export function spread(values: readonly number[]): number {
  return (Math.max(...values) - Math.min(...values)) / 2;
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** A cost that grows with the number of clusters: `fixed + each * clusters`. */
export interface Cost {
  readonly fixed: number;
  readonly each: number;
}

/**
 * The straight line through the smallest and the largest number of clusters.
 * @param points Number of clusters to cost. @returns undefined with fewer than two different numbers.
 */
export function costOf(points: ReadonlyMap<number, number>): Cost | undefined {
  const sizes = [...points.keys()].sort((a, b) => a - b);
  const [least, most] = [sizes[0], sizes.at(-1)];
  if (least === undefined || most === undefined || least === most) return undefined;
  const each = ((points.get(most) as number) - (points.get(least) as number)) / (most - least);
  return { fixed: (points.get(least) as number) - each * least, each };
}
