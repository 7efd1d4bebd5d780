// A whole analysis as text for a person: what the page shows, without its charts.
import { Big } from "@bp/core";
import type { Analysis } from "../analysis/analysis.ts";
import type { Metric, MetricGroup } from "../analysis/metric.ts";
import { metricName } from "../analysis/names.ts";
import { type AnalysisWords, analysisWords } from "./analysisWords.ts";
import { drawLines, drawTable, type Row as Line, titleLine } from "./block.ts";
import type { Look } from "./look.ts";
import { dash, duration, gain, moment } from "./numbers.ts";

type Row = Parameters<typeof drawTable>[1][number];

const groups: readonly MetricGroup[] = ["return", "risk", "ratio", "trade", "exposure", "maker", "hedge", "confidence"];
/** Rows of a table that are shown; the JSON has all of them. */
const shown = 12;

/**
 * The full text form: what ran, every figure by group, where the profit came from, markouts, months, tables, drawdowns.
 *
 * @param language - `zh`: traditional
 * @param paint - default `plain`, for files and pipes
 */
export function analysisText(analysis: Analysis, language: "en" | "zh", paint: Look["paint"] = "plain"): string {
  const look: Look = { language, paint };
  const words = analysisWords[language];
  const part = (title: string, text: string) => `${titleLine(title, undefined, look)}\n${text}`;
  /** Without a line of headings. */
  const list = (rows: readonly Row[]) => table(["", ""], rows).split("\n").slice(1).join("\n");
  const table = (head: readonly string[], rows: readonly Row[]) => drawTable(head, rows, look);
  return [
    part(words.run, drawLines(aboutRows(analysis, words), look)),
    ...groups.flatMap((group) => {
      const metrics = analysis.metrics.filter((each) => each.group === group);
      return metrics.length === 0
        ? []
        : [part(words.groups[group], list(metrics.map((each) => metricRow(each, analysis.meta.quote, language))))];
    }),
    part(words.split, splitTable(analysis, words, table)),
    part(words.markouts, markoutTable(analysis, words, table)),
    part(
      words.months,
      table(
        [words.period, words.profit, words.return, words.fills],
        analysis.months.map((each) => ({
          label: each.period,
          cells: [gain(new Big(each.profit)), percent(each.return), String(each.fills)],
        })),
      ),
    ),
    ...analysis.tables
      .filter(({ rows }) => rows.length > 1)
      .map(({ by, rows }) =>
        part(
          words.by[by],
          table(
            ["", words.fills, words.volume, words.profit, words.fee, "30 s bps"],
            rows.slice(0, shown).map((each) => ({
              label: each.key,
              cells: [
                String(each.fills),
                each.volume.toFixed(2),
                gain(new Big(each.realized)),
                each.fees.toFixed(4),
                each.markout30Bps === null ? dash : each.markout30Bps.toFixed(2),
              ],
            })),
          ),
        ),
      ),
    part(
      words.drawdowns,
      table(
        [words.from, words.depth, words.lowest, words.recovered],
        analysis.drawdowns.map((each) => ({
          label: momentText(each.from),
          cells: [
            percent(each.depth),
            momentText(each.lowest),
            each.recovered === null ? dash : momentText(each.recovered),
          ],
        })),
      ),
    ),
  ].join("\n\n");
}

function aboutRows({ meta }: Analysis, words: AnalysisWords): readonly Line[] {
  const row = (label: string, text: string): Line => ({ label, cells: [{ key: "", text }] });
  const { capital } = meta;
  return [
    row(words.run, `${meta.run} (${meta.mode})`),
    ...(meta.strategy === null ? [] : [row(words.strategy, meta.strategy)]),
    row(words.market, meta.markets.join(" ")),
    row(words.from, momentText(meta.from)),
    row(words.to, momentText(meta.to)),
    row(words.length, duration((meta.to - meta.from) / 1_000)),
    row(
      words.capital,
      capital.from === "unknown" ? dash : `${capital.amount} ${meta.quote} (${words.capitalFrom[capital.from]})`,
    ),
    row(words.sampling, `${meta.sampleMs / 1_000} s`),
    ...(meta.seed === null ? [] : [row(words.seed, String(meta.seed))]),
    ...(meta.dataDigest === null ? [] : [row(words.data, meta.dataDigest)]),
    ...meta.models.map((each) => row(words.model, each)),
    ...meta.lacks.map((each) => row(words.lacks, each)),
    ...(meta.unconverted.length === 0 ? [] : [row(words.unconverted, meta.unconverted.join(" "))]),
  ];
}

function metricRow(metric: Metric, quote: string, language: "en" | "zh"): Row {
  return { label: metricName(metric.group, metric.key, language), cells: [metricText(metric, quote)] };
}

/** A figure as people read it. */
function metricText({ value, unit }: Metric, quote: string): string {
  if (value === null) return dash;
  switch (unit) {
    case "fraction":
      return `${(value * 100).toFixed(4)} %`;
    case "quote":
      return `${value.toFixed(4)} ${quote}`;
    case "quote-seconds":
      return `${value.toFixed(1)} ${quote}·s`;
    case "quote/base":
      return `${value.toFixed(6)} ${quote}`;
    case "bps":
      return `${value.toFixed(3)} bps`;
    case "count":
      return String(value);
    case "ms":
      return value < 60_000 ? `${(value / 1_000).toFixed(3)} s` : duration(value / 1_000);
    case "moment":
      return momentText(value);
    case "ratio":
      return value.toFixed(4);
  }
}

type Draw = (head: readonly string[], rows: readonly Row[]) => string;

function splitTable({ profit, meta }: Analysis, words: AnalysisWords, draw: Draw): string {
  const { selection } = profit;
  const same = (label: string, text: string): Row => ({ label, cells: selection.map(() => gain(new Big(text))) });
  return draw(
    [meta.quote, ...selection.map(({ horizonMs }) => `${horizonMs / 1_000} s`)],
    [
      same(words.spread, profit.spread),
      { label: words.adverse, cells: selection.map(({ adverse }) => gain(new Big(adverse).times(-1))) },
      { label: words.inventory, cells: selection.map(({ inventory }) => gain(new Big(inventory))) },
      same(words.carried, profit.carried),
      same(words.fee, new Big(profit.fees).times(-1).toFixed()),
      same(words.rebates, profit.rebates),
      same(words.feeDrift, profit.feeDrift),
      same(words.funding, profit.funding),
      same(words.equityChange, profit.equityChange),
      { label: words.residual, cells: selection.map(() => profit.residual) },
    ],
  );
}

function markoutTable({ markouts }: Analysis, words: AnalysisWords, draw: Draw): string {
  const sides = ["buy", "sell", "both"] as const;
  const [first] = sides.map((side) => markouts.filter((each) => each.side === side));
  return draw(
    ["bps", ...(first ?? []).map(({ horizonMs }) => `${horizonMs / 1_000} s`)],
    sides.map((side) => ({
      label: words.sides[side],
      cells: markouts
        .filter((each) => each.side === side)
        .map(({ bps, standardError }) =>
          bps === null ? dash : `${bps.toFixed(3)}${standardError === null ? "" : ` ± ${standardError.toFixed(3)}`}`,
        ),
    })),
  );
}

function percent(fraction: number | null): string {
  return fraction === null ? dash : `${(fraction * 100).toFixed(4)} %`;
}

const momentText = (at: number): string => moment(at as Parameters<typeof moment>[0]); // a moment of the analysis
