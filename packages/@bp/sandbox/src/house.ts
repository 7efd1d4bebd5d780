// What every endpoint and every stream of one simulated exchange shares: the exchange, the clock it is told by, and what
// a venue knows beside its books (candles, settled funding, which orders were its own).
import { BpError, type Instrument, type InstrumentId, type Millis, symbolOf } from "@bp/core";
import type { Exchange, SimFact } from "@bp/sim";
import type { Agenda } from "./agenda.ts";
import { type Bars, createBars } from "./bars.ts";
import type { Times } from "./times.ts";

/** A rate that was settled. */
interface FundingStamp {
  readonly rate: number;
  /** Exchange time of the end of the interval. */
  readonly at: Millis;
}

const mostStamps = 10_000; // what one page of funding rates can hold

export interface House {
  readonly exchange: Exchange;
  readonly times: Times;
  /** Market of a symbol, as it is now. */
  market(symbol: string): Instrument | undefined;
  marketOf(id: InstrumentId): Instrument;
  markets(): readonly Instrument[];
  bars(id: InstrumentId, of?: "Last" | "Mark" | "Index"): Bars;
  /** Settled funding rates, oldest first. */
  stamps(id: InstrumentId): readonly FundingStamp[];
  /** Whether the venue itself sent this order, to liquidate. */
  isSystem(orderId: string): boolean;
  /** Sum of the long positions of all accounts, in lots. */
  openInterest(id: InstrumentId): number;
  /** Exchange ms that orders which may take wait before they match. */
  readonly takerDelayMs: number;
  /** What the venue does by itself, in exchange time. */
  readonly agenda: Agenda;
  /** Exchange ms per ms of the wall clock; 1 where there is no fixed speed. */
  readonly rate: number;
}

/** @param speed - exchange ms per wall ms, 1 where there is no fixed one */
export function createHouse(
  exchange: Exchange,
  times: Times,
  speed: number,
  takerDelayMs: number,
  agenda: Agenda,
): House {
  const markets = new Map<string, Instrument>(exchange.instruments.map((market) => [symbolOf(market.id), market]));
  const charts = new Map<string, Bars>();
  const settled = new Map<InstrumentId, FundingStamp[]>();
  const running = new Map<InstrumentId, { readonly rate: number; readonly fundingAt: Millis }>();
  const systemOrders = new Set<string>();
  let liquidated = "";
  const bars: House["bars"] = (id, of = "Last") => {
    const key = `${of} ${id}`;
    let found = charts.get(key);
    if (found === undefined) {
      found = createBars();
      charts.set(key, found);
    }
    return found;
  };
  const stamps = (id: InstrumentId) => {
    let found = settled.get(id);
    if (found === undefined) {
      found = [];
      settled.set(id, found);
    }
    return found;
  };
  const hear = (fact: SimFact) => {
    if (fact.type === "trade") bars(fact.instrument).add(times.toldMs(fact.at), fact.price, fact.size, fact);
    else if (fact.type === "liquidation") liquidated = `${fact.at} ${fact.account} ${fact.instrument} ${fact.side}`;
    else if (fact.type === "order-filled") {
      const { order, fill } = fact;
      const taken = order.type === "market" && order.reduceOnly && fill.liquidity === "taker";
      if (taken && liquidated === `${fact.at} ${fact.account} ${order.instrument} ${order.side}`)
        systemOrders.add(order.id);
    } else if (fact.type === "instrument") markets.set(symbolOf(fact.instrument.id), fact.instrument);
    else if (fact.type === "mark") {
      bars(fact.instrument, "Mark").add(times.toldMs(fact.at), fact.mark, 0);
      bars(fact.instrument, "Index").add(times.toldMs(fact.at), fact.index, 0);
      const before = running.get(fact.instrument);
      if (before !== undefined && before.fundingAt < fact.fundingAt) {
        const past = stamps(fact.instrument);
        past.push({ rate: before.rate, at: before.fundingAt });
        if (past.length > mostStamps) past.shift();
      }
      running.set(fact.instrument, { rate: fact.fundingRate, fundingAt: fact.fundingAt });
    }
  };
  exchange.listen(hear);
  return {
    exchange,
    times,
    takerDelayMs,
    agenda,
    rate: speed,
    market: (symbol) => markets.get(symbol),
    marketOf: (id) => {
      const found = markets.get(symbolOf(id));
      if (found === undefined) throw new BpError("engine/unknown-instrument", { instrument: id });
      return found;
    },
    markets: () => [...markets.values()],
    bars,
    stamps,
    isSystem: (orderId) => systemOrders.has(orderId),
    openInterest: (id) => {
      let sum = 0;
      for (const name of exchange.accounts)
        for (const position of exchange.positions(name))
          if (position.instrument === id && position.size > 0) sum += position.size;
      return sum;
    },
  };
}
