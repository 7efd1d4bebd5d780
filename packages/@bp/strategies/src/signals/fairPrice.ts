// The fair price by the name that a configuration gives it.
import type { BookView } from "@bp/core";
import type { Touch } from "../touch.ts";
import { band, type Depth } from "./depth.ts";
import { depthImbalance, imbalanceFair } from "./imbalance.ts";
import { type StoikovTable, stoikovPrice } from "./stoikov.ts";
import { vamp } from "./vamp.ts";
import { weightedTouch } from "./weightedTouch.ts";

/** A fair price that looks at the touch or deeper. */
export type FairPrice =
  /** The middle of the touch. */
  | { readonly name: "mid" }
  /** The touch weighted by the sizes of the other side. */
  | { readonly name: "weighted" }
  /** The mid moved by the imbalance of a band: `reach` in ticks from the mid, `strength` 0 to 1. */
  | { readonly name: "imbalance"; readonly reach: number; readonly strength: number }
  /** The volume-adjusted mid of a band: `reach` in ticks from the mid. */
  | { readonly name: "vamp"; readonly reach: number }
  /** By a table of `learnStoikov`. */
  | { readonly name: "stoikov"; readonly table: StoikovTable };

/** Levels a side that are looked at, at most. */
const most = 200;

/**
 * The fair price of a book by the method that is named.
 *
 * @param book - whose touch it is; read where the name looks deeper
 * @returns ticks, with a fraction; never outside bid and ask
 */
export function fairPrice(how: FairPrice, touch: Touch, book: Pick<BookView, "levels">): number {
  const [bid, ask] = [touch.bid[0], touch.ask[0]];
  const mid = (bid + ask) / 2;
  switch (how.name) {
    case "mid":
      return mid;
    case "weighted":
      return weightedTouch(touch);
    case "stoikov":
      return stoikovPrice(how.table, touch);
    case "imbalance": {
      const { bids, asks } = bandOf(book, mid, how.reach);
      return imbalanceFair(bid, ask, depthImbalance(bids, asks), how.strength);
    }
    case "vamp": {
      const { bids, asks } = bandOf(book, mid, how.reach);
      return Math.min(ask, Math.max(bid, vamp(bids, asks) ?? mid));
    }
  }
}

function bandOf(
  book: Pick<BookView, "levels">,
  mid: number,
  reach: number,
): { readonly bids: Depth; readonly asks: Depth } {
  return {
    bids: band(book.levels("bid", most), mid, reach),
    asks: band(book.levels("ask", most), mid, reach),
  };
}
