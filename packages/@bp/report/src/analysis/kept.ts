// Columns of limited length over any number of rows: every row at first, then every second, every fourth, evenly spread.

/** Rows of numbers. */
export interface Kept {
  push(a: number, b?: number, c?: number, d?: number): void;
  /** Every n-th row is kept. */
  readonly every: number;
  /** All rows that came. */
  readonly count: number;
  column(at: number): Float64Array;
}

/** @param width - numbers in a row, 1 to 4; @param limit - rows that are kept at most */
export function createKept(width: number, limit: number): Kept {
  const columns = Array.from({ length: width }, () => new Float64Array(limit));
  let length = 0;
  const kept: Kept & { every: number; count: number } = {
    every: 1,
    count: 0,
    push: (a, b = 0, c = 0, d = 0) => {
      const due = kept.count % kept.every === 0;
      kept.count += 1;
      if (!due) return;
      if (length === limit) {
        for (const column of columns) for (let at = 0; 2 * at < limit; at++) column[at] = column[2 * at] ?? 0;
        length = Math.ceil(limit / 2);
        kept.every *= 2;
        if ((kept.count - 1) % kept.every !== 0) return;
      }
      const [first, second, third, fourth] = columns;
      if (first !== undefined) first[length] = a;
      if (second !== undefined) second[length] = b;
      if (third !== undefined) third[length] = c;
      if (fourth !== undefined) fourth[length] = d;
      length += 1;
    },
    column: (at) => (columns[at] ?? new Float64Array()).subarray(0, length),
  };
  return kept;
}
