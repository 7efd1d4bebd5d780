// Candles, equal in both services but for their last column.

import { decimal, wholeNumber } from "@bp/adapter";
import type { Decimal } from "@bp/core";
import * as z from "zod";

/** A candle. Times are ms, prices quote per base. The last one may still be open. */
export interface Kline {
  readonly openTime: number;
  readonly open: Decimal;
  readonly high: Decimal;
  readonly low: Decimal;
  readonly close: Decimal;
  /** Base. Means nothing on candles of an index or a mark price, like the four below. */
  readonly volume: Decimal;
  readonly closeTime: number;
  readonly quoteVolume: Decimal;
  readonly trades: number;
  /** Base, bought by takers. */
  readonly takerBase: Decimal;
  /** Quote, spent by takers who bought. */
  readonly takerQuote: Decimal;
}

/** An array of 11 columns (spot) or 12 (futures, the last one to be ignored); more are ignored too. */
const kline = z
  .tuple(
    [wholeNumber, decimal, decimal, decimal, decimal, decimal, wholeNumber, decimal, wholeNumber, decimal, decimal],
    z.unknown(),
  )
  .transform(
    ([openTime, open, high, low, close, volume, closeTime, quoteVolume, trades, takerBase, takerQuote]): Kline => ({
      openTime,
      open,
      high,
      low,
      close,
      volume,
      closeTime,
      quoteVolume,
      trades,
      takerBase,
      takerQuote,
    }),
  );

/** Candles, oldest first. */
export const candles = z.array(kline);

/** What candles cost; the venue gives 500 where no limit is named. */
export function klineWeight({ limit = 500 }: { readonly limit?: number | undefined }): number {
  return limit < 100 ? 1 : limit < 500 ? 2 : limit <= 1000 ? 5 : 10;
}
