// How sure the figures are, and the tables of hedging and of round trips by what they came to.
import type { Analysis } from "../../analysis/analysis.ts";
import { type Html, html } from "../html.ts";
import { fixed, lengthText, percentText, plainNumber } from "../numbers.ts";
import { bar } from "../svg.ts";
import { table } from "../table.ts";
import { both, say } from "../words.ts";
import { namesOfKey } from "./figures.ts";

/** Ranges, probabilities and how many runs were tried. */
export function surePart({ confidence }: Analysis): Html {
  const { trials, probabilisticSharpe, deflatedSharpe, pbo, intervals } = confidence;
  return html`${table(
    say("confidence"),
    ["", say("value")],
    [
      [say("trials"), trials === null ? say("untold") : fixed(trials, 0)],
      [say("probabilistic"), percentText(probabilisticSharpe, 1)],
      [say("deflated"), percentText(deflatedSharpe, 1)],
      [say("pbo"), percentText(pbo, 1)],
    ],
  )}${
    intervals.length === 0
      ? ""
      : html`<p class="how">${say("intervalsHow")}</p>${table(
          say("interval"),
          [say("figure"), say("interval"), "", ""],
          intervals
            .slice(0, 40)
            .map(({ key, level, low, high }) => [
              both(namesOfKey(key)),
              percentText(level, 0),
              plainNumber(low),
              plainNumber(high),
            ]),
        )}`
  }`;
}

/** Round trips by profit, as bars. */
export function histogramPart({ trades }: Analysis): Html {
  const most = Math.max(1, ...trades.histogram.map((each) => each.trades));
  if (trades.histogram.length === 0) return html``;
  return html`<h3>${say("histogram")}</h3>${table(
    say("histogram"),
    [say("profit"), "", say("trips")],
    trades.histogram
      .slice(0, 60)
      .map((each) => [
        `${plainNumber(each.from)} … ${plainNumber(each.to)}`,
        { cell: bar(0, each.trades, { low: 0, high: most }, "total"), wide: true },
        fixed(each.trades, 0),
      ]),
  )}`;
}

/** How soon a fill was hedged. */
export function hedgePart({ hedge }: Analysis): Html {
  if (hedge === null) return html``;
  const most = Math.max(1, ...hedge.latencies.map(({ hedges }) => hedges));
  return html`${table(
    say("latency"),
    [say("quantile"), say("latency")],
    hedge.latencyMs.slice(0, 20).map(({ quantile, ms }) => [percentText(quantile, 0), lengthText(ms)]),
  )}${table(
    say("latency"),
    [say("upTo"), "", say("hedge")],
    hedge.latencies
      .slice(0, 60)
      .map(({ upToMs, hedges }) => [
        upToMs === null ? say("longer") : lengthText(upToMs),
        { cell: bar(0, hedges, { low: 0, high: most }, "total"), wide: true },
        fixed(hedges, 0),
      ]),
  )}`;
}
