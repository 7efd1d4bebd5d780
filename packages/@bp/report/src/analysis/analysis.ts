// Everything that is known about a run, as plain JSON: what the page draws, results keep, and two runs are compared by.
import type { AnalysisMeta } from "./meta.ts";
import type { Metric } from "./metric.ts";
import type { MarketSeries, Points } from "./points.ts";
import type { Markout, ProfitSplit } from "./split.ts";
import type { Confidence, Drawdown, Period, Settlement, Table, Trades } from "./tables.ts";

/**
 * The analysis of one run. Plain JSON: `JSON.parse(JSON.stringify(analysis))` is equal to it. Money whose sum must be exact
 * is decimal text; what is measured or estimated is a number; `null` where nothing can be said. Times are ms since 1970.
 */
export interface Analysis {
  readonly version: 1;
  readonly meta: AnalysisMeta;
  /** Every figure, group by group in the order in which it is shown. */
  readonly metrics: readonly Metric[];
  readonly profit: ProfitSplit;
  readonly series: {
    /** `meta.capital` plus everything earned, in `meta.quote`. */
    readonly equity: Points;
    /** Below the highest equity so far, as a fraction of it: 0 or negative. */
    readonly drawdown: Points;
    readonly markets: readonly MarketSeries[];
    /** Over a moving window of `windowMs`, a year's worth; empty where the run is shorter than two windows. */
    readonly rolling: {
      readonly windowMs: number;
      readonly volatility: Points;
      readonly sharpe: Points;
      readonly sortino: Points;
      /** Against the first market's price. */
      readonly beta: Points;
    };
  };
  /** All markets together, in bps; per market in `markets` of `series`. Each horizon has a row for `buy`, `sell` and `both`. */
  readonly markouts: readonly Markout[];
  /** Oldest first, UTC. */
  readonly days: readonly Period[];
  readonly months: readonly Period[];
  readonly years: readonly Period[];
  /** Fills by `slot`, `strategy` (the tag before the slash of a slot), `side`, `hour` (UTC), `venue`, `market`, `liquidity`. */
  readonly tables: readonly Table[];
  readonly trades: Trades;
  /** The deepest fraction first, some ten, found in the samples of equity; the largest fall in money as the rule over the drawdown sees it. */
  readonly drawdowns: readonly Drawdown[];
  /** Funding by venue and moment, oldest first, the newest 2,000; the sums by venue are exact over all of them. */
  readonly funding: {
    readonly venues: readonly { readonly venue: string; readonly amount: string; readonly settlements: number }[];
    readonly settlements: readonly Settlement[];
  };
  /** Of runs that hold one coin at several places; `null` for others. */
  readonly hedge: {
    /** From a fill that opened a difference to the one elsewhere that closed it, ms: quantiles. */
    readonly latencyMs: readonly { readonly quantile: number; readonly ms: number }[];
    /** Counts by latency: up to so many ms, more than the row before. */
    readonly latencies: readonly { readonly upToMs: number | null; readonly hedges: number }[];
  } | null;
  readonly confidence: Confidence;
}
