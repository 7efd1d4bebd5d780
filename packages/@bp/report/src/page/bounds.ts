// How much of everything a page takes, so that it stays below its size whatever is in an analysis.

/** A page is not larger, bytes of UTF-8. */
export const mostBytes = 1_048_576;

/** What is shown of each kind. */
export interface Bounds {
  /** Points of one line of a chart. */
  readonly points: number;
  /** Fills that are drawn, of each market. */
  readonly marks: number;
  /** Markets with charts. */
  readonly markets: number;
  /** Rows of a table. */
  readonly rows: number;
  /** Rows of the table below a chart. */
  readonly samples: number;
}

/** As much as is good to look at, for so many runs on one page; `squeeze` 1, 2, 4 … takes less of all. */
export function boundsFor(runs: number, squeeze: number): Bounds {
  const share = (most: number, least: number) => Math.max(least, Math.floor(most / Math.max(1, runs) / squeeze));
  return {
    points: share(1_600, 24),
    marks: share(1_500, 10),
    markets: share(8, 1),
    rows: share(250, 5),
    samples: share(48, 3),
  };
}

/** Bytes of a text in UTF-8. */
export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
