// Figures over a window that moves along.
import type { Numbers } from "./moments.ts";
import { regression } from "./regression.ts";
import { type Annual, sharpe, sortino } from "./sharpe.ts";
import { volatility } from "./volatility.ts";

/** Figures of the window that ends at each place of `ends`. */
export interface Rolling {
  /** Place of the last return of each window. */
  readonly ends: readonly number[];
  readonly volatility: readonly (number | undefined)[];
  readonly sharpe: readonly (number | undefined)[];
  readonly sortino: readonly (number | undefined)[];
  /** Without a benchmark: all `undefined`. */
  readonly beta: readonly (number | undefined)[];
}

/**
 * Moves a window over returns.
 *
 * @param window - returns in it, 2 or more
 * @param most - windows that are looked at, evenly spread where there are more; the last one always
 */
export function rolling(
  returns: Float64Array,
  benchmark: Float64Array | undefined,
  { window, most, annual }: { readonly window: number; readonly most: number; readonly annual: Annual },
): Rolling {
  const count = returns.length - window + 1;
  const ends: number[] = [];
  const step = Math.max(1, Math.ceil(count / most));
  for (let end = returns.length - 1; end >= window - 1; end -= step) ends.unshift(end);
  const over = <T>(row: Float64Array, figure: (values: Numbers) => T) =>
    ends.map((end) => figure(row.subarray(end - window + 1, end + 1)));
  return {
    ends,
    volatility: over(returns, (values) => volatility(values, annual.periodsPerYear)),
    sharpe: over(returns, (values) => sharpe(values, annual)),
    sortino: over(returns, (values) => sortino(values, annual)),
    beta: ends.map((end) =>
      benchmark === undefined
        ? undefined
        : regression(returns.subarray(end - window + 1, end + 1), benchmark.subarray(end - window + 1, end + 1), annual)
            ?.beta,
    ),
  };
}
