// Stream `<symbol>@kline_<interval>`: the candle that is being made.
import { decimal, decimalOrNull, idOrNull, type Stream } from "@bp/adapter";
import * as z from "zod";
import type { KlineInterval } from "../wire/enums.ts";
import { wholeOrNull } from "../wire/shapes.ts";
import { event, symbol, time, timeOrNull } from "./fields.ts";
import { nameOf } from "./names.ts";

/** A candle, told again at each change until `x` is true. Every 250 ms on futures, every 2 s on spot. */
export const klineUpdate = z.object({
  e: event,
  E: timeOrNull, // ms
  s: symbol,
  k: z.object({
    t: time, // begins, ms
    T: time, // ends, ms; the last of its own
    i: z.string(), // interval
    f: idOrNull, // id of its first trade
    L: idOrNull, // id of its last trade
    o: decimal, // open, quote per base
    c: decimal, // close
    h: decimal, // high
    l: decimal, // low
    v: decimal, // volume, base
    q: decimalOrNull, // volume, quote
    V: decimalOrNull, // bought by takers, base
    Q: decimalOrNull, // bought by takers, quote
    n: wholeOrNull, // trades
    x: z.boolean(), // it is closed
  }),
});
/** A candle that is being made, or has just been closed (`k.x`). */
export type KlineUpdate = z.infer<typeof klineUpdate>;

/**
 * Candles of a market.
 *
 * @see https://docs.asterdex.com (kline streams)
 */
export function kline(market: string, interval: KlineInterval): Stream<KlineUpdate> {
  return { name: nameOf(market, `kline_${interval}`), private: false, quiet: true, data: klineUpdate };
}
