// Systems of linear equations, as small as a signal needs them.

/** Rows of numbers, all of one length. */
export type Matrix = readonly (readonly number[])[];

/**
 * Solves `a · x = b` for several right sides by elimination with pivots.
 *
 * @param a - square and not singular
 * @param b - as many rows as `a`, one column for each right side
 * @returns rows of `x`; `undefined` for a singular `a`
 */
export function solved(a: Matrix, b: Matrix): number[][] | undefined {
  const count = a.length;
  const rows = a.map((row, at) => [...row, ...(b[at] ?? [])]);
  for (let column = 0; column < count; column++) {
    let best = column;
    for (let at = column; at < count; at++)
      if (Math.abs(rows[at]?.[column] ?? 0) > Math.abs(rows[best]?.[column] ?? 0)) best = at;
    const [pivot, other] = [rows[best], rows[column]];
    if (pivot === undefined || other === undefined) return undefined;
    const factor = pivot[column] ?? 0;
    if (Math.abs(factor) < 1e-13) return undefined;
    rows[best] = other;
    const row = pivot.map((each) => each / factor);
    rows[column] = row;
    for (const [at, target] of rows.entries()) {
      const share = target[column] ?? 0;
      if (at === column || share === 0) continue;
      rows[at] = target.map((each, place) => each - share * (row[place] ?? 0));
    }
  }
  return rows.map((row) => row.slice(count));
}

/** The product of a matrix and a column. */
export function product(matrix: Matrix, column: readonly number[]): number[] {
  return matrix.map((row) => row.reduce((sum, each, at) => sum + each * (column[at] ?? 0), 0));
}
