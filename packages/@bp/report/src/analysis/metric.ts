// One figure of a report, with everything that must be known to compare it with another's.

/** What a figure belongs to. */
export type MetricGroup = "return" | "risk" | "ratio" | "trade" | "exposure" | "maker" | "hedge" | "confidence";

/**
 * How a value is read: `fraction` 0.01 is 1 %; `moment` is ms since 1970; `ms` a length of time; `perSecond`-like units say
 * so in the name; `quote` is money in `meta.quote`.
 */
export type MetricUnit =
  | "fraction"
  | "ratio"
  | "quote"
  | "quote-seconds"
  | "quote/base"
  | "bps"
  | "count"
  | "ms"
  | "moment";

/** One figure. */
export interface Metric {
  readonly group: MetricGroup;
  /** Never changes: `sharpe`, `max-drawdown`. What a program reads. */
  readonly key: string;
  /** English. In other languages: `metricName`. */
  readonly name: string;
  /** `null` where the run does not say (too short, no trades, no books). */
  readonly value: number | null;
  readonly unit: MetricUnit;
  /** Periods per year, risk-free rate, sampling, and whether it is made of trades or of equity. */
  readonly how: string;
  /** `short`: of a run under 30 days, or with fewer than 30 changes of equity, blown up to a year: right, and worth nothing. */
  readonly caution?: "short" | undefined;
}
