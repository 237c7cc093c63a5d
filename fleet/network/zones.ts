/**
 * Regions in which the letters of three zones that every account has are not a, b, c. Regions with fewer than three
 * zones, or whose zones differ from account to account, have none: their users name them.
 *
 * Source: EC2 user guide, "Regions and zones"; the zone lists of CAPA's and Karpenter's test data, 2026-08.
 */
const OTHER_LETTERS: Readonly<Record<string, readonly string[]>> = {
  "ap-northeast-1": ["a", "c", "d"],
  "ca-central-1": ["a", "b", "d"],
  "us-west-1": [],
};

/** The three zones that a management cluster takes in a region; undefined where nobody can tell. */
export function usualZones(region: string): readonly string[] | undefined {
  const letters = OTHER_LETTERS[region] ?? ["a", "b", "c"];
  return letters.length === 3 ? letters.map((letter) => `${region}${letter}`) : undefined;
}
