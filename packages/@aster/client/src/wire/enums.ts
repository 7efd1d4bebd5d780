// Words of the venue. All lists are open but for the side: a word that is not known here is kept as it came.
import * as z from "zod";

/** The known words, or any other text. */
export type Open<W extends string> = W | (string & Record<never, never>);

const open = <W extends string>() => z.custom<Open<W>>((value) => typeof value === "string", "expected a word");

/** The one closed list: a side that we cannot read must not be guessed. */
export const side = z.enum(["BUY", "SELL"]);
/** `BUY` or `SELL`. */
export type WireSide = z.infer<typeof side>;

/** `BOTH` in one-way mode, `LONG` or `SHORT` in hedge mode. */
export const positionSide = open<"BOTH" | "LONG" | "SHORT">();

/** Words that an order's status is known to have. */
export type OrderStatus =
  | "NEW"
  | "PARTIALLY_FILLED"
  | "FILLED"
  | "CANCELED"
  | "REJECTED"
  | "EXPIRED"
  | "NEW_INSURANCE"
  | "NEW_ADL";
/** Not final: NEW and PARTIALLY_FILLED. Whatever starts with EXPIRED has ended (doubtful: `EXPIRED_IN_MATCH` may exist). */
export const orderStatus = open<OrderStatus>();

/** Words that an order's type is known to have. `LIQUIDATION` is seen on the user stream alone. */
export type OrderType =
  | "LIMIT"
  | "MARKET"
  | "STOP"
  | "STOP_MARKET"
  | "TAKE_PROFIT"
  | "TAKE_PROFIT_MARKET"
  | "TRAILING_STOP_MARKET"
  | "LIQUIDATION";
export const orderType = open<OrderType>();

/** `GTX` is post-only, `HIDDEN` does not show in the book; `RPI` is listed by the venue and not documented. */
export type TimeInForce = "GTC" | "IOC" | "FOK" | "GTX" | "HIDDEN" | "RPI";
export const timeInForce = open<TimeInForce>();

/** What a trigger price is compared with. */
export const workingType = open<"MARK_PRICE" | "CONTRACT_PRICE">();

/** Whose order ends when two of one account meet. */
export const stpMode = open<"EXPIRE_TAKER" | "EXPIRE_MAKER" | "EXPIRE_BOTH">();

/** `PERPETUAL`, or empty on markets that are not open yet. Trade the first alone. */
export const contractType = open<"PERPETUAL" | "">();

/** Trade `TRADING` alone. */
export const symbolStatus = open<"PENDING_TRADING" | "TRADING" | "PRE_SETTLE" | "SETTLING" | "CLOSE">();

/** Lower case on positions (`isolated`, `cross`), upper case elsewhere: compare `isIsolated`. */
export const marginType = open<"isolated" | "cross" | "ISOLATED" | "CROSSED">();

/** Why a balance changed. */
export const incomeType = open<
  | "TRANSFER"
  | "WELCOME_BONUS"
  | "REALIZED_PNL"
  | "FUNDING_FEE"
  | "COMMISSION"
  | "INSURANCE_CLEAR"
  | "MARKET_MERCHANT_RETURN_REWARD"
>();

/** Lengths of a candle, `1M` a month. */
export const klineInterval = z.enum([
  "1m",
  "3m",
  "5m",
  "15m",
  "30m",
  "1h",
  "2h",
  "4h",
  "6h",
  "8h",
  "12h",
  "1d",
  "3d",
  "1w",
  "1M",
]);
/** The length of a candle. */
export type KlineInterval = z.infer<typeof klineInterval>;

/** Whether a margin type means isolated, in whatever case the venue writes it here. */
export const isIsolated = (word: string): boolean => word.toLowerCase().startsWith("isolated");

/** A word of an open list without a list. */
export const word = z.string();
/** The same, missing or null. */
export const wordOrNull = z
  .string()
  .nullish()
  .transform((value) => value ?? null);
