// What a maker wants to know.
import { figuresOf, type Gathered } from "../gathered.ts";
import type { Metric } from "../metric.ts";

/** The group. */
export function makerFigures(run: Gathered): readonly Metric[] {
  const { profit, fills, volume, orders, times, passed, markets } = run;
  const ms = (run.to - run.from) * markets;
  const share = (part: number, whole: number) => (whole > 0 ? part / whole : undefined);
  const after = (horizonMs: number) =>
    run.markouts.find((each) => each.side === "both" && each.horizonMs === horizonMs)?.bps;
  const adverse = (horizonMs: number) =>
    numberOf(profit.selection.find((each) => each.horizonMs === horizonMs)?.adverse);
  const moved = "side × (mid then − price) / price, weighted by volume, all fills, before fees";
  const against = "Σ side × size × (mid before − mid then), positive is a loss, exact in profit.selection";
  const clock = "resting orders as the log tells them; of several markets their mean";
  const near = "resting fills with a print of the same sweep within 0.1 s";
  const net = Number(profit.equityChange);
  const { maxFall } = run;
  return figuresOf("maker", {
    "quoted-volume": [run.quotedVolume, "quote", "Σ price × size of all orders that were placed to rest"],
    volume: [volume, "quote", "Σ price × size of all fills"],
    "fill-ratio": [share(run.makerVolume, run.quotedVolume), "fraction", "volume that rested / quoted volume"],
    "maker-share": [share(run.makerVolume, volume), "fraction", "volume that rested / volume"],
    "spread-captured": [
      Number(profit.spread),
      "quote",
      "Σ side × size × (mid just before the fill − price), exact in profit.spread",
    ],
    "spread-captured-bps": [
      run.markouts.find((each) => each.side === "both")?.captureBps,
      "bps",
      "the same / price, weighted by volume",
    ],
    "markout-1s": [after(1_000), "bps", moved],
    "markout-5s": [after(5_000), "bps", moved],
    "markout-30s": [after(30_000), "bps", moved],
    "markout-300s": [after(300_000), "bps", moved],
    "adverse-1s": [adverse(1_000), "quote", against],
    "adverse-5s": [adverse(5_000), "quote", against],
    "adverse-30s": [adverse(30_000), "quote", against],
    "adverse-300s": [adverse(300_000), "quote", against],
    "inventory-profit": [
      numberOf(profit.selection.find((each) => each.horizonMs === 30_000)?.inventory),
      "quote",
      "what the mid moved from 30 s after each fill up to the mark",
    ],
    fees: [Number(profit.fees), "quote", "paid"],
    rebates: [Number(profit.rebates), "quote", "received"],
    funding: [Number(profit.funding), "quote", "received; negative is paid"],
    "quote-uptime": [share(times.both, ms), "fraction", clock],
    "quote-uptime-any": [share(times.any, ms), "fraction", clock],
    "time-at-touch": [
      share(times.atTouch, times.any),
      "fraction",
      `bid or ask at the best price, of the time with a quote; ${clock}`,
    ],
    "queue-fills": [
      share(passed.queue, passed.queue + passed.through),
      "fraction",
      `no print beyond our price; ${near}`,
    ],
    "through-fills": [
      share(passed.through, passed.queue + passed.through),
      "fraction",
      `a print beyond our price; ${near}`,
    ],
    "cancel-to-fill": [share(orders.cancelled, fills), "ratio", "orders cancelled / fills"],
    "requests-per-fill": [share(run.requests, fills), "ratio", "(orders placed + cancels sent) / fills"],
    "return-per-trade": [volume > 0 ? (net / volume) * 10_000 : undefined, "bps", "net profit / volume"],
    "return-over-drawdown": [
      maxFall === undefined ? undefined : net / -maxFall,
      "ratio",
      "net profit / deepest drawdown, money",
    ],
  });
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}
