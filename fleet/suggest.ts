import damerauLevenshtein from "damerau-levenshtein";

/** Two words are taken for one misspelt when they share this much, 1 being the same. Found by trying common slips. */
const ALIKE = 0.6;

/** Longer words are nobody's misspelt name, and comparing them takes memory with the square of their length. */
const LONGEST = 128;

/** The candidate that a misspelt word most likely means; `undefined` where none is near. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (word.length > LONGEST) {
    return undefined;
  }
  const lower = word.toLowerCase();
  const ranked = candidates
    .map((candidate) => ({ candidate, likeness: damerauLevenshtein(lower, candidate.toLowerCase()).similarity }))
    .sort((a, b) => b.likeness - a.likeness);
  return ranked[0] !== undefined && ranked[0].likeness >= ALIKE ? ranked[0].candidate : undefined;
}
