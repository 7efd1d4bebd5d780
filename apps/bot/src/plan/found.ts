// What was found: markets as they are, what the accounts hold, and what is there that is not ours.
import {
  type AccountSnapshot,
  Big,
  type Instrument,
  type InstrumentId,
  notionalOf,
  type PlaceOrder,
  priceText,
  sizeText,
  ticks,
  type VenueId,
  type View,
  venueOf,
} from "@bp/core";
import { smallestOrder } from "../sizes.ts";
import type { Plan, PlannedMarket, PlannedOrder } from "./shape.ts";

/** Stamps of funding that are shown. */
const stamps = 3;

/** One market. @param price - quote per base, where it is known */
export function marketOf(instrument: Instrument, view: View, price: Big | undefined): PlannedMarket {
  const { bid, ask } = view.book(instrument.id);
  const mark = view.mark(instrument.id);
  const text = (at: number | undefined) => (at === undefined ? undefined : priceText(instrument, ticks(at)));
  const percent = (fraction: string) => new Big(fraction).times(100).toFixed();
  const every = instrument.fundingIntervalMs;
  const first = mark?.fundingAt;
  return {
    instrument: instrument.id,
    state: instrument.state,
    tickSize: instrument.tickSize,
    lotSize: instrument.lotSize,
    minSize: sizeText(instrument, instrument.minSize),
    minNotional: instrument.minNotional,
    makerPct: percent(instrument.fees.maker),
    takerPct: percent(instrument.fees.taker),
    bid: text(bid?.[0]),
    ask: text(ask?.[0]),
    mark: mark === undefined ? undefined : new Big(mark.mark).times(instrument.tickSize).round(8).toFixed(),
    fundingAt:
      instrument.kind === "spot" || first === undefined || first === 0 || every === undefined
        ? []
        : Array.from({ length: stamps }, (_, at) => new Date(first + at * every).toISOString()),
    fundingRatePct:
      instrument.kind === "spot" || mark === undefined ? undefined : new Big(mark.fundingRate).times(100).toFixed(),
    smallestOrder: price === undefined || price.eq(0) ? undefined : smallestOrder(instrument, price),
  };
}

/** What the accounts hold of the coins that are traded. */
export function holdingsOf(
  snapshots: ReadonlyMap<VenueId, AccountSnapshot>,
  instruments: readonly Instrument[],
): Plan["holdings"] {
  return [...snapshots.values()].flatMap(({ venue, balances }) => {
    const assets = new Set(
      instruments.filter(({ id }) => venueOf(id) === venue).flatMap(({ base, quote }) => [base, quote]),
    );
    return balances
      .filter(({ asset }) => assets.has(asset))
      .map(({ asset, total, free }) => ({ venue, asset, total, free }));
  });
}

/** What is there already and is not ours. */
export function foreignOf(
  { venue, orders, positions }: AccountSnapshot,
  byId: ReadonlyMap<InstrumentId, Instrument>,
): Plan["foreign"] {
  const open = positions.flatMap(({ instrument: id, size }) => {
    const instrument = byId.get(id);
    if (size === 0) return [];
    return [instrument === undefined ? id : `${sizeText(instrument, size)} ${instrument.base} in ${id}`];
  });
  return orders.length === 0 && open.length === 0 ? [] : [{ venue, orders: orders.length, positions: open }];
}

/** One order in words. */
export function orderOf(order: PlaceOrder, instrument: Instrument): PlannedOrder {
  return {
    instrument: instrument.id,
    slot: order.slot,
    side: order.side,
    size: sizeText(instrument, order.size),
    price: priceText(instrument, order.price),
    notional: notionalOf(instrument, order.price, order.size).toFixed(),
    how: `${order.tif === "gtx" ? "post-only" : order.tif}${order.reduceOnly ? ", reduce-only" : ""}`,
  };
}
