/**
 * Compares two lists without regard to order; a single text is a list of one.
 * @returns None if they are the same, else one text with both.
 */
export function differs(
  what: string,
  found: readonly string[] | string,
  planned: readonly string[] | string,
): string[] {
  const [is, should] = [found, planned].map((side) => [side].flat().sort());
  if (JSON.stringify(is) === JSON.stringify(should)) return [];
  return [`${what}: ${listed(is)} in place of ${listed(should)}`];
}

function listed(lines: readonly string[] = []): string {
  return lines.length === 0 ? "nothing" : lines.map((line) => `\n    ${line}`).join("");
}
