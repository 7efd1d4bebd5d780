// A number for each of the newest ids of trades. Venues count them up, and such ids need no table to be found in.
import { createMemory } from "./oldest.ts";

/** Remembers numbers by id, text or whole number, 0 or above. */
export interface Ids {
  get(id: string | number): number | undefined;
  set(id: string | number, value: number): void;
  /** In no order. */
  entries(): (readonly [id: string | number, value: number])[];
}

/** The first rows; they grow up to twice the limit. */
const begin = 64;

/**
 * Nothing is remembered. Numbers that rise are a row in which one looks by halves, everything else is a table.
 *
 * @param limit - of each of the two the newest so many at least, and twice as many at most
 */
export function createIds(limit: number): Ids {
  const table = createMemory<string | number, number>(limit);
  let ids = new Float64Array(begin);
  let values = new Float64Array(begin);
  let length = 0;
  let highest = -1;

  const placeOf = (id: number): number => {
    let [low, high] = [0, length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = ids[middle] ?? 0;
      if (found === id) return middle;
      if (found < id) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  };
  const append = (id: number, value: number) => {
    if (length === 2 * limit) {
      ids.copyWithin(0, limit, length);
      values.copyWithin(0, limit, length);
      length -= limit;
    } else if (length === ids.length) {
      ids = grown(ids);
      values = grown(values);
    }
    ids[length] = id;
    values[length] = value;
    length += 1;
    highest = id;
  };
  return {
    get: (id) => {
      if (typeof id === "number") {
        if (id > highest) return undefined; // new, as nearly all are
        const place = placeOf(id);
        if (place >= 0) return values[place];
      }
      return table.get(id);
    },
    set: (id, value) => {
      if (typeof id !== "number") return table.set(id, value);
      if (id > highest) return append(id, value);
      const place = placeOf(id);
      if (place >= 0) values[place] = value;
      else table.set(id, value);
    },
    entries: () => [
      ...table.entries(),
      ...Array.from(ids.subarray(0, length), (id, place) => [id, values[place] ?? 0] as const),
    ],
  };
}

function grown(column: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(column.length * 2);
  larger.set(column);
  return larger;
}
