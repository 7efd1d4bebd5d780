// A memory of limited length: what was remembered first is forgotten first.

/**
 * Forgets the oldest member of a collection that has more than `limit`.
 *
 * One iterator walks behind all the time: a new one for each member would first step over every place where one has been.
 */
export function forgetting(
  members: { readonly size: number; keys(): Iterator<string | number>; delete(key: never): boolean },
  limit: number,
): () => void {
  let walk: Iterator<string | number> | undefined;
  return () => {
    while (members.size > limit) {
      walk ??= members.keys();
      const { value, done } = walk.next();
      if (done === true)
        walk = undefined; // what comes later is found by a new one
      else members.delete(value as never); // a key of this very collection
    }
  };
}
