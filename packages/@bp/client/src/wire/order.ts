// The order object, in the two forms that the venue has for it.

import { decimal, decimalOrNull, id, idOrNull } from "@bp/adapter";
import * as z from "zod";
import { clientIdOrNull } from "./clientId.ts";
import * as words from "./enums.ts";
import { milliseconds, utcText } from "./time.ts";

const common = {
  /** Opaque. */
  id,
  clientId: clientIdOrNull,
  symbol: z.string(),
  side: words.side,
  orderType: words.orderType,
  status: words.orderStatus,
  timeInForce: words.timeInForce.nullish(),
  selfTradePrevention: words.selfTradePrevention.nullish(),
  /** Base; null on a market order by quote amount, `0` on a waiting trigger order. */
  quantity: decimalOrNull,
  /** Quote; filled in by the venue also when `quantity` was sent. */
  quoteQuantity: decimalOrNull,
  /** Quote per base; null on a market order. */
  price: decimalOrNull,
  postOnly: z.boolean().nullish(),
  triggerBy: words.triggerBy.nullish(),
  triggerPrice: decimalOrNull,
  /** A number or a percentage, `80%`. */
  triggerQuantity: z.union([z.string(), z.number()]).nullish(),
  takeProfitTriggerPrice: decimalOrNull,
  takeProfitTriggerBy: words.triggerBy.nullish(),
  takeProfitLimitPrice: decimalOrNull,
  stopLossTriggerPrice: decimalOrNull,
  stopLossTriggerBy: words.triggerBy.nullish(),
  stopLossLimitPrice: decimalOrNull,
  strategyId: idOrNull,
  slippageTolerance: decimalOrNull,
  slippageToleranceType: words.slippageToleranceType.nullish(),
};

/** An order as the live endpoints tell it. There is no fee and no average price in it: read the fills. */
export const order = z.object({
  ...common,
  /** ms. */
  createdAt: milliseconds,
  /** Base, all that was executed so far. */
  executedQuantity: decimal,
  /** Quote, all that was executed so far. */
  executedQuoteQuantity: decimal,
  /** null: no. */
  reduceOnly: z.boolean().nullish(),
  relatedOrderId: idOrNull,
  /** ms. */
  triggeredAt: milliseconds.nullish(),
});
/** An order of the live endpoints: `createdAt` in ms, sizes in base, all executions so far in it. */
export type Order = z.infer<typeof order>;

/** An order of the history; may lag behind the live endpoints. */
export const pastOrder = z.object({
  ...common,
  /** UTC, no zone. */
  createdAt: utcText,
  executedQuantity: decimalOrNull,
  executedQuoteQuantity: decimalOrNull,
  expiryReason: words.expiryReason.nullish(),
  systemOrderType: words.systemOrderType.nullish(),
});
/** An order of the history: `createdAt` is text in UTC without a zone (`fromUtcText`), most figures may be missing. */
export type PastOrder = z.infer<typeof pastOrder>;
