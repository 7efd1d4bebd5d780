// Trades of everybody.
import { decimal, decimalOrNull, id, wholeNumber } from "@bp/adapter";
import * as z from "zod";
import { flag } from "./flag.ts";

/** A trade of the futures. */
export const futuresTrade = z.object({
  id,
  price: decimal, // quote per base
  qty: decimal, // base
  quoteQty: decimalOrNull, // quote
  time: wholeNumber, // ms
  isBuyerMaker: flag, // true: the taker sold
});
/** A trade of the futures: `qty` base, `quoteQty` quote. */
export type FuturesTrade = z.infer<typeof futuresTrade>;

/**
 * A trade of the spot markets. In the venue's examples `qty` is the **quote** amount and `baseQty` the base amount; whether it is
 * so live is doubtful. Use `baseQty` where it is not null.
 */
export const spotTrade = z.object({
  id,
  price: decimal, // quote per base
  qty: decimal,
  baseQty: decimalOrNull, // base
  time: wholeNumber, // ms
  isBuyerMaker: flag, // true: the taker sold
});
/** A trade of the spot markets: use `baseQty`; what `qty` is, is doubtful. */
export type SpotTrade = z.infer<typeof spotTrade>;

/** Fills of one taker order at one price, as one trade. */
export const aggTrade = z.object({
  a: id, // of the aggregate
  p: decimal, // price
  q: decimal, // size
  f: id, // first trade
  l: id, // last trade
  T: wholeNumber, // ms
  m: flag, // the buyer was the maker: the taker sold
});
/** Fills of one taker order at one price: `p` price, `q` size, `T` ms, `m` true where the taker sold. */
export type AggTrade = z.infer<typeof aggTrade>;
