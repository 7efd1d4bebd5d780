// What a person reads before real money moves.
import { type Instrument, notionalOf, priceText, sizeText, ticks } from "@bp/core";
import type { Preview } from "./preview.ts";
import type { Recipe } from "./wire-up.ts";

/** The plan, a line an element. */
export function planText(plan: {
  readonly instrument: Instrument;
  readonly recipe: Recipe;
  readonly preview: Preview;
  readonly findings: readonly string[];
  /** The unfinished run that goes on, if there is one. */
  readonly resumed: string | undefined;
}): readonly string[] {
  const { instrument, recipe, preview, findings, resumed } = plan;
  const { base, quote, fees } = instrument;
  const side = (price: number | undefined) => (price === undefined ? "empty" : priceText(instrument, ticks(price)));
  const percent = (fraction: string) => `${(Number(fraction) * 100).toFixed(4).replace(/\.?0+$/, "")} %`;
  return [
    `Plan for ${instrument.id}`,
    ...(resumed === undefined ? [] : [`  resumes   run ${resumed}, its orders and its position`]),
    `  market    ${instrument.state}, tick ${instrument.tickSize}, lot ${instrument.lotSize}, minimum ${sizeText(instrument, instrument.minSize)} ${base}`,
    `  fees      maker ${percent(fees.maker)}, taker ${percent(fees.taker)}`,
    `  book      bid ${side(preview.bid)}, ask ${side(preview.ask)}`,
    ...(preview.snapshot?.balances ?? [])
      .filter((each) => each.asset === base || each.asset === quote)
      .map((each) => `  balance   ${each.total} ${each.asset} (free ${each.free})`),
    `  limits    position ${recipe.limits.maxPosition ?? "by the funds"} ${base}, daily loss ${recipe.limits.dailyLoss ?? "none"}, drawdown ${recipe.limits.maxDrawdown ?? "none"}`,
    "  first orders:",
    ...preview.orders.map(
      (each) =>
        `    ${each.side.padEnd(4)} ${sizeText(instrument, each.size)} at ${priceText(instrument, each.price)} (${notionalOf(instrument, each.price, each.size).toFixed(2)} ${quote}, ${each.tif === "gtx" ? "post-only" : each.tif})`,
    ),
    ...(preview.orders.length === 0 ? ["    none yet: the market or the funds do not allow any"] : []),
    ...findings.map((each) => `  warning   ${each}`),
  ];
}
