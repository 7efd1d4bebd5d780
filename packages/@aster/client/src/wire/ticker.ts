// Prices and figures of a day.
import { decimal, decimalOrNull, idOrNull, wholeNumber } from "@bp/adapter";
import * as z from "zod";
import { orNull, wholeOrNull } from "./shapes.ts";

/** The last 24 hours of a market. Bid, ask and assets come with spot markets only. */
export const dayTicker = z.object({
  symbol: z.string(),
  priceChange: decimalOrNull, // quote per base
  priceChangePercent: decimalOrNull, // percent: -95.96 is -95.96 %
  weightedAvgPrice: decimalOrNull,
  prevClosePrice: decimalOrNull, // missing on live futures
  lastPrice: decimal,
  lastQty: decimalOrNull,
  openPrice: decimalOrNull,
  highPrice: decimalOrNull,
  lowPrice: decimalOrNull,
  volume: decimal, // base
  quoteVolume: decimal, // quote
  openTime: wholeOrNull, // ms
  closeTime: wholeOrNull, // ms
  firstId: idOrNull,
  lastId: idOrNull,
  count: wholeOrNull, // trades
  bidPrice: decimalOrNull,
  bidQty: decimalOrNull,
  askPrice: decimalOrNull,
  askQty: decimalOrNull,
  baseAsset: orNull(z.string()),
  quoteAsset: orNull(z.string()),
});
/** The last 24 hours of a market; `priceChangePercent` is percent, volumes base and quote. */
export type DayTicker = z.infer<typeof dayTicker>;

/** The price of the last trade. */
export const priceTicker = z.object({
  symbol: z.string(),
  price: decimal, // quote per base
  time: wholeOrNull, // ms
});
/** The price of the last trade. */
export type PriceTicker = z.infer<typeof priceTicker>;

/** The touch. */
export const touchTicker = z.object({
  symbol: z.string(),
  bidPrice: decimal,
  bidQty: decimal, // base
  askPrice: decimal,
  askQty: decimal,
  time: wholeOrNull, // ms
  lastUpdateId: orNull(wholeNumber), // seen live, not documented; same sequence as the depth
});
/** Best bid and ask with their sizes. */
export type BookTicker = z.infer<typeof touchTicker>;
