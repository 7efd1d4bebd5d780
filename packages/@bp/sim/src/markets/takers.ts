// Takers of a generated market: many small ones, and now and then one that sweeps several levels.
import { type Instrument, lots, type Random, type Side, ticks } from "@bp/core";
import type { MarketHands } from "../contract.ts";

/** Who takes how often and how much. */
export interface TakerOptions {
  /** Mean seconds between ordinary trades, were pauses above twice that not cut short. */
  readonly everySeconds: number;
  /** Median of an ordinary trade, in quote units; sizes are log-normal. */
  readonly notional: number;
  /** Mean seconds between sweeps. */
  readonly sweepEverySeconds: number;
  /** Mean reach of a sweep beyond the touch, as a fraction of the price; exponential, at most five times this. */
  readonly sweepReach: number;
}

/** An ordinary trade: likelier in the direction of the fair price. */
export function trade(
  instrument: Instrument,
  hands: MarketHands,
  options: TakerOptions,
  fair: number,
  chance: Random,
): void {
  const { bids, asks } = hands.book(instrument.id, 1);
  const bid = bids[0]?.[0];
  const ask = asks[0]?.[0];
  if (bid === undefined || ask === undefined) return;
  const lean = Math.max(-0.25, Math.min(0.25, ((fair - (bid + ask) / 2) / (ask - bid)) * 0.25));
  const side: Side = chance.next() < 0.5 + lean ? "buy" : "sell";
  const notional = options.notional * Math.exp(1.1 * chance.normal());
  const size = Math.max(1, Math.round(notional / (fair * Number(instrument.tickSize) * Number(instrument.lotSize))));
  const bound = side === "buy" ? Math.ceil(ask * 1.001) : Math.max(1, Math.floor(bid * 0.999));
  take(instrument, hands, side, bound, size);
}

/** How far the next sweep reaches beyond the touch: a fraction of the price, above 0 for one that buys. */
export function reachOf(options: TakerOptions, chance: Random): number {
  const sign = chance.next() < 0.5 ? 1 : -1;
  return sign * Math.min(chance.exponential(options.sweepReach), options.sweepReach * 5);
}

/** A sweep: everything up to some distance from the touch. */
export function sweepBook(instrument: Instrument, hands: MarketHands, reach: number): void {
  const { bids, asks } = hands.book(instrument.id, 1);
  const side: Side = reach > 0 ? "buy" : "sell";
  const touch = (side === "buy" ? asks : bids)[0]?.[0];
  if (touch === undefined) return;
  const bound = touch * (1 + reach);
  take(
    instrument,
    hands,
    side,
    side === "buy" ? Math.floor(bound) : Math.max(1, Math.ceil(bound)),
    Number.MAX_SAFE_INTEGER,
  );
}

function take(instrument: Instrument, hands: MarketHands, side: Side, bound: number, size: number): void {
  hands.place({
    instrument: instrument.id,
    side,
    type: "limit",
    price: ticks(bound),
    size: lots(size),
    tif: "ioc",
    postOnly: false,
    reduceOnly: false,
  });
}
