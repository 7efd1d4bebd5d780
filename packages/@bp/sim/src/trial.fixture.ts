// For the tests of this package: two markets that only a test moves, and short words for orders.
import {
  clientId,
  type Instrument,
  type InstrumentId,
  instrument,
  lots,
  millis,
  type PlaceOrder,
  type Side,
  ticks,
} from "@bp/core";
import type { AccountSketch, Exchange, ExchangeOptions, OrderRequest, PlaceResult, SimFact } from "./contract.ts";
import { createExchange } from "./exchange.ts";
import { type ScriptedMarket, scriptedMarket } from "./scripted.ts";

/** 2023-11-14T22:00:00Z, a whole hour. */
export const start = millis(1_699_999_200_000);

/** Fees 0.08 % / 0.1 %; one lot at one tick is 0.0001 USDC. */
export const spot: Instrument = instrument({
  id: "backpack:SOL_USDC",
  kind: "spot",
  base: "SOL",
  quote: "USDC",
  tickSize: "0.01",
  lotSize: "0.01",
  maker: "0.0008",
  taker: "0.001",
});

/** Fees 0.02 % / 0.05 %, initial margin 2 %, maintenance 1.25 %. */
export const perp: Instrument = instrument({
  id: "backpack:SOL_USDC_PERP",
  kind: "perp",
  base: "SOL",
  quote: "USDC",
  tickSize: "0.01",
  lotSize: "0.01",
});

export const alice: AccountSketch = { name: "alice", balances: { USDC: "10000", SOL: "50" } };
export const bob: AccountSketch = { name: "bob", balances: { USDC: "10000", SOL: "50" } };

/** An exchange, its hands, and everything it said. */
export interface Trial {
  readonly exchange: Exchange;
  readonly market: ScriptedMarket;
  readonly facts: SimFact[];
  /** Sends a limit order, good till cancelled, with what differs. */
  readonly limit: (who: string, side: Side, price: number, size: number, other?: Partial<OrderRequest>) => PlaceResult;
  /** Rests (or takes) anonymously. */
  readonly other: (side: Side, price: number, size: number, other?: Partial<OrderRequest>) => string | undefined;
  /** Types of the facts since the last call. */
  readonly heard: () => readonly string[];
}

export function trial(options: Partial<ExchangeOptions> = {}): Trial {
  const market = scriptedMarket([spot, perp]);
  const exchange = createExchange({ start, accounts: [alice, bob], market, ...options });
  const facts: SimFact[] = [];
  let told = 0;
  exchange.listen((fact) => facts.push(fact));
  return {
    exchange,
    market,
    facts,
    limit: (who, side, price, size, other) => exchange.place(who, order(spot.id, side, price, size, other)),
    other: (side, price, size, other) => market.hands.place(order(spot.id, side, price, size, other)),
    heard: () => {
      const types = facts.slice(told).map((fact) => fact.type);
      told = facts.length;
      return types;
    },
  };
}

/** A limit order, good till cancelled, with what differs. */
export function order(
  id: InstrumentId,
  side: Side,
  price: number,
  size: number,
  other: Partial<OrderRequest> = {},
): OrderRequest {
  return {
    instrument: id,
    side,
    type: "limit",
    price: ticks(price),
    size: lots(size),
    tif: "gtc",
    postOnly: false,
    reduceOnly: false,
    selfTradePrevention: "reject-taker",
    ...other,
  };
}

/** A market order. */
export function marketOrder(
  id: InstrumentId,
  side: Side,
  amount: { readonly size: number } | { readonly quoteSize: string },
  other: Partial<OrderRequest> = {},
): OrderRequest {
  return {
    instrument: id,
    side,
    type: "market",
    ...("size" in amount
      ? { size: lots(amount.size) }
      : { quoteSize: amount.quoteSize as OrderRequest["quoteSize"] & string }),
    tif: "ioc",
    postOnly: false,
    reduceOnly: false,
    selfTradePrevention: "reject-taker",
    ...other,
  };
}

/** The order of a result that was taken. */
export function taken(result: PlaceResult) {
  if (!result.ok) throw new Error(`refused: ${result.refusal}: ${result.text}`);
  return result.order;
}

/** What an account has of one asset. */
export function purse(
  exchange: Exchange,
  who: string,
  asset: string,
): { readonly total: string; readonly locked: string } {
  const found = exchange.balances(who).find((each) => each.asset === asset);
  return { total: found?.total ?? "0", locked: found?.locked ?? "0" };
}

/** A command of ours: post-only, with what differs. */
export const place = (
  id: number,
  instrument: InstrumentId,
  side: "buy" | "sell",
  price: number,
  size: number,
  other: Partial<PlaceOrder> = {},
): PlaceOrder => ({
  type: "order.place",
  clientId: clientId(id),
  instrument,
  slot: "test/slot",
  side,
  price: ticks(price),
  size: lots(size),
  tif: "gtx",
  reduceOnly: false,
  ...other,
});
