// Event `executionReport` of a spot account: an order has changed or was filled.
import { decimal, decimalOrNull, id, idOrNull } from "@bp/adapter";
import * as z from "zod";
import { orderStatus, orderType, side, timeInForce, word } from "../../wire/enums.ts";
import { symbol, time, timeOrNull } from "../fields.ts";

/** What has become of an order. Prices quote per base, sizes base. Fills are one by (`s`, `t`). */
export const executionReport = z.object({
  e: z.literal("executionReport"),
  E: time, // when it left the venue, ms
  s: symbol,
  c: z.string(), // client id
  S: side,
  o: orderType, // type
  f: timeInForce.nullish(),
  q: decimal, // size
  p: decimalOrNull, // price
  ap: decimalOrNull, // average price of the fills
  P: decimalOrNull, // trigger price
  x: word, // NEW, CANCELED, REJECTED, TRADE, EXPIRED; an open list
  X: orderStatus,
  i: id, // order id
  l: decimalOrNull, // size of this fill
  z: decimal, // filled so far
  L: decimalOrNull, // price of this fill
  n: decimalOrNull, // commission; a cost is above 0
  N: z.string().nullish(), // asset of the commission
  T: time, // when it happened, ms
  t: idOrNull, // trade id
  m: z.boolean().nullish(), // ours rested
  ot: orderType.nullish(), // type it was placed with
  O: timeOrNull, // when it was placed, ms; 0 was seen
  Z: decimalOrNull, // filled so far, quote
  Y: decimalOrNull, // this fill, quote; doubtful
  Q: decimalOrNull, // size asked for in quote
});
/** An order of a spot account has changed or was filled; `x` says which. */
export type ExecutionReport = z.infer<typeof executionReport>;
