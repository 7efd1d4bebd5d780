// Figures that are blown up to a day, a month or a year, and runs that are too short for them.
import type { Metric } from "./metric.ts";

/** Least length of a run, ms: over 30 days the standard error of a Sharpe ratio of a year is still 1 / √(30 / 365) = 3.5. */
const leastMs = 30 * 86_400_000;
/** Least number of samples that changed at all: of fewer nobody knows a deviation. */
const leastChanges = 30;

/** What is said of such a run. */
export const shortRun = {
  en: "under 30 days, or fewer than 30 changes of equity: too short to say anything of a year",
  zh: "未滿 30 天，或權益變動少於 30 次：不足以推算全年",
} as const;

/** By key, over all groups. */
const yearly: ReadonlySet<string> = new Set([
  "cagr",
  "expected-daily",
  "expected-monthly",
  "expected-yearly",
  "volatility",
  "downside-deviation",
  "sharpe",
  "smart-sharpe",
  "sortino",
  "smart-sortino",
  "calmar",
  "sterling",
  "ulcer-performance",
  "treynor",
  "information",
  "alpha",
  "sharpe-low",
  "sharpe-high",
]);

/**
 * Whether a run says nothing of a year: under 30 days, or fewer than 30 returns other than 0. Its figures of a year are worked
 * out right all the same, and are shown with this beside them, never alone.
 *
 * @param spanMs - from its first moment to its last
 * @param returns - of its samples, as fractions or as money
 * @see Lo (2002), The statistics of Sharpe ratios: the standard error is at least 1 / √years, however often one looks
 */
export function isShortRun(
  spanMs: number,
  returns: { readonly length: number; readonly [at: number]: number },
): boolean {
  if (!(spanMs >= leastMs)) return true;
  let changes = 0;
  for (let at = 0; at < returns.length && changes < leastChanges; at++) if (returns[at] !== 0) changes += 1;
  return changes < leastChanges;
}

/** The same figures, those of a year marked where the run is too short for them. */
export function cautioned(metrics: readonly Metric[], isShort: boolean): readonly Metric[] {
  if (!isShort) return metrics;
  return metrics.map((each) =>
    yearly.has(each.key) && each.value !== null ? { ...each, caution: "short" as const } : each,
  );
}
