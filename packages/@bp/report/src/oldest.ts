// A memory of limited length that forgets by generations: no walk over what was forgotten, no deletion one by one.

/** Remembers values by key, the newest `limit` at least and twice as many at most. */
export interface Memory<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): void;
  delete(key: K): void;
  /** Oldest first; a key that was set again stands where it was set last. */
  entries(): [K, V][];
}

/** Nothing is remembered. */
export function createMemory<K, V>(limit: number): Memory<K, V> {
  let young = new Map<K, V>();
  let old = new Map<K, V>();
  return {
    get: (key) => young.get(key) ?? old.get(key),
    set: (key, value) => {
      young.set(key, value);
      if (young.size < limit) return;
      old = young;
      young = new Map();
    },
    delete: (key) => {
      young.delete(key);
      old.delete(key);
    },
    entries: () => [...[...old].filter(([key]) => !young.has(key)), ...young],
  };
}
