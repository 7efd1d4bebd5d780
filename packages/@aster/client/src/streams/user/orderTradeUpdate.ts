// Event `ORDER_TRADE_UPDATE` of a futures account: an order has changed or was filled.
import { decimal, decimalOrNull, id, idOrNull } from "@bp/adapter";
import * as z from "zod";
import { orderStatus, orderType, positionSide, side, timeInForce, word, workingType } from "../../wire/enums.ts";
import { flagOrNull } from "../../wire/flag.ts";
import { symbol, time, timeOrNull } from "../fields.ts";

/** What has become of an order. Prices quote per base, sizes base. Fills are one by (`o.s`, `o.t`). */
export const orderTradeUpdate = z.object({
  e: z.literal("ORDER_TRADE_UPDATE"),
  E: time, // when it left the venue, ms
  T: timeOrNull, // when it happened, ms
  o: z.object({
    s: symbol,
    c: z.string(), // client id; `autoclose-` and `adl_autoclose` are the venue's own
    S: side,
    o: orderType, // type
    f: timeInForce.nullish(),
    q: decimal, // size
    p: decimalOrNull, // price; 0 for a market order
    ap: decimalOrNull, // average price of the fills
    sp: decimalOrNull, // trigger price; means nothing on a trailing stop
    x: word, // NEW, CANCELED, CALCULATED (liquidation), EXPIRED, TRADE; an open list
    X: orderStatus,
    i: id, // order id
    l: decimalOrNull, // size of this fill
    z: decimal, // filled so far
    L: decimalOrNull, // price of this fill
    N: z.string().nullish(), // asset of the commission; missing where there is none
    n: decimalOrNull, // commission; a cost is above 0
    T: time, // when it happened, ms
    t: idOrNull, // trade id; "0" where it is no fill
    b: decimalOrNull, // notional of the open bids of the market, quote
    a: decimalOrNull, // notional of the open asks, quote
    m: z.boolean().nullish(), // ours rested
    R: flagOrNull, // reduce-only
    wt: workingType.nullish(),
    ot: orderType.nullish(), // type it was placed with
    ps: positionSide.nullish(),
    cp: flagOrNull, // closes the position
    AP: decimalOrNull, // activation price, trailing stops only
    cr: decimalOrNull, // callback rate, percent
    rp: decimalOrNull, // profit of this fill, quote, before the commission
  }),
});
/** An order of a futures account has changed or was filled; `o.x` says which. */
export type OrderTradeUpdate = z.infer<typeof orderTradeUpdate>;
