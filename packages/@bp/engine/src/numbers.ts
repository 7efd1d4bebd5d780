// Order numbers of a run, one after the other.
import { type ClientId, clientIdOf } from "@bp/core";

/** How many numbers a run has: 24 bits. */
const numbers = 0xff_ffff;

/** How far ahead of ours a number of our run may be to be one that we have given and forgotten. */
const forgotten = 10_000;

/** The order numbers of a run. */
export interface Numbers {
  /** The next one. */
  readonly next: () => ClientId;
  /**
   * A number that a venue shows and nobody here knows. Whether it is one of this run that comes after ours: it was given by a
   * process whose journal has lost its end (a power cut). It counts as given from then on, so that none is given twice.
   */
  readonly claimLost: (id: ClientId) => boolean;
  /** The newest one that was given or claimed; before the first, the number before it. */
  readonly last: number;
}

/**
 * Makes the numbers of a run. After 16,777,215 of them (some weeks of brisk quoting) it begins anew, and
 * leaves out what is still in use.
 *
 * @param run - 0 to 255
 * @param taken - whether a number belongs to an order that somebody could still speak of
 * @param after - the count that was given last
 * @throws BpError `grid/not-client-id` for a run that cannot be
 */
export function createNumbers(run: number, taken: (id: ClientId) => boolean, after = 0): Numbers {
  const zero = clientIdOf(run, 1) - 1;
  let count = after;
  return {
    next: () => {
      for (;;) {
        count = (count % numbers) + 1;
        const id = clientIdOf(run, count);
        if (!taken(id)) return id;
      }
    },
    claimLost: (id) => {
      const ahead = id - zero - count;
      if (ahead < 1 || ahead > forgotten || id - zero > numbers) return false;
      count += ahead;
      return true;
    },
    get last() {
      return zero + count;
    },
  };
}
