// What a person configures of the ladder, checked and made exact.
import { decimal } from "@bp/core";
import * as z from "zod";
import { duration, instrumentId, notNegative, positive, share } from "../params.ts";

/** What `ladder` takes. Money in quote as decimal text (plain numbers are taken too), times in ms. */
export const ladderParams = z.strictObject({
  /** `backpack:SOL_USDC`. */
  instrument: instrumentId,
  /** Budget of one ladder in quote: never more is spent and resting together in a cycle. */
  totalAmount: positive,
  /** Rungs. */
  orderCount: z.number().int().min(1).max(100),
  /** Distance from the first rung to the last one, in percent of the price. */
  maxDropPct: share,
  /** Each rung costs so many percent more than the one above it; 0: all the same. */
  incrementPct: notNegative,
  /** Profit that is sold at, in percent of the average cost. */
  takeProfitPct: positive,
  /** `net`: the profit is what is left after the fees of both sides. `gross`: fees are not counted. */
  tpMode: z.enum(["net", "gross"]).default("net"),
  /** How far below break-even a sale may trade, in percent; 0: never below it. */
  tpSlippagePct: notNegative.refine((text) => Number(text) < 100, { error: "must be below 100" }).default(decimal("0")),
  /** No rung is planned to cost less, in quote. */
  minOrderAmount: notNegative.default(decimal("10")),
  /** Prices are multiples of it, in quote; one finer than the market's counts for nothing. */
  priceStep: positive.optional(),
  /** Sizes are multiples of it, in base; one finer than the market's counts for nothing. */
  quantityStep: positive.optional(),
  /** No rung is smaller, in base; the market's own minimum holds in any case. */
  minQuantity: notNegative.optional(),
  /** Whether a new ladder follows a whole sale; without it the run is done then. */
  restartAfterTakeProfit: z.boolean().default(true),
  /** Pause before the new ladder. */
  restartDelayMs: duration.default(5_000),
  /** Whether a ladder of which nothing has filled follows the price. */
  reanchorOnNoFill: z.boolean().default(true),
  /** It follows no sooner than after so long, and only a price that has moved by a rung's step or more. */
  noFillRestartMs: duration.min(1).default(180_000),
  /**
   * What happens when the price falls below the lowest rung: `alert` tells, `hold` buys no more and waits for the profit,
   * `stop` sells everything, `trail` sells once the price is `dropTrailPct` below its highest since then. After such a sale
   * nothing is bought until a person resumes.
   */
  onMaxDrop: z.enum(["alert", "hold", "stop", "trail"]).default("alert"),
  /** See `onMaxDrop`; in percent. */
  dropTrailPct: share.default(decimal("1")),
  /** Instead of selling at the profit's price, sell when the price has come back by so many percent from its highest above it. Off when left out. */
  trailTakeProfitPct: share.optional(),
  /** Sell everything when the price is so many percent below the average cost; then as after `onMaxDrop`. Off when left out. */
  stopLossPct: share.optional(),
  /** How far below the bid an order that takes may trade, in percent. */
  slippagePct: share.default(decimal("0.5")),
  /** A book older than this is not traded on, in ms. */
  staleMs: duration.min(1).default(5_000),
});

/** Checked parameters of the ladder. */
export type LadderParams = z.output<typeof ladderParams>;
