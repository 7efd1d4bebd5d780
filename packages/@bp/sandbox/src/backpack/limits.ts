// How often somebody may ask: a sliding minute in buckets of a second, per account or, unsigned, per address.

/** Requests per minute. */
export interface Limits {
  /** Default 2000, as the venue says. */
  readonly perMinute?: number;
  /** Candles and historical trades, per address; default 30, as the venue says. */
  readonly historyPerMinute?: number;
}

export interface Limiter {
  /** Counts one request; false when it is one too many (which is not counted). */
  take(who: string): boolean;
}

/** @param now - ms */
export function createLimiter(perMinute: number, now: () => number): Limiter {
  const counts = new Map<string, { readonly buckets: Uint32Array; at: number; sum: number }>();
  return {
    take: (who) => {
      const second = Math.floor(now() / 1000);
      let count = counts.get(who);
      if (count === undefined) {
        count = { buckets: new Uint32Array(60), at: second, sum: 0 };
        counts.set(who, count);
      }
      for (let passed = Math.min(60, second - count.at); passed > 0; passed--) {
        const slot = (((second - passed + 1) % 60) + 60) % 60;
        count.sum -= count.buckets[slot] ?? 0;
        count.buckets[slot] = 0;
      }
      count.at = Math.max(count.at, second);
      if (count.sum >= perMinute) return false;
      count.sum += 1;
      const slot = ((second % 60) + 60) % 60;
      count.buckets[slot] = (count.buckets[slot] ?? 0) + 1;
      return true;
    },
  };
}
