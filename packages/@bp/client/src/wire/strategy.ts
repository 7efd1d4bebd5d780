// The venue's own time-sliced orders, in the two forms that it has for them.
import { decimal, decimalOrNull, id } from "@bp/adapter";
import * as z from "zod";
import { clientIdOrNull } from "./clientId.ts";
import * as words from "./enums.ts";
import { milliseconds, utcText } from "./time.ts";

const common = {
  strategyType: words.open<"Scheduled">(),
  id,
  clientStrategyId: clientIdOrNull, // our own number
  symbol: z.string(),
  side: words.side,
  status: words.open<"Running" | "Completed" | "Cancelled" | "Terminated">(),
  timeInForce: words.timeInForce.nullish(), // of its orders
  selfTradePrevention: words.selfTradePrevention.nullish(),
  duration: z.number().nullish(), // ms, the whole
  interval: z.number().nullish(), // ms between two orders
  randomizedIntervalQuantity: z.boolean().nullish(),
  slippageTolerance: decimalOrNull,
  slippageToleranceType: words.slippageToleranceType.nullish(),
};

/** A strategy as the live endpoints tell it. Its orders and fills carry its id as `strategyId`. */
export const strategy = z.object({
  ...common,
  createdAt: milliseconds, // ms
  quantity: decimal, // base
  executedQuantity: decimal, // base, all so far
  executedQuoteQuantity: decimal, // quote, all so far
  reduceOnly: z.boolean().nullish(),
});
/** A strategy of the live endpoints: sizes base, times ms. */
export type Strategy = z.infer<typeof strategy>;

/** A strategy of the history. */
export const pastStrategy = z.object({
  ...common,
  createdAt: utcText, // UTC, no zone
  quantity: decimalOrNull, // base
  executedQuantity: decimalOrNull, // base
  executedQuoteQuantity: decimalOrNull, // quote
  cancelReason: z.string().nullish(), // `InsufficientFunds`, `PriceOutOfBounds`, ...; open
});
/** A strategy of the history: `createdAt` is text in UTC without a zone. */
export type PastStrategy = z.infer<typeof pastStrategy>;
