// Which nonces a user has used: the newest hundred are remembered, none is taken twice.

export interface Nonces {
  /**
   * Uses one up; false when it was used before, is too far from the clock, or is older than all that are remembered.
   *
   * @param nonce - µs since the epoch
   * @param now - the venue's clock, ms
   */
  take(nonce: number, now: number): boolean;
}

const kept = 100;
const toleranceMs = 10_000;

/** None used yet. */
export function createNonces(): Nonces {
  const used: number[] = []; // ascending
  return {
    take: (nonce, now) => {
      if (Math.abs(nonce / 1000 - now) > toleranceMs || used.includes(nonce)) return false;
      const oldest = used[0];
      if (used.length >= kept && oldest !== undefined) {
        if (nonce < oldest) return false;
        used.shift();
      }
      let at = used.length;
      while (at > 0 && (used[at - 1] ?? 0) > nonce) at -= 1;
      used.splice(at, 0, nonce);
      return true;
    },
  };
}
