// POST /api/v1/strategy: an order in slices of time.
import { decimalParam } from "@bp/adapter";
import * as z from "zod";
import { clientIdParam } from "../../wire/clientId.ts";
import { type Strategy, strategy } from "../../wire/strategy.ts";
import type { Endpoint } from "../endpoint.ts";

/** What is to be traded, and over how long. */
export const createStrategyParams = z.strictObject({
  strategyType: z.literal("Scheduled"),
  symbol: z.string().min(1),
  side: z.enum(["Bid", "Ask"]),
  /** Base, the whole. */
  quantity: decimalParam.optional(),
  /** Quote per base. */
  price: decimalParam.optional(),
  /** ms, the whole. */
  duration: z.int().min(1).optional(),
  /** ms between two orders. */
  interval: z.int().min(1).optional(),
  randomizedIntervalQuantity: z.boolean().optional(),
  postOnly: z.boolean().optional(),
  reduceOnly: z.boolean().optional(),
  selfTradePrevention: z.enum(["RejectTaker", "RejectMaker", "RejectBoth"]).optional(),
  timeInForce: z.enum(["GTC", "IOC", "FOK"]).optional(),
  /** Our own number. */
  clientStrategyId: clientIdParam.optional(),
  slippageTolerance: decimalParam.optional(),
  slippageToleranceType: z.enum(["TickSize", "Percent"]).optional(),
  /** Spot margin: lend the proceeds. */
  autoLend: z.boolean().optional(),
  /** Spot margin: take back what is lent, if needed. */
  autoLendRedeem: z.boolean().optional(),
  /** Spot margin: borrow, if needed. */
  autoBorrow: z.boolean().optional(),
  /** Spot margin: repay a borrow with the proceeds. */
  autoBorrowRepay: z.boolean().optional(),
});
/** Parameters of `rest.strategies.create`. */
export type CreateStrategyParams = z.infer<typeof createStrategyParams>;

/**
 * `POST /api/v1/strategy`, instruction `strategyCreate`. Sent once, like an order. Left out: `brokerId`, which is an option of the client.
 *
 * @see https://docs.backpack.exchange/#tag/Strategy/operation/strategy_create
 */
export const create: Endpoint<CreateStrategyParams, Strategy> = {
  method: "POST",
  path: "/api/v1/strategy",
  instruction: "strategyCreate",
  params: createStrategyParams,
  answer: strategy,
  lane: "trade",
  broker: true,
};
