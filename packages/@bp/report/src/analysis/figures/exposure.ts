// How much was held, how long, and how often it was turned over.
import { mean } from "../../metrics/moments.ts";
import { quantile } from "../../metrics/quantile.ts";
import { figuresOf, type Gathered } from "../gathered.ts";
import type { Metric } from "../metric.ts";

/** The group. */
export function exposureFigures(run: Gathered): readonly Metric[] {
  const { samples, capital, times, markets } = run;
  const { gross, net, long, short } = exposures(run);
  const ms = (run.to - run.from) * markets;
  const share = (part: number) => (ms > 0 ? part / ms : undefined);
  const how = `positions at the mark, every ${samples.stepMs / 1_000} s`;
  const exact = "at every fill; of several markets their mean";
  const over = (value: number | undefined) => (value === undefined || capital <= 0 ? undefined : value / capital);
  const largest = gross.length === 0 ? undefined : gross.reduce((a, b) => Math.max(a, b), 0);
  const days = (run.to - run.from) / 86_400_000;
  const net1 = Number(run.profit.equityChange);
  return figuresOf("exposure", {
    "time-in-market": [share(times.held), "fraction", exact],
    "time-long": [share(times.long), "fraction", exact],
    "time-short": [share(times.short), "fraction", exact],
    "gross-exposure": [mean(gross), "quote", `Σ |position| over markets; ${how}`],
    "net-exposure": [mean(net), "quote", `Σ position over markets; ${how}`],
    "long-exposure": [mean(long), "quote", how],
    "short-exposure": [mean(short), "quote", how],
    "median-exposure": [quantile(gross, 0.5), "quote", how],
    "largest-exposure": [largest, "quote", how],
    leverage: [over(mean(gross)), "ratio", `mean gross exposure / capital at the start; ${how}`],
    "largest-leverage": [over(largest), "ratio", `largest gross exposure / capital at the start; ${how}`],
    turnover: [run.volume, "quote", "Σ price × size of all fills"],
    "daily-turnover": [days > 0 ? over(run.volume / days) : undefined, "ratio", "volume a day / capital at the start"],
    "break-even-slippage": [
      run.volume > 0 ? (net1 / run.volume) * 10_000 : undefined,
      "bps",
      "of every fill: worse prices by so much, and nothing is left; negative: better ones are needed",
    ],
  });
}

/** Sample by sample, without those at which something was held that had no price yet: nobody knows what it was worth. */
function exposures({ samples }: Gathered) {
  const count = samples.at.length;
  const [long, short] = [new Float64Array(count), new Float64Array(count)];
  let known = 0;
  for (let at = 0; at < count; at++) {
    let [above, below] = [0, 0];
    for (const [market, held] of samples.held.entries()) {
      const size = held[at] ?? 0;
      const value = size === 0 ? 0 : size * (samples.price[market]?.[at] ?? Number.NaN);
      if (value < 0) below += value;
      else above += value; // NaN stays
    }
    if (Number.isNaN(above)) continue;
    long[known] = above;
    short[known] = below;
    known += 1;
  }
  const [above, below] = [long.subarray(0, known), short.subarray(0, known)];
  return {
    gross: above.map((value, at) => value - (below[at] ?? 0)),
    net: above.map((value, at) => value + (below[at] ?? 0)),
    long: above,
    short: below,
  };
}
