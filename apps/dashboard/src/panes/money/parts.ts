// How the net result comes about: parts that add up to it, and markouts as bars.
import type { MoneyNow, Text } from "../../contract/index.ts";
import { forDrawing, minus, plus } from "../decimal.ts";

/** Where a part of the result comes from. `market`: what prices did to what was held, after the spread was earned. */
export type Source = "spread" | "market" | "fees" | "feeDrift" | "funding";

/** A part of the result, quote; negative: it cost that. */
export interface Part {
  readonly source: Source;
  readonly amount?: Text;
  /** Of the largest part, -1 to 1. */
  readonly share: number;
}

/** Parts in the order in which they come about; they add up to `net`. */
export function sourcesOf({ realized, unrealized, spread, fees, feeDrift, funding }: MoneyNow): readonly Part[] {
  const amounts: readonly (readonly [Source, Text | undefined])[] = [
    ["spread", spread],
    ["market", minus(plus(realized, unrealized), spread)],
    ["fees", minus("0", fees)],
    ...(feeDrift === undefined ? [] : [["feeDrift", feeDrift] as const]),
    ["funding", funding],
  ];
  const largest = Math.max(...amounts.map(([, amount]) => Math.abs(forDrawing(amount))));
  return amounts.map(([source, amount]) => ({
    source,
    ...(amount === undefined ? {} : { amount }),
    share: largest > 0 ? forDrawing(amount) / largest : 0,
  }));
}

/** One horizon's bar. */
export interface MarkoutBar {
  readonly horizonMs: number;
  readonly bps?: number;
  readonly fills: number;
  /** Of the longest bar, -1 to 1; left out: not known, which is no bar and not a bar of nothing. */
  readonly share?: number;
}

/** Bars on one scale, which never shows less than one hundredth of a percent as the full length. */
export function markoutBars(markouts: MoneyNow["markouts"]): readonly MarkoutBar[] {
  const longest = Math.max(1, ...markouts.map(({ bps = 0 }) => Math.abs(bps)));
  return markouts
    .toSorted((a, b) => a.horizonMs - b.horizonMs)
    .map(({ horizonMs, bps, fills }) =>
      bps === undefined ? { horizonMs, fills } : { horizonMs, bps, fills, share: bps / longest },
    );
}
