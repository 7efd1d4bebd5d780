// The order object of both services.
import { decimal, decimalOrNull, id, wholeNumber } from "@bp/adapter";
import * as z from "zod";
import * as words from "./enums.ts";
import { flagOrNull } from "./flag.ts";
import { orNull, unwrapped, wholeOrNull } from "./shapes.ts";

const common = {
  /** Digits. */
  orderId: id,
  /** Ours, or made by the venue. */
  clientOrderId: z.string(),
  symbol: z.string(),
  side: words.side,
  status: words.orderStatus,
  /** Base. */
  origQty: decimal,
  /** Base, all that was executed so far; orders that ended CANCELED or EXPIRED may have some. `cumQty` is left out: it can be wrong. */
  executedQty: decimal,
  /** A conditional order may become LIMIT or MARKET when it is triggered (doubtful); `origType` stays. */
  type: orNull(words.orderType),
  origType: orNull(words.orderType),
  timeInForce: orNull(words.timeInForce),
  /** Quote per base; `0` on market types. */
  price: decimalOrNull,
  /** Quote per base; zero while nothing was executed. */
  avgPrice: decimalOrNull,
  /** Quote, all that was executed so far. */
  cumQuote: decimalOrNull,
  /** Quote per base; `0` where there is none. */
  stopPrice: decimalOrNull,
  /** Creation, ms; on reading calls only, as documented. */
  time: wholeOrNull,
  /** ms. */
  updateTime: wholeOrNull,
};

const futures = z.object({
  ...common,
  positionSide: orNull(words.positionSide),
  reduceOnly: flagOrNull,
  closePosition: flagOrNull,
  priceProtect: flagOrNull,
  workingType: orNull(words.workingType),
  /** Quote per base; trailing stops only. The request calls it `activationPrice`. */
  activatePrice: decimalOrNull,
  /** Percent; trailing stops only. The request calls it `callbackRate`. */
  priceRate: decimalOrNull,
  /** Transaction on the chain; seen live, not documented. */
  newChainData: orNull(z.object({ hash: z.string().nullish() })),
});

/** An order of the futures. */
export const futuresOrder = unwrapped(futures);
/** An order of the futures: ids and decimals are text, times ms; what the venue left out is null. */
export type FuturesOrder = z.infer<typeof futures>;

const spot = z.object({ ...common, orderListId: orNull(wholeNumber) });

/** An order of the spot markets. */
export const spotOrder = unwrapped(spot);
/** An order of the spot markets: ids and decimals are text, times ms; what the venue left out is null. */
export type SpotOrder = z.infer<typeof spot>;
