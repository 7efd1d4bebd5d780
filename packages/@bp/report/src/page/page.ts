// The report of a run as one document that needs nothing else: charts, tables, and what it rests on.
import type { Analysis } from "../analysis/analysis.ts";
import { type Bounds, boundsFor, bytesOf, mostBytes } from "./bounds.ts";
import { type Chart, chartPlace } from "./chart.ts";
import { type Html, html } from "./html.ts";
import { lengthText, momentText } from "./numbers.ts";
import { aboutPart, lacksPart } from "./parts/about.ts";
import { figuresPart } from "./parts/figures.ts";
import { monthsPart } from "./parts/months.ts";
import { daysPart, drawdownsPart, fundingPart, tablesPart, tripsPart } from "./parts/rows.ts";
import { splitPart } from "./parts/split.ts";
import { hedgePart, histogramPart, surePart } from "./parts/sure.ts";
import { tilesPart } from "./parts/tiles.ts";
import { plotsOf } from "./plots.ts";
import { documentOf, type PageOptions } from "./shell.ts";
import { folded } from "./table.ts";
import { say, words } from "./words.ts";

export type { PageOptions } from "./shell.ts";

/** Runs on one page. */
const mostRuns = 12;

/**
 * Writes the report of one run, or of several below each other: a document of at most 1 MiB that opens without a network.
 * The same analysis and options give the same text.
 *
 * @param analyses - one, or up to 12
 * @throws RangeError for none, or more than 12
 */
export function reportPage(analyses: Analysis | readonly Analysis[], options: PageOptions): string {
  const runs = "meta" in analyses ? [analyses] : analyses;
  if (runs.length === 0 || runs.length > mostRuns)
    throw new RangeError(`a page has 1 to ${mostRuns} runs, not ${runs.length}`);
  return squeezed(runs.length, (bounds) => {
    const parts = runs.map((run, nth) => runPart(`r${nth}`, run, bounds));
    const names = runs.map(({ meta }) => meta.run.slice(0, 120)).join(", ");
    return documentOf(
      { en: `${names} · ${words.report.en}`, zh: `${names} · ${words.report.zh}` },
      runs.length === 1
        ? (parts[0]?.links ?? [])
        : runs.map(({ meta }, nth) => ({ id: `r${nth}`, name: html`${meta.run}` })),
      html`<main id="content">${parts.map(({ content }) => content)}</main>${footer}`,
      parts.flatMap(({ charts }) => charts),
      options,
    );
  });
}

/** Makes a page with less and less of everything until it is small enough. */
export function squeezed(runs: number, make: (bounds: Bounds) => string): string {
  for (let squeeze = 1; squeeze <= 1_024; squeeze *= 2) {
    const page = make(boundsFor(runs, squeeze));
    if (bytesOf(page) <= mostBytes) return page;
  }
  throw new RangeError("a page of these runs is above 1 MiB however little of them it shows");
}

/** What a page ends with. */
export const footer: Html = html`<footer><noscript><p>${say("chartsNeed")}</p></noscript><p class="keys">${say("keys")}</p><p>Charts: uPlot, © Leon Sorokin, MIT licence</p></footer>`;

interface RunPart {
  readonly content: Html;
  readonly charts: readonly Chart[];
  readonly links: readonly { readonly id: string; readonly name: Html }[];
}

function runPart(id: string, analysis: Analysis, bounds: Bounds): RunPart {
  const { meta, metrics, profit, tables, months, years, series, confidence } = analysis;
  const isShort = metrics.some(({ caution }) => caution === "short");
  const plots = plotsOf(id, analysis, bounds);
  const draw = (chart: Chart, how?: Html) => chartPlace(chart, bounds.samples, how);
  const sections: { readonly key: keyof typeof words; readonly content: Html }[] = [
    {
      key: "equity",
      content: html`${draw(plots.equity, say("equityHow"))}<h3>${say("underwater")}</h3>${draw(plots.underwater, say("underwaterHow"))}`,
    },
    { key: "split", content: splitPart(id, profit, meta.quote) },
    { key: "markouts", content: draw(plots.markouts, say("markoutsHow")) },
    {
      key: "prices",
      content: html`<p class="how">${say("pricesHow")}</p>${plots.markets.map(
        ({ price, inventory, every }, nth) =>
          html`<h3>${series.markets[nth]?.market}</h3>${draw(price, every > 1 ? html`${say("fillsEvery")} ${every}` : undefined)}${draw(inventory)}`,
      )}${series.markets.length > plots.markets.length ? html`<p class="how">+ ${series.markets.length - plots.markets.length} ${say("cut")}</p>` : ""}`,
    },
    {
      key: "months",
      content: html`${monthsPart(months, years)}${folded(say("days"), daysPart(analysis, bounds.rows))}`,
    },
    { key: "figures", content: figuresPart(metrics, meta.quote) },
    { key: "tables", content: tablesPart(tables, bounds.rows) },
    { key: "trips", content: html`${tripsPart(analysis, bounds.rows * 2)}${histogramPart(analysis)}` },
    { key: "drawdowns", content: drawdownsPart(analysis) },
    ...(analysis.funding.venues.length > 0
      ? [{ key: "fundings" as const, content: fundingPart(analysis, bounds.rows) }]
      : []),
    ...(analysis.hedge === null ? [] : [{ key: "hedge" as const, content: hedgePart(analysis) }]),
    ...(plots.rolling.length === 0
      ? []
      : [
          {
            key: "rolling" as const,
            content: html`<p class="how">${say("rollingHow")}: ${lengthText(series.rolling.windowMs)}${isShort ? html`. ${say("tooShort")}` : ""}</p>${plots.rolling.map((each) => draw(each))}`,
          },
        ]),
    {
      key: "confidence",
      content: html`${plots.cone === undefined ? "" : draw(plots.cone, say("coneHow"))}${surePart(analysis)}`,
    },
    { key: "about", content: aboutPart(meta, confidence.trials) },
  ];
  return {
    content: html`<h1 id="${id}">${meta.run} <span class="badge">${meta.mode}</span></h1><p class="sub">${meta.strategy ?? ""} · ${meta.markets.slice(0, 12).join(" ")} · ${momentText(meta.from)} – ${momentText(meta.to)} UTC</p>${tilesPart(analysis)}${lacksPart(meta)}${sections.map(
      ({ key, content }) => html`<section id="${id}-${key}"><h2>${say(key)}</h2>${content}</section>`,
    )}`,
    charts: [
      plots.equity,
      plots.underwater,
      plots.markouts,
      ...plots.markets.flatMap(({ price, inventory }) => [price, inventory]),
      ...plots.rolling,
      ...(plots.cone === undefined ? [] : [plots.cone]),
    ],
    links: sections.map(({ key }) => ({ id: `${id}-${key}`, name: say(key) })),
  };
}
