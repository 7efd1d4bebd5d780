// Which charts a run gets.
import type { Analysis } from "../analysis/analysis.ts";
import type { MarketSeries } from "../analysis/points.ts";
import type { Bounds } from "./bounds.ts";
import { type Chart, type ChartLine, lineChart } from "./chart.ts";
import { short, thinned } from "./thin.ts";
import { type Both, words } from "./words.ts";

/** The charts of a run by where they stand. */
export interface Plots {
  readonly equity: Chart;
  readonly underwater: Chart;
  readonly cone: Chart | undefined;
  readonly markouts: Chart;
  readonly markets: readonly { readonly price: Chart; readonly inventory: Chart; readonly every: number }[];
  readonly rolling: readonly Chart[];
}

/** @param id - begins the ids of all, unique on the page */
export function plotsOf(id: string, { meta, series, markouts, confidence }: Analysis, bounds: Bounds): Plots {
  const { points } = bounds;
  const { quote } = meta;
  const percent = (line: { readonly at: readonly number[]; readonly value: readonly number[] }) => ({
    at: line.at,
    value: line.value.map((each) => each * 100),
  });
  const rolling = (["volatility", "sharpe", "sortino", "beta"] as const).map((key) =>
    lineChart(
      `${id}-${key}`,
      words[key],
      key === "volatility" ? "%" : "",
      key === "volatility" ? percent(series.rolling[key]) : series.rolling[key],
      Math.ceil(points / 4),
    ),
  );
  return {
    equity: lineChart(`${id}-equity`, words.equity, quote, series.equity, points),
    underwater: lineChart(`${id}-underwater`, words.underwater, "%", percent(series.drawdown), points, "area", 1),
    cone: coneChart(`${id}-cone`, confidence.cone, quote),
    markouts: markoutChart(`${id}-markouts`, markouts),
    markets: series.markets.slice(0, bounds.markets).map((each, nth) => ({
      price: priceChart(`${id}-price-${nth}`, each, bounds),
      inventory: lineChart(
        `${id}-inventory-${nth}`,
        named(words.position, each.market),
        each.base,
        each.inventory,
        Math.ceil(points / 2),
        "step",
        2,
      ),
      every: each.fillsEvery,
    })),
    rolling: rolling.filter(({ at }) => at.length > 0),
  };
}

const named = ({ en, zh }: Both, market: string): Both => ({ en: `${en} ${cut(market)}`, zh: `${zh} ${cut(market)}` });
const cut = (name: string) => name.slice(0, 80);

function priceChart(id: string, { market, quote, price, fills }: MarketSeries, { points, marks }: Bounds): Chart {
  const chart = lineChart(id, named(words.price, market), quote, price, Math.ceil(points / 2));
  const step = Math.max(1, Math.ceil(fills.at.length / marks));
  const picked = fills.at.flatMap((at, nth) =>
    nth % step === 0 && Number.isFinite(at) && Number.isFinite(fills.price[nth]) ? [nth] : [],
  );
  return {
    ...chart,
    marks: {
      at: picked.map((nth) => fills.at[nth] ?? 0),
      value: picked.map((nth) => short(fills.price[nth] ?? 0)),
      side: picked.map((nth) => ((fills.size[nth] ?? 0) > 0 ? 1 : -1)),
      maker: picked.map((nth) => fills.maker[nth] ?? 0),
    },
  };
}

function markoutChart(id: string, markouts: Analysis["markouts"]): Chart {
  const at = [...new Set(markouts.map(({ horizonMs }) => horizonMs))]
    .filter((each) => each >= 1)
    .toSorted((a, b) => a - b)
    .slice(0, 40);
  const pick = (side: "buy" | "sell" | "both", of: "bps" | "standardError") =>
    at.map((horizon) => {
      const value = markouts.find((each) => each.side === side && each.horizonMs === horizon)?.[of] ?? null;
      return value === null || !Number.isFinite(value) ? null : short(value);
    });
  const line = (name: Both, side: "buy" | "sell" | "both", colour: number): ChartLine => ({
    name,
    value: pick(side, "bps"),
    colour,
    error: pick(side, "standardError").map((each) => (each === null ? null : 2 * each)),
  });
  return {
    id,
    title: words.markouts,
    unit: "bps",
    across: "log",
    at,
    lines: [line(words.all, "both", 0), line(words.buy, "buy", 2), line(words.sell, "sell", 3)],
  };
}

function coneChart(id: string, cone: Analysis["confidence"]["cone"], quote: string): Chart | undefined {
  if (cone === null || cone.at.length === 0) return undefined;
  const middle = (cone.quantiles.length - 1) / 2;
  return {
    id,
    title: words.cone,
    unit: quote,
    across: "time",
    at: cone.at.slice(0, 400),
    lines: cone.quantiles.slice(0, 9).map(({ quantile, value }, nth) => {
      const name = `${Number((quantile * 100).toPrecision(4))} %`;
      return {
        name: { en: name, zh: name },
        value: value.slice(0, 400).map((each) => (Number.isFinite(each) ? short(each) : null)),
        colour: nth === middle ? 0 : 4,
      };
    }),
  };
}

/** The equity of several runs on one chart, as what each earned since it began; runs of other times are moved to where the first begins. */
export function equitiesChart(
  id: string,
  runs: readonly { readonly name: string; readonly analysis: Analysis }[],
  most: number,
): Chart {
  const [first] = runs;
  const { from = 0, to = 0 } = first?.analysis.meta ?? {};
  const each = runs.slice(0, 5).map(({ name, analysis: { meta, series } }) => {
    const apart = Math.abs(meta.from - from) > (to - from) / 10;
    const line = thinned(series.equity, Math.ceil(most / runs.length));
    return {
      name: cut(name),
      at: apart ? line.at.map((moment) => moment - meta.from + from) : line.at,
      value: line.value,
    };
  });
  const at = [...new Set(each.flatMap((line) => line.at))].toSorted((a, b) => a - b);
  const lines = each.map(({ name, ...line }, nth): ChartLine => {
    const [began = 0] = line.value;
    let place = -1;
    return {
      name: { en: name, zh: name },
      value: at.map((moment) => {
        while (place + 1 < line.at.length && (line.at[place + 1] ?? 0) <= moment) place += 1;
        const isOver = place === line.at.length - 1 && moment > (line.at[place] ?? 0);
        return place < 0 || isOver ? null : short((line.value[place] ?? 0) - began);
      }),
      colour: nth,
    };
  });
  return { id, title: words.equity, unit: first?.analysis.meta.quote ?? "", across: "time", at, lines };
}
