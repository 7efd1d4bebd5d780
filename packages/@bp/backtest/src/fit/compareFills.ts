// Real fills beside simulated ones, order by order.
import type { InstrumentId, Side } from "@bp/core";
import { quantile } from "@bp/report";
import type { OwnOrder, OwnTrade } from "./orders.ts";
import type { Resimulated } from "./resimulate.ts";

/** One order in both worlds. Sizes in lots, prices in ticks, times by the venue's clock. */
export interface FillPair {
  readonly clientId: number;
  readonly instrument: InstrumentId;
  readonly slot: string;
  readonly side: Side;
  readonly price: number;
  readonly size: number;
  /** `neither`: it rested in both, and nobody came. */
  readonly outcome: "both" | "only-real" | "only-simulated" | "neither";
  readonly real: number;
  readonly simulated: number;
  /** First simulated fill less the first real one, ms; where both were filled. */
  readonly laterMs?: number;
  /** Average simulated price less the real one, ticks; where both were filled. */
  readonly priceDifference?: number;
  /** Why the simulated exchange did not take it. */
  readonly refusal?: string;
}

/** All of them in figures. */
export interface FillComparison {
  readonly orders: number;
  readonly both: number;
  readonly onlyReal: number;
  readonly onlySimulated: number;
  readonly neither: number;
  /** Orders of which both worlds say the same, filled or not, as a fraction; NaN without orders. */
  readonly agreement: number;
  /** Of the orders that were really filled, the fraction that the simulation filled too; NaN without any. */
  readonly found: number;
  /** Of the orders that the simulation filled, the fraction that was really filled; NaN without any. */
  readonly right: number;
  /** Lots that were filled. */
  readonly realSize: number;
  readonly simulatedSize: number;
  /** Lots that both filled of the same order. */
  readonly commonSize: number;
  /** Median and nine tenths of the absolute difference in time, ms; where both were filled. */
  readonly laterMs: { readonly median: number; readonly p90: number; readonly medianAbsolute: number } | undefined;
  /** Pairs with another average price. */
  readonly otherPrice: number;
  readonly pairs: readonly FillPair[];
}

/**
 * Compares them.
 *
 * @param orders - those that were sent again
 * @param simulated - of `resimulate`; an order that is not in it is left out
 */
export function compareFills(orders: readonly OwnOrder[], simulated: ReadonlyMap<number, Resimulated>): FillComparison {
  const pairs = orders.flatMap((order) => {
    const other = simulated.get(order.clientId);
    return other === undefined ? [] : [pairOf(order, other)];
  });
  const count = (outcome: FillPair["outcome"]) => pairs.filter((each) => each.outcome === outcome).length;
  const [both, onlyReal, onlySimulated, neither] = [
    count("both"),
    count("only-real"),
    count("only-simulated"),
    count("neither"),
  ];
  const later = pairs.flatMap(({ laterMs }) => (laterMs === undefined ? [] : [laterMs]));
  const sum = (size: (pair: FillPair) => number) => pairs.reduce((all, pair) => all + size(pair), 0);
  return {
    orders: pairs.length,
    both,
    onlyReal,
    onlySimulated,
    neither,
    agreement: (both + neither) / pairs.length,
    found: both / (both + onlyReal),
    right: both / (both + onlySimulated),
    realSize: sum(({ real }) => real),
    simulatedSize: sum((pair) => pair.simulated),
    commonSize: sum((pair) => Math.min(pair.real, pair.simulated)),
    laterMs:
      later.length === 0
        ? undefined
        : { median: at(later, 0.5), p90: at(later.map(Math.abs), 0.9), medianAbsolute: at(later.map(Math.abs), 0.5) },
    otherPrice: pairs.filter(({ priceDifference = 0 }) => Math.abs(priceDifference) > 1e-9).length,
    pairs,
  };
}

function pairOf(order: OwnOrder, { trades, refusal }: Resimulated): FillPair {
  const { clientId, instrument, slot, side, price, size } = order;
  const [real, simulated] = [sizeOf(order.trades), sizeOf(trades)];
  const [here, there] = [order.trades[0], trades[0]];
  const filled = here !== undefined && there !== undefined;
  return {
    clientId,
    instrument,
    slot,
    side,
    price,
    size,
    outcome: real > 0 ? (simulated > 0 ? "both" : "only-real") : simulated > 0 ? "only-simulated" : "neither",
    real,
    simulated,
    ...(filled
      ? { laterMs: there.venueAt - here.venueAt, priceDifference: priceOf(trades) - priceOf(order.trades) }
      : {}),
    ...(refusal === undefined ? {} : { refusal }),
  };
}

const sizeOf = (trades: readonly OwnTrade[]) => trades.reduce((sum, { size }) => sum + size, 0);
const priceOf = (trades: readonly OwnTrade[]) =>
  trades.reduce((sum, { price, size }) => sum + price * size, 0) / sizeOf(trades);
/** Of values that are there. */
const at = (values: readonly number[], share: number) => quantile(values, share) ?? 0;
