// An order of the futures as it goes out.
import { decimalParam } from "@bp/adapter";
import * as z from "zod";
import { clientOrderIdParam, symbolParam } from "../../params.ts";

/** What may be wished of an order's life. `GTX` is post-only: would it take, it ends without a fill. */
export const timeInForceParam = z.enum(["GTC", "IOC", "FOK", "GTX", "HIDDEN"]);
/** In one-way mode leave it out or say BOTH; in hedge mode LONG or SHORT. */
export const positionSideParam = z.enum(["BOTH", "LONG", "SHORT"]);
/** `BUY` or `SELL`. */
export const sideParam = z.enum(["BUY", "SELL"]);
/** Whose order ends when two of this account meet. */
export const stpModeParam = z.enum(["EXPIRE_TAKER", "EXPIRE_MAKER", "EXPIRE_BOTH"]);

/** What the batch takes too. */
export const commonOrderFields = {
  symbol: symbolParam,
  side: sideParam,
  type: z.enum(["LIMIT", "MARKET", "STOP", "STOP_MARKET", "TAKE_PROFIT", "TAKE_PROFIT_MARKET", "TRAILING_STOP_MARKET"]),
  positionSide: positionSideParam.optional(),
  /** LIMIT needs one; STOP and TAKE_PROFIT are GTC without. */
  timeInForce: timeInForceParam.optional(),
  /** Base, a multiple of the step. */
  quantity: decimalParam.optional(),
  /** Quote per base, a multiple of the tick: of `tickSize`, which is not `10^-pricePrecision`. */
  price: decimalParam.optional(),
  /** One-way mode only, and not with `closePosition`. */
  reduceOnly: z.boolean().optional(),
  /** Our own id; always send one, and never the same twice: it is the only way to find an order whose answer was lost. */
  newClientOrderId: clientOrderIdParam.optional(),
  /** Quote per base; STOP, STOP_MARKET, TAKE_PROFIT, TAKE_PROFIT_MARKET. */
  stopPrice: decimalParam.optional(),
  /** Quote per base; trailing stops, the last price if left out. */
  activationPrice: decimalParam.optional(),
  /** Percent; trailing stops, 0.1 to 4 (single orders to 5, by one table of the venue). */
  callbackRate: decimalParam
    .refine((percent) => Number(percent) >= 0.1 && Number(percent) <= 4, "expected 0.1 to 4 percent")
    .optional(),
  /** What `stopPrice` is compared with; CONTRACT_PRICE if left out. */
  workingType: z.enum(["MARK_PRICE", "CONTRACT_PRICE"]).optional(),
  /** No trigger while mark and last price are further apart than the market's `triggerProtect`. */
  priceProtect: z.boolean().optional(),
  /** `RESULT` waits for the first match: a refused post-only order shows at once. `ACK` (the default) always says NEW. */
  newOrderRespType: z.enum(["ACK", "RESULT"]).optional(),
};

/** Only single orders have these. */
export const singleOrderFields = {
  /** Closes the whole position when triggered; STOP_MARKET and TAKE_PROFIT_MARKET, without quantity. */
  closePosition: z.boolean().optional(),
  /** LIMIT: the price is taken from the book once. */
  pegPriceType: z.enum(["COUNTERPARTY_1", "QUEUE_1"]).optional(),
  /** A multiple of the tick; 0 or below for BUY, 0 or above for SELL. */
  pegOffset: decimalParam.optional(),
  /** Instead of the account's own; agents (V3) only. */
  stpMode: stpModeParam.optional(),
  /** Address of somebody who gets an extra fee. Never filled in by this package. */
  builder: z.string().min(1).optional(),
  /** The extra fee, a fraction, at most what you have approved for this builder. */
  feeRate: decimalParam.optional(),
};

type Fields = z.infer<z.ZodObject<typeof commonOrderFields & typeof singleOrderFields>>;

const needed: Readonly<Record<Fields["type"], readonly (keyof Fields)[]>> = {
  LIMIT: ["timeInForce", "quantity", "price"],
  MARKET: ["quantity"],
  STOP: ["quantity", "price", "stopPrice"],
  STOP_MARKET: ["stopPrice"],
  TAKE_PROFIT: ["quantity", "price", "stopPrice"],
  TAKE_PROFIT_MARKET: ["stopPrice"],
  TRAILING_STOP_MARKET: ["callbackRate", "quantity"],
};

/** Refuses what the venue would refuse, where it costs nothing. */
export function checkOrder(order: Partial<Fields>, context: z.core.$RefinementCtx): void {
  const refuse = (key: keyof Fields, message: string) => context.addIssue({ code: "custom", path: [key], message });
  const { type, closePosition = false, reduceOnly = false, positionSide = "BOTH", pegPriceType } = order;
  if (type === undefined) return;
  for (const key of needed[type])
    if (order[key] === undefined && !(key === "price" && pegPriceType !== undefined)) refuse(key, `${type} needs it`);
  if (closePosition) {
    if (type !== "STOP_MARKET" && type !== "TAKE_PROFIT_MARKET") refuse("closePosition", `${type} cannot have it`);
    if (order.quantity !== undefined) refuse("quantity", "not together with closePosition");
    if (reduceOnly) refuse("reduceOnly", "not together with closePosition");
  } else if (order.quantity === undefined && needed[type].every((key) => key !== "quantity"))
    refuse("quantity", `${type} needs it, or closePosition`);
  if (reduceOnly && positionSide !== "BOTH") refuse("reduceOnly", "not in hedge mode: side and positionSide say it");
}
