// Order numbers of a run, one after the other.
import { type ClientId, clientIdOf } from "@bp/core";

/** How many numbers a run has: 24 bits. */
const numbers = 0xff_ffff;

/**
 * Gives the next order number at each call. After 16,777,215 of them (some weeks of brisk quoting) it begins anew, and
 * leaves out what is still in use.
 *
 * @param run - 0 to 255
 * @param taken - whether a number belongs to an order that somebody could still speak of
 * @param after - the count that was given last
 * @throws BpError `grid/not-client-id` for a run that cannot be
 */
export function createNumbers(run: number, taken: (id: ClientId) => boolean, after = 0): () => ClientId {
  clientIdOf(run, 1);
  let count = after;
  return () => {
    for (;;) {
      count = (count % numbers) + 1;
      const id = clientIdOf(run, count);
      if (!taken(id)) return id;
    }
  };
}
