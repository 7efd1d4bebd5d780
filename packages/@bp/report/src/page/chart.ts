// A chart as the page's script draws it, and as a table for those without.
import { type Html, html } from "./html.ts";
import { momentText, plainNumber } from "./numbers.ts";
import { folded, table } from "./table.ts";
import { short, thinned } from "./thin.ts";
import { type Both, both, say } from "./words.ts";

/** One line. */
export interface ChartLine {
  readonly name: Both;
  readonly value: readonly (number | null)[];
  /** `step` holds until the next point; `dots` has no line. Default `line`. */
  readonly kind?: "line" | "area" | "step" | "dots";
  /** Place in the palette, 0 to 4. */
  readonly colour: number;
  /** Half of an error bar, for each point. */
  readonly error?: readonly (number | null)[];
}

/** Fills as triangles over a chart. */
export interface Marks {
  readonly at: readonly number[];
  readonly value: readonly number[];
  /** 1 bought, −1 sold. */
  readonly side: readonly number[];
  /** 1 rested, 0 took. */
  readonly maker: readonly number[];
}

/** What one chart shows. */
export interface Chart {
  readonly id: string;
  readonly title: Both;
  /** What the values are, after each: `%`, `USDC`. */
  readonly unit: string;
  /** `time`: ms since 1970, drawn in UTC; `log`: lengths of time in ms, 1 and above. */
  readonly across: "time" | "log";
  readonly at: readonly number[];
  readonly lines: readonly ChartLine[];
  readonly marks?: Marks;
}

/** A chart of one line over time. */
export function lineChart(
  id: string,
  title: Both,
  unit: string,
  points: { readonly at: readonly number[]; readonly value: readonly number[] },
  most: number,
  kind: "line" | "area" | "step" = "line",
  colour = 0,
): Chart {
  const { at, value } = thinned(points, most);
  return { id, title, unit, across: "time", at, lines: [{ name: title, value: value.map(short), kind, colour }] };
}

/**
 * Its place on the page, with a table of some of its values. Without points there is nothing to show.
 *
 * @param samples - rows of that table, 2 or more
 */
export function chartPlace(chart: Chart, samples: number, how?: Html): Html {
  if (chart.at.length === 0) return html`<p class="how">${say("none")}</p>`;
  const { title, across, at, lines } = chart;
  const step = Math.max(1, (at.length - 1) / (samples - 1));
  const picked = [...new Set(Array.from({ length: Math.min(samples, at.length) }, (_, nth) => Math.round(nth * step)))];
  const rows = picked.map((place) => [
    across === "time" ? momentText(at[place] ?? null) : plainNumber(at[place] ?? null),
    ...lines.map(({ value }) => plainNumber(value[place] ?? null)),
  ]);
  return html`<figure><div class="chart" data-chart="${chart.id}" data-en="${title.en}" data-zh="${title.zh}" tabindex="0" role="img" aria-label="${title.en}"></div>${how === undefined ? "" : html`<figcaption class="how">${how}</figcaption>`}${folded(
    html`${say("numbers")}: ${both(title)}`,
    table(both(title), [say(across === "time" ? "when" : "horizon"), ...lines.map(({ name }) => both(name))], rows),
  )}</figure>`;
}

/** As it is written into the page: moments as steps from each to the next, which takes a third of the room. */
export function chartJson(chart: Chart): object {
  const steps = (at: readonly number[]) => at.map((each, nth) => (nth === 0 ? each : each - (at[nth - 1] ?? 0)));
  const { marks, at, ...rest } = chart;
  return { ...rest, at: steps(at), ...(marks === undefined ? {} : { marks: { ...marks, at: steps(marks.at) } }) };
}
