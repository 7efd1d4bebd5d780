// How well the legs of a hedge were kept together.
import { figuresOf, type Gathered } from "../gathered.ts";
import type { Metric } from "../metric.ts";

const legs =
  "coins held at two places or more; fills matched first in first out against the difference that they close";

/** The group; empty for runs that hold no coin at two places. */
export function hedgeFigures({ hedge, legFunding }: Gathered): readonly Metric[] {
  if (hedge === undefined) return [];
  const latency = (share: number) => hedge.latencies.latencyMs.find(({ quantile }) => quantile === share)?.ms;
  return figuresOf("hedge", {
    "unhedged-notional": [hedge.unhedgedSeconds, "quote-seconds", `∫ |difference| × price dt; ${legs}`],
    "hedged-volume": [hedge.volume, "quote", `Σ price × size; ${legs}`],
    "hedge-slippage": [
      hedge.slippage,
      "quote",
      `Σ side × size × (price − mid there when the difference arose), positive is a cost; ${legs}`,
    ],
    "hedge-slippage-unit": [
      hedge.hedged > 0 ? hedge.slippage / hedge.hedged : undefined,
      "quote/base",
      `the same / base; ${legs}`,
    ],
    "hedge-latency-mean": [hedge.meanLatencyMs, "ms", `venue times of the two fills; ${legs}`],
    "hedge-latency-median": [latency(0.5), "ms", `venue times of the two fills; ${legs}`],
    "hedge-latency-99": [latency(0.99), "ms", `venue times of the two fills; ${legs}`],
    "leg-refusals": [hedge.refusals, "count", "orders of these markets that were rejected, or expired without a fill"],
    "hedge-funding": [
      legFunding,
      "quote",
      "received, on markets of coins that are held at two places or more; by venue and moment in funding",
    ],
  });
}
