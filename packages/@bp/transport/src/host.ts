// What clients of one process share because they go to one host by one way: a venue counts by the address that it sees.
import type { Clock } from "@bp/core";

/** Keeps one thing for each host and way. */
export interface PerHost<T> {
  /**
   * The thing of a host, made at its first mention.
   *
   * @param url - whose host is meant; a text that is no URL has one of its own
   * @param proxy - the way out
   */
  of(clock: Clock, url: string, proxy?: string): T;
}

/**
 * Makes the keeper.
 *
 * @param make - the thing of a host that nobody has asked for yet
 */
export function perHost<T>(make: (clock: Clock) => T): PerHost<T> {
  const clocks = new WeakMap<Clock, Map<string, T>>();
  return {
    of: (clock, url, proxy = "") => {
      let known = clocks.get(clock);
      if (known === undefined) {
        known = new Map();
        clocks.set(clock, known);
      }
      const key = `${URL.canParse(url) ? new URL(url).host : url} ${proxy}`;
      let found = known.get(key);
      if (found === undefined) {
        found = make(clock);
        known.set(key, found);
      }
      return found;
    },
  };
}
