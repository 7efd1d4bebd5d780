// All figures, group by group, with what each is made of.
import type { Metric, MetricGroup } from "../../analysis/metric.ts";
import { metricName } from "../../analysis/names.ts";
import { chineseOf } from "../../chinese/chinese.ts";
import { type Html, html } from "../html.ts";
import { caution, figureText } from "../numbers.ts";
import { table, toneOf } from "../table.ts";
import { type Both, both, say } from "../words.ts";

/** The names of the groups. */
export const groupNames: Readonly<Record<MetricGroup, Both>> = {
  return: { en: "Return", zh: "報酬" },
  risk: { en: "Risk", zh: "風險" },
  ratio: { en: "Ratios", zh: "比率" },
  trade: { en: "Trades", zh: "交易" },
  exposure: { en: "Exposure", zh: "曝險" },
  maker: { en: "Making markets", zh: "做市" },
  hedge: { en: "Hedging", zh: "對沖" },
  confidence: { en: "Confidence", zh: "可信度" },
};

/** Sums of money, whose sign is a gain or a loss. */
const signedUnits: ReadonlySet<Metric["unit"]> = new Set(["quote", "fraction"]);

/** A card a group. What all figures of a group are made of is said once, at its foot; what differs, behind the figure. */
export function figuresPart(metrics: readonly Metric[], quote: string): Html {
  const groups = Object.entries(groupNames)
    .map(([group, name]) => ({ name, metrics: metrics.filter((each) => each.group === group) }))
    .filter((each) => each.metrics.length > 0);
  return html`<div class="cards">${groups.map(({ name, metrics: own }) => {
    const hows = [...new Set(own.map(({ how }) => how))];
    const noteOf = (how: string) => String(hows.indexOf(how) + 1);
    return html`<section class="card"><h3>${both(name)}</h3>${table(
      both(name),
      [say("figure"), say("value")],
      own.map((each) => [
        hows.length > 1 ? html`${nameOf(each)} <sup>${noteOf(each.how)}</sup>` : nameOf(each),
        {
          cell: figureText(each, quote),
          tone: signedUnits.has(each.unit) && (each.value ?? 0) < 0 ? toneOf(each.value) : undefined,
        },
      ]),
    )}${own.some((each) => each.caution !== undefined) ? html`<p class="how">${caution} ${say("tooShort")}</p>` : ""}<ol class="how">${hows.map((how) => html`<li>${both({ en: how, zh: chineseOf(how) })}</li>`)}</ol></section>`;
  })}</div>`;
}

/** The name of a figure in both languages; one that is not ours keeps its own. */
export function nameOf(metric: Pick<Metric, "group" | "key" | "name">): Html {
  return both(namesOf(metric));
}

/** The same as text. */
export function namesOf({ group, key, name }: Pick<Metric, "group" | "key" | "name">): Both {
  const zh = metricName(group, key, "zh");
  return { en: name, zh: zh === key ? name : zh };
}

/** Of a figure that is known by its key alone. */
export function namesOfKey(key: string): Both {
  const groups = Object.keys(groupNames) as MetricGroup[]; // as declared
  const group = groups.find((each) => metricName(each, key, "zh") !== key);
  return group === undefined
    ? { en: key, zh: key }
    : { en: metricName(group, key, "en"), zh: metricName(group, key, "zh") };
}
