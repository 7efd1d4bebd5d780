// The numbers of the newest trades, so that one that is told twice is known.

/** Whether a number was there among the newest ones; it is from now on. */
export type SeenBefore = (id: number) => boolean;

/** @param size - how many numbers are remembered: a wrong one is forgotten again */
export function createRecent(size: number): SeenBefore {
  const seen = new Set<number>();
  const ring = new Float64Array(size).fill(Number.NaN);
  let next = 0;
  return (id) => {
    if (seen.has(id)) return true;
    seen.delete(ring[next] ?? Number.NaN);
    ring[next] = id;
    seen.add(id);
    next = (next + 1) % size;
    return false;
  };
}
