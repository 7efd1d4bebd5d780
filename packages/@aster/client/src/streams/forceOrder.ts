// Streams `<symbol>@forceOrder` and `!forceOrder@arr`, futures alone: liquidations.
import { decimal, decimalOrNull, type Stream } from "@bp/adapter";
import * as z from "zod";
import { orderStatus, orderType, side, timeInForce } from "../wire/enums.ts";
import { event, symbol, time, timeOrNull } from "./fields.ts";
import { nameOf, nameOfAll } from "./names.ts";

/** A liquidation: only the latest one of each market and second is told. */
export const forceOrderUpdate = z.object({
  e: event,
  E: timeOrNull, // ms
  o: z.object({
    s: symbol,
    S: side, // of the order that closes: SELL ends a long
    o: orderType.nullish(),
    f: timeInForce.nullish(),
    q: decimal, // size, base
    p: decimal, // price, quote per base
    ap: decimalOrNull, // average price
    X: orderStatus.nullish(),
    l: decimalOrNull, // size of the last fill, base
    z: decimalOrNull, // filled, base
    T: time, // ms
  }),
});
/** A liquidation: prices quote per base, sizes base. */
export type ForceOrderUpdate = z.infer<typeof forceOrderUpdate>;

/**
 * Liquidations of a market.
 *
 * @see https://docs.asterdex.com (liquidation order streams)
 */
export function forceOrder(market: string): Stream<ForceOrderUpdate> {
  return { name: nameOf(market, "forceOrder"), private: false, quiet: true, data: forceOrderUpdate };
}

/** Liquidations of all markets, one a frame. */
export function allForceOrders(): Stream<ForceOrderUpdate> {
  return { name: nameOfAll("forceOrder", "arr"), private: false, quiet: true, data: forceOrderUpdate };
}
