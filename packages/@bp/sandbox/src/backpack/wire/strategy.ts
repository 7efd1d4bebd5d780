// A strategy, live over REST and in the history.
import { lots, symbolOf } from "@bp/core";
import { money, size } from "../../text.ts";
import type { Times } from "../../times.ts";
import type { Strategy } from "../desks/strategies.ts";
import { naive } from "./dates.ts";

const preventions = {
  "reject-taker": "RejectTaker",
  "reject-maker": "RejectMaker",
  "reject-both": "RejectBoth",
} as const;

function common(strategy: Strategy): Record<string, unknown> {
  const { market } = strategy;
  return {
    strategyType: "Scheduled",
    id: strategy.id,
    clientStrategyId: strategy.clientStrategyId ?? null,
    executedQuantity: size(market, lots(strategy.filled)),
    executedQuoteQuantity: money(strategy.filledQuote),
    quantity: size(market, strategy.size),
    selfTradePrevention: preventions[strategy.prevention],
    status: strategy.status,
    side: strategy.side === "buy" ? "Bid" : "Ask",
    symbol: symbolOf(market.id),
    timeInForce: strategy.tif.toUpperCase(),
    duration: strategy.duration,
    interval: strategy.interval,
    randomizedIntervalQuantity: strategy.randomized,
    slippageTolerance: strategy.slippage?.tolerance ?? null,
    slippageToleranceType: strategy.slippage?.type ?? null,
  };
}

export const liveStrategy = (strategy: Strategy, times: Times): Record<string, unknown> => ({
  ...common(strategy),
  createdAt: times.toldMs(strategy.createdAt),
  reduceOnly: strategy.reduceOnly ? true : null,
});

export const pastStrategy = (strategy: Strategy, times: Times): Record<string, unknown> => ({
  ...common(strategy),
  createdAt: naive(times.toldMs(strategy.createdAt)),
  cancelReason: strategy.reason ?? null,
});
