// How the maker's prices came about, for a person to read: the same functions as the quotes, told step by step.
import type { Lots, View } from "@bp/core";
import { minus, plus, toNumber } from "../fraction.ts";
import { touchOf } from "../touch.ts";
import type { MakerParams } from "./params.ts";
import { ladderOf } from "./quotes.ts";
import { scaleOf } from "./scale.ts";
import type { Sense } from "./sense.ts";
import { stanceOf } from "./stance.ts";

/** One pricing of the maker; all of one moment. Prices in ticks. */
export interface Pricing {
  /** Before the lean; may have a fraction. */
  readonly raw: { readonly buy: number; readonly sell: number };
  /** Net position in lots, what it is weighed with (0 to 1), and what is subtracted from both prices, in ticks. */
  readonly skew: { readonly position: Lots; readonly factor: number; readonly offset: number };
  /** The first buy and the first sell; `undefined` where the market allows none. */
  readonly adjusted: { readonly buy: number | undefined; readonly sell: number | undefined };
  /** Perpetuals, in lots: where reduction begins, and the cap. */
  readonly line: Lots;
  readonly cap: Lots;
}

/**
 * What the quotes would be now; `undefined` while the market or the position is unknown.
 *
 * @param sense - `MakerMemory.sense`: what the strategy has measured; a spread model has no answer without it
 */
export function pricingOf(view: View, params: MakerParams, sense?: Sense): Pricing | undefined {
  const touch = touchOf(view, params);
  const held = view.position(params.instrument);
  if (touch === undefined || held === undefined) return undefined;
  const instrument = view.instrument(params.instrument);
  const scale = scaleOf(params, instrument);
  const leaning = instrument.kind === "perp" ? held : 0;
  const stance = stanceOf(view.book(params.instrument), touch, params, scale, instrument, leaning, sense);
  if (stance === undefined) return undefined;
  const { centre, half, lean } = stance;
  const { buys, sells } = ladderOf(touch, scale, instrument, stance);
  return {
    raw: { buy: toNumber(minus(centre, half)), sell: toNumber(plus(centre, half)) },
    skew: { position: held, factor: toNumber(scale.skew), offset: toNumber(lean) },
    adjusted: { buy: buys[0], sell: sells[0] },
    line: scale.line,
    cap: scale.cap,
  };
}
