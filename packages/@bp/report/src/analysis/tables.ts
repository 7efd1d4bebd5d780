// The rows of an analysis: periods, groups of fills, round trips, drawdowns, settlements, and how sure all of it is.

/** A day, month or year. */
export interface Period {
  /** UTC: `2026-11-20`, `2026-11`, `2026`. */
  readonly period: string;
  /** Change of equity, quote. */
  readonly profit: number;
  /** As a fraction of the equity at its start; `null` without a capital. */
  readonly return: number | null;
  readonly fills: number;
  /** Quote. */
  readonly volume: number;
  /** Paid less received, quote. */
  readonly fees: number;
}

/** One group of fills. Money in quote. */
export interface TableRow {
  readonly key: string;
  readonly fills: number;
  readonly volume: number;
  /** Share of the whole volume, 0 to 1. */
  readonly share: number;
  /** Rested, share of the volume, 0 to 1. */
  readonly makerShare: number;
  /** Profit taken by its fills, first in first out, before fees. */
  readonly realized: number;
  readonly fees: number;
  /** Σ side × size × (mid before − price); `null` where no mid was known. */
  readonly spread: number | null;
  /** After 1 s and 30 s, bps, weighted by volume. */
  readonly markout1Bps: number | null;
  readonly markout30Bps: number | null;
}

/** Fills by one trait. At most 200 rows, the largest volume first; what goes beyond is in the row `…`. */
export interface Table {
  readonly by: "slot" | "strategy" | "side" | "hour" | "venue" | "market" | "liquidity";
  readonly rows: readonly TableRow[];
}

/** A part of a position from the fill that opened it to the one that closed it, first in first out. Money in quote. */
export interface RoundTrip {
  readonly market: string;
  readonly side: "long" | "short";
  readonly openedAt: number;
  readonly closedAt: number;
  /** Base, above 0. */
  readonly size: number;
  readonly entry: number;
  readonly exit: number;
  /** Before fees. */
  readonly profit: number;
  /** Opening and closing, its share of both fills. */
  readonly fees: number;
  /** The worst and the best it was worth by the mid while it was open: 0 or negative, 0 or positive; `null` without mids. */
  readonly worst: number | null;
  readonly best: number | null;
  /** `strategy/slot` of the fill that opened it; empty where it is not known. */
  readonly slot: string;
}

/** Round trips. */
export interface Trades {
  readonly count: number;
  /** The newest 500. */
  readonly newest: readonly RoundTrip[];
  /** Counts by profit after fees, quote: from (inclusive) to (exclusive). */
  readonly histogram: readonly { readonly from: number; readonly to: number; readonly trades: number }[];
}

/** From a high of equity to the next one. */
export interface Drawdown {
  /** Fraction of the high, negative. */
  readonly depth: number;
  /** Quote, negative. */
  readonly amount: number;
  readonly from: number;
  readonly lowest: number;
  /** Back at the high; `null`: not yet. */
  readonly recovered: number | null;
}

/** Funding at one moment. */
export interface Settlement {
  readonly at: number;
  readonly venue: string;
  readonly market: string;
  /** Quote, received; decimal text. */
  readonly amount: string;
}

/** An interval that holds so much of what could have been. */
export interface Interval {
  readonly key: string;
  /** 0.9: from the 5 % to the 95 % quantile. */
  readonly level: number;
  readonly low: number;
  readonly high: number;
}

/** How sure the figures are. */
export interface Confidence {
  /** By stationary bootstrap of the returns. */
  readonly intervals: readonly Interval[];
  /** Equity of so many shuffled futures: quantiles over time, as change of equity relative to the start. */
  readonly cone: {
    readonly paths: number;
    readonly seed: number;
    readonly at: readonly number[];
    readonly quantiles: readonly { readonly quantile: number; readonly value: readonly number[] }[];
  } | null;
  /** Runs that were tried before this one was chosen, itself included; `null` where it is not told. */
  readonly trials: number | null;
  /** Probability that the Sharpe ratio is above 0. */
  readonly probabilisticSharpe: number | null;
  /** The same above what the best of `trials` runs without skill would show; `null` where the trials or their spread are not told. */
  readonly deflatedSharpe: number | null;
  /** Probability of backtest overfitting over the trials; `null` where it is not told. */
  readonly pbo: number | null;
}
