// What the first orders tie up, venue by venue, and what they could come to in the worst case.
import {
  type AccountSnapshot,
  Big,
  type Instrument,
  type InstrumentId,
  notionalOf,
  type PlaceOrder,
  sizeToBig,
  type VenueId,
  venueOf,
} from "@bp/core";

/** Money of one asset at one venue, as decimal text. */
export interface Need {
  readonly venue: VenueId;
  readonly asset: string;
  readonly needed: string;
  /** Free at the venue; `undefined`: the account did not answer. */
  readonly free: string | undefined;
  readonly what: "spent" | "sold" | "margin";
}

/** A market in the worst case: everything that is planned on one side fills, and the price goes against it. */
export interface Worst {
  readonly instrument: InstrumentId;
  /** Signed base: what is held and the larger side of the first orders, as far as the limit lets them add. */
  readonly position: string;
  /** Quote at the price now. */
  readonly notional: string;
  /** Where a perpetual would be liquidated with what the account has now; `undefined`: not known, or never. */
  readonly liquidation?: { readonly price: string; readonly distancePct: string } | undefined;
  /** Quote that is lost if the price moves by `movePct` against it. */
  readonly loss: string;
  readonly movePct: string;
}

/**
 * What first orders need: quote for purchases and base for sales on spot, initial margin on perpetuals.
 *
 * @see initial margin fraction: max(base, factor · sqrt(notional)) of the instrument, at least 1 / leverage where that is known
 */
export function needsOf(
  orders: readonly PlaceOrder[],
  instruments: ReadonlyMap<InstrumentId, Instrument>,
  snapshots: ReadonlyMap<VenueId, AccountSnapshot>,
  leverage: ReadonlyMap<InstrumentId, number>,
): readonly Need[] {
  const sums = new Map<string, { venue: VenueId; asset: string; what: Need["what"]; amount: Big }>();
  const add = (venue: VenueId, asset: string, what: Need["what"], amount: Big) => {
    const key = `${venue} ${asset} ${what}`;
    const found = sums.get(key);
    if (found === undefined) sums.set(key, { venue, asset, what, amount });
    else found.amount = found.amount.plus(amount);
  };
  const margins = new Map<InstrumentId, { buy: Big; sell: Big }>();
  for (const order of orders) {
    const instrument = instruments.get(order.instrument);
    if (instrument === undefined || order.reduceOnly) continue;
    const venue = venueOf(instrument.id);
    const notional = notionalOf(instrument, order.price, order.size);
    if (instrument.kind === "perp") {
      const sides = margins.get(instrument.id) ?? { buy: new Big(0), sell: new Big(0) };
      sides[order.side] = sides[order.side].plus(notional);
      margins.set(instrument.id, sides);
    } else if (order.side === "buy") add(venue, instrument.quote, "spent", notional);
    else add(venue, instrument.base, "sold", sizeToBig(instrument, order.size));
  }
  for (const [id, { buy, sell }] of margins) {
    const instrument = instruments.get(id);
    if (instrument === undefined) continue;
    const notional = buy.gt(sell) ? buy : sell; // both sides never fill into one position
    add(venueOf(id), instrument.quote, "margin", notional.times(marginOf(instrument, notional, leverage.get(id))));
  }
  return [...sums.values()].map(({ venue, asset, what, amount }) => ({
    venue,
    asset,
    what,
    needed: amount.round(8, 3).toFixed(),
    free: snapshots.get(venue)?.balances.find((each) => each.asset === asset)?.free,
  }));
}

/** Initial margin as a fraction of the notional. */
function marginOf({ margin }: Instrument, notional: Big, leverage: number | undefined): Big {
  const byLeverage = leverage === undefined ? new Big(0) : new Big(1).div(leverage);
  if (margin === undefined) return byLeverage.eq(0) ? new Big(1) : byLeverage;
  const { base, factor } = margin.initial;
  const bySize = notional.sqrt().times(factor);
  return [byLeverage, new Big(base), bySize].reduce((most, each) => (each.gt(most) ? each : most));
}

/**
 * The worst case of each market of the orders.
 *
 * @param held - signed base by instrument
 * @param most - base that a rule allows at most; none where it is missing
 * @param movePct - how far the price goes against it
 */
export function worstOf(
  orders: readonly PlaceOrder[],
  instruments: ReadonlyMap<InstrumentId, Instrument>,
  held: ReadonlyMap<InstrumentId, Big>,
  prices: ReadonlyMap<InstrumentId, Big>,
  most: ReadonlyMap<InstrumentId, Big>,
  movePct: number,
): readonly Worst[] {
  return [...instruments.values()].flatMap((instrument) => {
    const price = prices.get(instrument.id);
    if (price === undefined) return [];
    const now = held.get(instrument.id) ?? new Big(0);
    const side = (which: "buy" | "sell") =>
      orders
        .filter((each) => each.instrument === instrument.id && each.side === which && !each.reduceOnly)
        .reduce((sum, each) => sum.plus(sizeToBig(instrument, each.size)), new Big(0));
    const limit = most.get(instrument.id);
    /** What a rule limits is what is added; what is held is held. */
    const added = (to: Big) => {
      if (limit === undefined || to.abs().lte(limit)) return to;
      const least = now.abs().gt(limit) ? now.abs() : limit;
      return to.abs().gt(least) ? least.times(to.lt(0) ? -1 : 1) : to;
    };
    const long = added(now.plus(side("buy")));
    const short = added(now.minus(side("sell")));
    const position = long.abs().gte(short.abs()) ? long : short;
    if (position.eq(0)) return [];
    const notional = position.abs().times(price);
    return [
      {
        instrument: instrument.id,
        position: position.toFixed(),
        notional: notional.round(2).toFixed(2),
        loss: notional.times(movePct).div(100).round(2).toFixed(2),
        movePct: String(movePct),
      },
    ];
  });
}
