// A comparison on the console.
import { plain } from "@bp/core";
import type { Analysis } from "../analysis/analysis.ts";
import { caution, lengthText, metricText, moneyText, unknown } from "../page/numbers.ts";
import { groupNames, namesOf } from "../page/parts/figures.ts";
import { words } from "../page/words.ts";
import { drawTable, titleLine } from "../text/block.ts";
import type { Look } from "../text/look.ts";
import type { ComparedMetric, Comparison } from "./compare.ts";
import { noiseSentence } from "./say.ts";

/**
 * The first run beside the others: warnings first, then every figure with its difference to the first, then whether it is noise.
 *
 * @param comparisons - of the first run with each of the others
 */
export function compareText(first: Analysis, comparisons: readonly Comparison[], look: Look): string {
  const { language } = look;
  const { quote } = first.meta;
  const names = ["A", ...comparisons.map((_, nth) => String.fromCharCode(66 + nth))];
  const legend = [first.meta.run, ...comparisons.map(({ b }) => b)].map((run, nth) => `  ${names[nth]}  ${plain(run)}`);
  const head = names.flatMap((name, nth) => (nth === 0 ? [name] : [name, `${name}−A`]));
  const warnings = comparisons.flatMap(({ warnings: said }, nth) =>
    said.map((each) => `  ! ${names[nth + 1]}: ${plain(each[language])}`),
  );
  const profit = comparisons[0]?.profit.parts.map(({ part, a }) => ({
    label: words[part][language],
    cells: [
      moneyText(a),
      ...comparisons.flatMap((each) => {
        const own = each.profit.parts.find((other) => other.part === part);
        return [moneyText(own?.b ?? ""), moneyText(own?.difference ?? "")];
      }),
    ],
  }));
  const groups = Object.entries(groupNames).flatMap(([group, name]) => {
    const rows = rowsOf(group, comparisons, quote, language);
    return rows.length === 0
      ? []
      : [`${titleLine(name[language], undefined, look)}\n${drawTable([words.figure[language], ...head], rows, look)}`];
  });
  const horizon = comparisons[0]?.profit.horizonMs ?? null;
  return [
    legend.join("\n"),
    ...(warnings.length === 0 ? [] : [warnings.join("\n")]),
    comparisons.map(({ noise }, nth) => `  ${names[nth + 1]}−A: ${noiseSentence(noise, quote)[language]}`).join("\n"),
    `${titleLine(words.split[language], horizon === null ? undefined : `${words.after[language]} ${lengthText(horizon)}`, look)}\n${drawTable([quote, ...head], profit ?? [], look)}`,
    ...groups,
    ...(comparisons.some(({ metrics }) => metrics.some(({ isShort }) => isShort))
      ? [`  ${caution} ${words.tooShort[language]}`]
      : []),
  ].join("\n\n");
}

function rowsOf(group: string, comparisons: readonly Comparison[], quote: string, language: Look["language"]) {
  const metrics = new Map<string, ComparedMetric>();
  for (const each of comparisons.flatMap((one) => one.metrics))
    if (each.group === group && !metrics.has(each.key)) metrics.set(each.key, each);
  return [...metrics.values()].map((metric) => ({
    label: `${plain(namesOf(metric)[language])}${isShortHere(metric.key, comparisons) ? ` ${caution}` : ""}`,
    cells: [
      metricText({ value: metric.a, unit: metric.unit }, quote),
      ...comparisons.flatMap((each) => {
        const own = each.metrics.find(({ key }) => key === metric.key);
        return [metricText({ value: own?.b ?? null, unit: metric.unit }, quote), differenceText(own, quote)];
      }),
    ],
  }));
}

/** Whether a figure is of a year, and one of the runs too short for that. */
export function isShortHere(key: string, comparisons: readonly Comparison[]): boolean {
  return comparisons.some(({ metrics }) => metrics.some((each) => each.key === key && each.isShort));
}

/** With its sign; of shares in points of a percent. `*`: the two are made of other samples. */
export function differenceText(metric: ComparedMetric | undefined, quote: string): string {
  if (metric === undefined || metric.difference === null) return unknown;
  const { difference, unit } = metric;
  const sign = difference > 0 ? "+" : "";
  const text = metricText({ value: difference, unit }, quote);
  return `${sign}${text}${metric.sameHow ? "" : " *"}`;
}
