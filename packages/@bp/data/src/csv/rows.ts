// The rows of a table as they were read: doubles in columns that grow.

/** Columns; those that a kind of table does not need stay empty. */
export interface RawRows {
  readonly count: number;
  /** Moments, ms since 1970. */
  readonly venueMs: Float64Array;
  readonly ms: Float64Array;
  /** Open, high, low, close, volume; price, size, 1 where the taker sold; or rate. */
  readonly values: readonly [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  /** Where in the file each row was. */
  readonly lines: Uint32Array;
}

/** Rows that are still read. */
export interface GrowingRows extends RawRows {
  add(line: number, venueMs: number, ms: number, a: number, b?: number, c?: number, d?: number, e?: number): void;
  /** Takes the last row away. */
  drop(): void;
  /** Takes away all rows but those that are kept, asked in order. */
  keep(isKept: (row: number) => boolean): void;
}

/** @param width - values in a row, 1 to 5 */
export function createRows(width: number): GrowingRows {
  let capacity = 1_024;
  let count = 0;
  const column = (place: number) => new Float64Array(place < width ? capacity : 0);
  let venue = new Float64Array(capacity);
  let received = new Float64Array(capacity);
  let lines = new Uint32Array(capacity);
  let values: [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array] = [
    column(0),
    column(1),
    column(2),
    column(3),
    column(4),
  ];
  const grown = (old: Float64Array) => {
    const fresh = new Float64Array(old.length === 0 ? 0 : capacity);
    fresh.set(old);
    return fresh;
  };
  const grow = () => {
    capacity *= 2;
    venue = grown(venue);
    received = grown(received);
    const old = lines;
    lines = new Uint32Array(capacity);
    lines.set(old);
    const [a, b, c, d, e] = values;
    values = [grown(a), grown(b), grown(c), grown(d), grown(e)];
  };
  return {
    get count() {
      return count;
    },
    get venueMs() {
      return venue;
    },
    get ms() {
      return received;
    },
    get values() {
      return values;
    },
    get lines() {
      return lines;
    },
    drop: () => {
      count -= 1;
    },
    keep: (isKept) => {
      let kept = 0;
      for (let row = 0; row < count; row++) {
        if (!isKept(row)) continue;
        if (kept < row)
          for (const column of [venue, received, lines, ...values])
            if (column.length > 0) column[kept] = column[row] ?? 0;
        kept += 1;
      }
      count = kept;
    },
    add: (line, venueMs, ms, a, b = 0, c = 0, d = 0, e = 0) => {
      if (count === capacity) grow();
      lines[count] = line;
      venue[count] = venueMs;
      received[count] = ms;
      values[0][count] = a; // what is outside of an empty column is dropped
      values[1][count] = b;
      values[2][count] = c;
      values[3][count] = d;
      values[4][count] = e;
      count += 1;
    },
  };
}
