// What stands on each line of a ladder, as text: what is drawn, and by which one knows whether it must be drawn anew.
import type { MarketNow, Moment } from "../../contract/index.ts";
import { levelSize, number, price } from "../format.ts";
import type { PaneWords } from "../words/en.ts";
import { type ChipPart, chipParts } from "./chip.ts";
import { depth, type LadderRow, type LadderRows, ladderRows, type OwnOrder } from "./rows.ts";
import { beliefIn, touchNow } from "./touch.ts";

/** An own order on its line. */
export interface Chip {
  readonly own: OwnOrder;
  readonly parts: readonly ChipPart[];
}

/** A price of a side. */
export interface Line {
  readonly side: "bid" | "ask";
  /** Empty where the side has no more. */
  readonly price: string;
  /** Empty where the book has no level. */
  readonly size: string;
  /** Of the largest level shown, 0 to 1. */
  readonly share: number;
  readonly chips: readonly Chip[];
}

/** A figure with its name; `alarm`: a word that warns. */
export type Said = { readonly quiet: string } | { readonly figure: string } | { readonly alarm: string };

/** Between the sides. */
export interface TouchLine {
  readonly mid: string;
  readonly spread: readonly Said[];
  readonly prints: readonly Said[];
}

/** All of it, as it stands on the screen. */
export interface Picture {
  /** `depth` of them, the best at the bottom. */
  readonly asks: readonly Line[];
  readonly touch: TouchLine;
  /** `depth` of them, the best at the top. */
  readonly bids: readonly Line[];
  /** Nothing quotes from this book. */
  readonly isDoubtful: boolean;
}

/** It, and the own orders that no line is left for. */
export interface PictureNow extends Pick<LadderRows, "beyondAsks" | "beyondBids"> {
  readonly picture: Picture;
}

/** @param now - by the market's clock */
export function pictureOf(market: MarketNow, now: Moment, words: PaneWords): PictureNow {
  const { bids, asks, beyondAsks, beyondBids } = ladderRows(market);
  const { belief } = beliefIn(market, now);
  const lines = (side: Line["side"], rows: readonly LadderRow[]) =>
    Array.from({ length: depth }, (_, line) => lineOf(side, rows[side === "bid" ? line : depth - 1 - line], market));
  const picture: Picture = {
    asks: lines("ask", asks),
    touch: touchLine(market, words),
    bids: lines("bid", bids),
    isDoubtful: belief === "invalid" || belief === "none",
  };
  return { picture, beyondAsks, beyondBids };
}

function lineOf(side: Line["side"], row: LadderRow | undefined, { tickSize, lotSize }: MarketNow): Line {
  if (row === undefined) return { side, price: "", size: "", share: 0, chips: [] };
  return {
    side,
    price: price(row.price, tickSize),
    size: levelSize(row.size, lotSize),
    share: row.share,
    chips: row.own.map((own) => ({ own, parts: chipParts(own) })),
  };
}

function touchLine(market: MarketNow, words: PaneWords): TouchLine {
  const { tickSize, kind, last, mark } = market;
  const { mid, spread, spreadBps, crossed } = touchNow(market);
  const quiet = (text: string): Said => ({ quiet: text });
  const figure = (text: string): Said => ({ figure: text });
  return {
    mid: price(mid, tickSize),
    spread: [
      quiet(`${words["ladder.spread"]} `),
      figure(number(spread)),
      quiet(" · "),
      figure(number(spreadBps)),
      quiet(" bps"),
      ...(crossed ? [{ alarm: ` ${words["ladder.crossed"]}` }] : []),
    ],
    prints: [
      quiet(`${words["ladder.last"]} `),
      figure(price(last, tickSize)),
      ...(kind === "spot" ? [] : [quiet(`   ${words["ladder.mark"]} `), figure(price(mark, tickSize))]),
    ],
  };
}
