// The few figures that one looks at first.
import type { Analysis } from "../../analysis/analysis.ts";
import { type Html, html } from "../html.ts";
import { decimalOf, fixed, metricText, percentText, signed, unknown } from "../numbers.ts";
import { toneOf } from "../table.ts";
import { say } from "../words.ts";
import { nameOf } from "./figures.ts";

/** Keys of figures that are shown at the top where a run has them. */
const first = ["total-return", "max-drawdown", "sharpe", "volume", "maker-share", "win-rate"];

interface Tile {
  readonly name: Html;
  readonly text: string;
  readonly tone: ReturnType<typeof toneOf>;
  /** Instead of a figure. */
  readonly why?: Html;
}

/** The change of equity first, how many configurations were tried last: a figure without it says nothing. */
export function tilesPart({ meta, metrics, profit, confidence }: Analysis): Html {
  const change = decimalOf(profit.equityChange);
  const tiles: readonly Tile[] = [
    {
      name: say("equityChange"),
      text: `${signed(change?.toNumber(), 2)} ${meta.quote}`,
      tone: toneOf(change?.toNumber()),
    },
    ...first.flatMap((key) => {
      const metric = metrics.find((each) => each.key === key);
      return metric === undefined
        ? []
        : metric.caution === undefined
          ? [{ name: nameOf(metric), text: metricText(metric, meta.quote), tone: undefined }]
          : [{ name: nameOf(metric), text: unknown, tone: undefined, why: say("tooShortTile") }];
    }),
    { name: say("fills"), text: fixed(meta.fills, 0), tone: undefined },
    ...(confidence.trials === null
      ? []
      : [
          {
            name: say("trials"),
            text:
              confidence.trials > 1 && confidence.deflatedSharpe !== null
                ? `${fixed(confidence.trials, 0)} (DSR ${percentText(confidence.deflatedSharpe, 1)})`
                : fixed(confidence.trials, 0),
            tone: undefined,
          },
        ]),
  ];
  return html`<dl class="tiles">${tiles.map(({ name, text, tone, why }: Tile) => html`<div><dt>${name}</dt><dd${tone === undefined ? "" : html` class="${tone}"`}>${text}${why === undefined ? "" : html` <small>${why}</small>`}</dd></div>`)}</dl>`;
}
