/** Choices by the name of what is chosen. */
export type Options = Readonly<Record<string, readonly unknown[]>>;

/**
 * Sets of choices in which every two choices of different options meet at least once: most mistakes that need more than
 * one option need two. Greedy: each set takes, option by option, the choice that meets most others for the first time.
 */
export function pairwise(options: Options): Record<string, unknown>[] {
  const names = Object.keys(options);
  const open = new Set(
    names.flatMap((one, index) =>
      names
        .slice(index + 1)
        .flatMap((other) =>
          choices(options, one).flatMap((a) => choices(options, other).map((b) => pair([one, a], [other, b]))),
        ),
    ),
  );
  const sets: Record<string, unknown>[] = [];
  while (open.size > 0) {
    const chosen: [string, number][] = [];
    // A pair that is still open begins each set, so every set brings at least one.
    const [first = ""] = open;
    for (const [name, choice] of JSON.parse(first) as [string, number][]) chosen.push([name, choice]);
    for (const name of names.filter((each) => !chosen.some(([taken]) => taken === each))) {
      const gain = (choice: number) => chosen.filter((other) => open.has(pair([name, choice], other))).length;
      const best = choices(options, name).reduce((a, b) => (gain(b) > gain(a) ? b : a));
      chosen.push([name, best]);
    }
    for (const one of chosen) for (const other of chosen) open.delete(pair(one, other));
    sets.push(Object.fromEntries(chosen.map(([name, choice]) => [name, options[name]?.[choice]])));
  }
  return sets;
}

function choices(options: Options, name: string): number[] {
  return (options[name] ?? []).map((_choice, index) => index);
}

function pair(one: [string, number], other: [string, number]): string {
  return JSON.stringify(one[0] < other[0] ? [one, other] : [other, one]);
}
