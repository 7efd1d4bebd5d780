// Orders in slices of time: what is left is spread over the intervals that are left, in exchange time.
import { type Instrument, type Lots, lots, type Millis, random, sizeToBig } from "@bp/core";
import type { OrderRequest, PlaceResult, Refusal, SimFact } from "@bp/sim";
import { Big } from "big.js";
import type { House } from "../../house.ts";
import type { Member } from "../accounts.ts";
import type { OrderNote } from "../notes.ts";

/** What was asked for. */
export interface Schedule {
  readonly market: Instrument;
  readonly size: Lots;
  /** ms of exchange time. */
  readonly duration: number;
  readonly interval: number;
  readonly randomized: boolean;
  readonly clientStrategyId: number | undefined;
  readonly reduceOnly: boolean;
  readonly prevention: OrderRequest["selfTradePrevention"];
  readonly tif: OrderRequest["tif"];
  readonly slippage: OrderNote["slippage"];
  /** One slice as an order. */
  slice(size: Lots): { readonly request: OrderRequest; readonly note: OrderNote };
  readonly side: OrderRequest["side"];
}

export type StrategyStatus = "Running" | "Completed" | "Cancelled" | "Terminated";

export interface Strategy extends Schedule {
  readonly id: string;
  readonly account: string;
  readonly createdAt: Millis;
  readonly endsAt: number;
  status: StrategyStatus;
  /** In the venue's words. */
  reason: string | undefined;
  filled: number;
  filledQuote: Big;
}

export interface StrategyDesk {
  create(member: Member, schedule: Schedule): Strategy | "duplicate-client-id";
  /** Ends it and what rests of it. */
  cancel(strategy: Strategy): void;
  /** Oldest first, ended ones too. */
  of(account: string): readonly Strategy[];
  hear(fact: SimFact): void;
}

const reasons: Readonly<Partial<Record<Refusal, string>>> = {
  "no-funds": "InsufficientFunds",
  "no-margin": "InsufficientMargin",
  "bad-price": "InvalidPrice",
  "bad-size": "InvalidQuantity",
  "reduce-only": "ReduceOnlyNotReduced",
};

/** @param place - hands a slice to the exchange */
export function createStrategyDesk(
  house: House,
  strategyOf: (orderId: string) => string | undefined,
  place: (member: Member, request: OrderRequest, note: OrderNote) => PlaceResult,
): StrategyDesk {
  const { exchange, agenda } = house;
  const all: Strategy[] = [];
  const byId = new Map<string, Strategy>();
  let ids = 59_669_290_001;

  const resting = (strategy: Strategy) =>
    exchange.openOrders(strategy.account, strategy.market.id).filter((order) => strategyOf(order.id) === strategy.id);

  const end = (strategy: Strategy, status: StrategyStatus, reason?: string) => {
    if (strategy.status !== "Running") return;
    strategy.status = status;
    strategy.reason = reason;
    for (const { id } of resting(strategy)) exchange.cancel(strategy.account, { instrument: strategy.market.id, id });
  };

  const step = (member: Member, strategy: Strategy, due: Millis) => {
    if (strategy.status !== "Running") return;
    const working = resting(strategy).reduce((sum, order) => sum + (order.size ?? 0) - order.filled, 0);
    const left = strategy.size - strategy.filled - working;
    const slices = Math.max(1, Math.ceil((strategy.endsAt - due) / strategy.interval));
    const { minSize } = strategy.market;
    if (left >= minSize) {
      let size = left;
      if (slices > 1) {
        const share = left / slices;
        const swing = strategy.randomized
          ? 0.8 + 0.4 * random(Number(strategy.id) + strategy.filled + slices).next()
          : 1;
        size = Math.min(left, Math.max(minSize, Math.floor(share * swing)));
        if (left - size < minSize) size = left;
      }
      const { request, note } = strategy.slice(lots(size));
      const result = place(member, request, { ...note, strategyId: strategy.id });
      if (!result.ok && result.refusal !== "would-take") {
        end(strategy, "Terminated", reasons[result.refusal] ?? "Unknown");
        return;
      }
    }
    if (strategy.filled >= strategy.size) end(strategy, "Completed");
    else if (slices > 1) agenda.at(due + strategy.interval, (next) => step(member, strategy, next));
    else
      agenda.at(strategy.endsAt, () =>
        strategy.filled >= strategy.size ? end(strategy, "Completed") : end(strategy, "Terminated", "Expired"),
      );
  };

  return {
    create: (member, schedule) => {
      const { clientStrategyId } = schedule;
      const twin = all.some(
        (each) =>
          each.account === member.name && each.status === "Running" && each.clientStrategyId === clientStrategyId,
      );
      if (clientStrategyId !== undefined && twin) return "duplicate-client-id";
      const now = exchange.now();
      const strategy: Strategy = {
        ...schedule,
        id: String(ids++),
        account: member.name,
        createdAt: now,
        endsAt: now + schedule.duration,
        status: "Running",
        reason: undefined,
        filled: 0,
        filledQuote: new Big(0),
      };
      all.push(strategy);
      byId.set(strategy.id, strategy);
      if (all.length > 10_000) byId.delete(all.shift()?.id ?? "");
      step(member, strategy, now);
      return strategy;
    },
    cancel: (strategy) => end(strategy, "Cancelled"),
    of: (account) => all.filter((each) => each.account === account),
    hear: (fact) => {
      if (fact.type !== "order-filled") return;
      const strategy = byId.get(strategyOf(fact.order.id) ?? "");
      if (strategy === undefined) return;
      const { size, price } = fact.fill;
      strategy.filled += size;
      strategy.filledQuote = strategy.filledQuote.plus(
        sizeToBig(strategy.market, size).times(price).times(strategy.market.tickSize),
      );
      // the exchange is in the middle of telling: what follows comes right after
      if (strategy.filled >= strategy.size) agenda.at(exchange.now(), () => end(strategy, "Completed"));
    },
  };
}
