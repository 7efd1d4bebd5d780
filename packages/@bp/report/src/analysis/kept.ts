// Columns of limited length over any number of rows: every row at first, then every second, every fourth, evenly spread.

/** Rows of numbers. */
export interface Kept {
  push(row: readonly number[]): void;
  /** Every n-th row is kept. */
  readonly every: number;
  /** All rows that came. */
  readonly count: number;
  column(at: number): Float64Array;
}

/** @param limit - rows that are kept at most; @param width - numbers in a row */
export function createKept(width: number, limit: number): Kept {
  const columns = Array.from({ length: width }, () => new Float64Array(limit));
  let length = 0;
  let count = 0;
  let every = 1;
  return {
    get every() {
      return every;
    },
    get count() {
      return count;
    },
    push: (row) => {
      const due = count % every === 0;
      count += 1;
      if (!due) return;
      if (length === limit) {
        for (const column of columns) for (let at = 0; 2 * at < limit; at++) column[at] = column[2 * at] ?? 0;
        length = Math.ceil(limit / 2);
        every *= 2;
        if ((count - 1) % every !== 0) return;
      }
      for (let at = 0; at < width; at++) (columns[at] ?? columns[0] ?? new Float64Array(limit))[length] = row[at] ?? 0;
      length += 1;
    },
    column: (at) => (columns[at] ?? new Float64Array()).subarray(0, length),
  };
}
