// Memory with an end: keeps the newest entries of a list.

/** The newest entries of something that grows for ever. */
export interface History<T> {
  readonly length: number;
  add(entry: T): void;
  oldestFirst(): T[];
  newestFirst(): T[];
}

/** @param limit - most entries kept, above 0; older ones are forgotten */
export function createHistory<T>(limit: number): History<T> {
  let entries: T[] = [];
  return {
    get length() {
      return Math.min(entries.length, limit);
    },
    add(entry) {
      entries.push(entry);
      if (entries.length >= limit * 2) entries = entries.slice(-limit); // seldom, so cheap on average
    },
    oldestFirst: () => entries.slice(-limit),
    newestFirst: () => entries.slice(-limit).toReversed(),
  };
}
