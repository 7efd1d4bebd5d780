// A comparison as one document that needs nothing else.
import type { Analysis } from "../analysis/analysis.ts";
import { chartPlace } from "../page/chart.ts";
import { type Html, html } from "../page/html.ts";
import { caution, decimalOf, lengthText, metricText, moneyText } from "../page/numbers.ts";
import { footer, squeezed } from "../page/page.ts";
import { groupNames, nameOf } from "../page/parts/figures.ts";
import { equitiesChart } from "../page/plots.ts";
import { documentOf, type PageOptions } from "../page/shell.ts";
import { table, toneOf } from "../page/table.ts";
import { both, say, words } from "../page/words.ts";
import type { Comparison } from "./compare.ts";
import { noiseSentence } from "./say.ts";
import { differenceText, isShortHere } from "./text.ts";

/**
 * Writes the first run beside up to four others: one document of at most 1 MiB, as `reportPage`.
 *
 * @param runs - the first, then the others, in the order of `comparisons`
 * @param comparisons - of the first with each of the others
 * @throws RangeError for other numbers of runs
 */
export function comparePage(
  runs: readonly Analysis[],
  comparisons: readonly Comparison[],
  options: PageOptions,
): string {
  const [first] = runs;
  if (first === undefined || runs.length > 5 || comparisons.length !== runs.length - 1 || comparisons.length === 0)
    throw new RangeError(`a comparison has 2 to 5 runs, not ${runs.length}`);
  const { quote } = first.meta;
  const names = runs.map((_, nth) => String.fromCharCode(65 + nth));
  const head = names.flatMap((name, nth) => (nth === 0 ? [name] : [name, `${name} − A`]));
  const title = runs.map(({ meta }) => meta.run.slice(0, 80)).join(" · ");
  return squeezed(1, ({ points, samples }) => {
    const chart = equitiesChart(
      "equities",
      runs.map((analysis, nth) => ({ name: `${names[nth]} ${analysis.meta.run}`, analysis })),
      points * 2,
    );
    const sections: { readonly key: keyof typeof words; readonly content: Html }[] = [
      { key: "equity", content: chartPlace(chart, samples, say("equitiesHow")) },
      { key: "split", content: splitTable(comparisons, head, quote) },
      {
        key: "figures",
        content: html`${metricTables(comparisons, head, quote)}<p class="how">${say("otherSamples")}</p>${comparisons.some(({ metrics }) => metrics.some(({ isShort }) => isShort)) ? html`<p class="how">${caution} ${say("tooShort")}</p>` : ""}`,
      },
    ];
    return documentOf(
      { en: `${title} · ${words.comparison.en}`, zh: `${title} · ${words.comparison.zh}` },
      sections.map(({ key }) => ({ id: key, name: say(key) })),
      html`<main id="content"><h1>${say("comparison")}</h1><dl class="runs">${runs.map(({ meta }, nth) => html`<div><dt>${names[nth]}</dt><dd>${meta.run} <span class="badge">${meta.mode}</span></dd></div>`)}</dl>${verdicts(comparisons, names, quote)}${sections.map(({ key, content }) => html`<section id="${key}"><h2>${say(key)}</h2>${content}</section>`)}</main>${footer}`,
      [chart],
      options,
    );
  });
}

function verdicts(comparisons: readonly Comparison[], names: readonly string[], quote: string): Html {
  const warnings = comparisons.flatMap((each, nth) =>
    each.warnings.slice(0, 40).map((said) => html`<li>${names[nth + 1]}: ${both(said)}</li>`),
  );
  return html`${warnings.length === 0 ? "" : html`<aside class="lacks"><h2>${say("notSame")}</h2><ul class="warnings">${warnings}</ul></aside>`}<section><h2>${say("noise")}</h2><ul>${comparisons.map(
    ({ noise }, nth) => html`<li>${names[nth + 1]} − A: ${both(noiseSentence(noise, quote))}</li>`,
  )}</ul></section>`;
}

function splitTable(comparisons: readonly Comparison[], head: readonly string[], quote: string): Html {
  const [first] = comparisons;
  const money = (text: string) => ({ cell: moneyText(text), tone: toneOf(decimalOf(text)?.toNumber()) });
  const rows = (first?.profit.parts ?? []).map(({ part, a }) => [
    say(part),
    money(a),
    ...comparisons.flatMap(({ profit }) => {
      const own = profit.parts.find((each) => each.part === part);
      return [money(own?.b ?? ""), money(own?.difference ?? "")];
    }),
  ]);
  const horizon = first?.profit.horizonMs ?? null;
  return html`${horizon === null ? "" : html`<p class="how">${say("after")} ${lengthText(horizon)}</p>`}${table(say("split"), [quote, ...head], rows)}`;
}

function metricTables(comparisons: readonly Comparison[], head: readonly string[], quote: string): Html {
  return html`${Object.entries(groupNames).map(([group, name]) => {
    const own = (comparisons[0]?.metrics ?? []).filter((each) => each.group === group).slice(0, 100);
    if (own.length === 0) return html``;
    const rows = own.map((metric) => [
      isShortHere(metric.key, comparisons) ? html`${nameOf(metric)} ${caution}` : nameOf(metric),
      metricText({ value: metric.a, unit: metric.unit }, quote),
      ...comparisons.flatMap(({ metrics }) => {
        const other = metrics.find(({ key }) => key === metric.key);
        return [metricText({ value: other?.b ?? null, unit: metric.unit }, quote), differenceText(other, quote)];
      }),
    ]);
    return html`<h3>${both(name)}</h3>${table(both(name), [say("figure"), ...head], rows)}`;
  })}`;
}
