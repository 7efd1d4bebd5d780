// Columns that grow: numbers of any count, without an object for each.

/** A growing list of doubles. */
export interface Column {
  readonly length: number;
  push(value: number): void;
  get(at: number): number;
  set(at: number, value: number): void;
  /** What is in it; not a copy. */
  view(): Float64Array;
  /** Keeps every second value. */
  halve(): void;
}

/** An empty one. */
export function column(): Column {
  let values = new Float64Array(1_024);
  let length = 0;
  return {
    get length() {
      return length;
    },
    push: (value) => {
      if (length === values.length) {
        const fresh = new Float64Array(length * 2);
        fresh.set(values);
        values = fresh;
      }
      values[length] = value;
      length += 1;
    },
    get: (at) => values[at] ?? Number.NaN,
    set: (at, value) => {
      values[at] = value;
    },
    view: () => values.subarray(0, length),
    halve: () => {
      const kept = Math.ceil(length / 2);
      for (let at = 0; at < kept; at++) values[at] = values[at * 2] ?? 0;
      length = kept;
    },
  };
}
