// Strategy orders of the futures: several orders of which one drives another. New and thinly documented; untried.
import { decimalOrNull, decimalParam, id, idOrNull, wholeNumber } from "@bp/adapter";
import * as z from "zod";
import { positionSideParam, sideParam } from "../rest/futures/trade/orderParams.ts";
import { clientOrderIdParam, idParam, symbolParam } from "../rest/params.ts";
import * as words from "./enums.ts";
import { flagOrNull } from "./flag.ts";
import { orNull, unwrapped, wholeOrNull } from "./shapes.ts";

/** OTO: one triggers the other. OCO: one cancels the other. OTOCO: one triggers two of which one cancels the other. */
export const strategyParam = z.enum(["OTO", "OCO", "OTOCO"]);

const drivenOn = z.enum([
  "NEW",
  "PARTIALLY_FILLED_OR_FILLED",
  "FILLED",
  "CANCELED",
  "REPLACED",
  "STOPPED",
  "REJECTED",
  "EXPIRED",
]);
const trigger = z.enum(["PLACE_ORDER", "CANCEL_ORDER"]);

/** One of the orders. The id of ours is called `clientOrderId` here. */
export const subOrderFields = {
  /** `1`, `2`, `3`: the place in the list. */
  strategySubId: z.string().regex(/^[123]$/),
  /** `USDT_FUTURES` in requests; answers say `FUTURE`. */
  securityType: z.string().min(1),
  symbol: symbolParam,
  side: sideParam,
  positionSide: positionSideParam.optional(),
  type: z.string().min(1),
  quantity: decimalParam.optional(),
  price: decimalParam.optional(),
  stopPrice: decimalParam.optional(),
  timeInForce: z.enum(["GTC", "GTX", "HIDDEN"]).optional(),
  workingType: z.enum(["MARK_PRICE", "CONTRACT_PRICE"]).optional(),
  reduceOnly: z.boolean().optional(),
  closePosition: z.boolean().optional(),
  priceProtect: z.boolean().optional(),
  clientOrderId: clientOrderIdParam.optional(),
  activationPrice: decimalParam.optional(),
  callbackRate: decimalParam.optional(),
  /** `strategySubId` of the order that drives this one, on what event of it, and what then happens. */
  firstDrivenId: z.string().optional(),
  firstDrivenOn: drivenOn.optional(),
  firstTrigger: trigger.optional(),
  secondDrivenId: z.string().optional(),
  secondDrivenOn: drivenOn.optional(),
  secondTrigger: trigger.optional(),
};

/** Which strategy: by the venue's id or by ours, never both. */
export const whichStrategy = z
  .strictObject({
    strategyType: strategyParam,
    strategyId: idParam.optional(),
    clientStrategyId: z.string().min(1).optional(),
  })
  .refine(({ strategyId, clientStrategyId }) => (strategyId === undefined) !== (clientStrategyId === undefined), {
    message: "expected exactly one of strategyId and clientStrategyId",
  });
/** One strategy, by the venue's `strategyId` or by our `clientStrategyId`. */
export type WhichStrategy = z.infer<typeof whichStrategy>;

const head = {
  strategyId: id,
  clientStrategyId: orNull(z.string()),
  strategyType: orNull(z.string()),
  strategyStatus: z.string(), // NEW, WORKING, EXPIRED, OFFSET_CANCELLED: an open list
  updateTime: wholeOrNull, // ms
  failureCode: orNull(wholeNumber), // 0: none
  failureReason: orNull(z.string()),
};

const plain = z.object({ ...head, updatedSubOrder: wholeOrNull, updateStatus: orNull(z.string()) });
/** What became of a strategy that was placed or changed. */
export const strategy = unwrapped(plain);
/** A strategy, without its orders. */
export type Strategy = z.infer<typeof plain>;

const subOrder = z.object({
  strategyId: idOrNull,
  orderId: idOrNull,
  clientOrderId: orNull(z.string()),
  status: words.orderStatus,
  strategySubId: id,
  symbol: z.string(),
  side: words.side,
  positionSide: orNull(words.positionSide),
  type: orNull(words.orderType),
  timeInForce: orNull(words.timeInForce),
  quantity: decimalOrNull, // base
  price: decimalOrNull, // quote per base
  avgPrice: decimalOrNull,
  stopPrice: decimalOrNull,
  activatePrice: decimalOrNull,
  callbackRate: decimalOrNull, // percent
  workingType: orNull(words.workingType),
  reduceOnly: flagOrNull,
  closePosition: flagOrNull,
  priceProtect: flagOrNull,
  securityType: orNull(z.string()),
  triggerTime: wholeOrNull, // ms, 0: not yet
  firstDrivenId: idOrNull, // 0: none
  firstDrivenOn: orNull(z.string()), // empty: nothing
  firstTrigger: orNull(z.string()),
  secondDrivenId: idOrNull,
  secondDrivenOn: orNull(z.string()),
  secondTrigger: orNull(z.string()),
});
const whole = z.object({ ...head, bookTime: wholeOrNull, subOrders: z.array(subOrder) });
/** A strategy with its orders. */
export const strategyWithOrders = unwrapped(whole);
/** A strategy with its orders. */
export type StrategyWithOrders = z.infer<typeof whole>;
