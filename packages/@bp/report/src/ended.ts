// The orders that ended last, so that what is told of one late still finds it.
import type { ClientId } from "@bp/core";

/** The newest `limit` that were added. */
export interface Ended<O> {
  add(order: O): void;
  find(clientId: ClientId): O | undefined;
  /** It did not end after all. */
  remove(order: O): void;
}

/**
 * None has ended. Most are never asked for again, so they are only put in a row; they are sorted into an index when somebody asks.
 *
 * @param limit - remembered at most, and at least while nobody removes any
 */
export function createEnded<O extends { readonly clientId: ClientId }>(limit: number): Ended<O> {
  /** The oldest one first; what lies before `first` was forgotten, and what lies before `indexed` is in the index. */
  let row: O[] = [];
  let [first, indexed] = [0, 0];
  const index = new Map<ClientId, O>();
  const forget = (order: O | undefined) => {
    if (order !== undefined && index.get(order.clientId) === order) index.delete(order.clientId);
  };
  return {
    add: (order) => {
      row.push(order);
      if (row.length - first > limit) {
        if (first < indexed) forget(row[first]);
        else indexed = first + 1;
        first += 1;
      }
      if (first >= limit) {
        row = row.slice(first);
        indexed -= first;
        first = 0;
      }
    },
    find: (clientId) => {
      for (; indexed < row.length; indexed++) {
        const order = row[indexed];
        if (order !== undefined) index.set(order.clientId, order);
      }
      return index.get(clientId);
    },
    remove: (order) => {
      if (!row.includes(order)) return;
      forget(order);
      const kept = row.slice(first, indexed).filter((each) => each !== order);
      row = [...kept, ...row.slice(indexed).filter((each) => each !== order)];
      first = 0;
      indexed = kept.length;
    },
  };
}
