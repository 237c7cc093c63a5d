/**
 * The same function, but each answer is found once: for what is slow to find and never changes.
 * @param keyOf What the answer depends on; it is compared as keys of a `Map` are. Default: the argument itself.
 */
export function remembered<A, V>(
  find: (about: A) => V,
  keyOf: (about: A) => unknown = (about) => about,
): (about: A) => V {
  const known = new Map<unknown, { readonly value: V }>();
  return (about) => {
    const key = keyOf(about);
    const found = known.get(key) ?? { value: find(about) };
    known.set(key, found);
    return found.value;
  };
}
