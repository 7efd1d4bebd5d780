// What a configuration may tie up, venue by venue, and what it could come to in the worst case.
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
import type { Span } from "../needs.ts";

/** Money of one asset at one venue, as decimal text. */
export interface Need {
  readonly venue: VenueId;
  readonly asset: string;
  readonly needed: string;
  /** Free at the venue; `undefined`: the account did not answer. */
  readonly free: string | undefined;
  readonly what: "spent" | "sold" | "margin";
}

/** A market in the worst case: everything that may be held on one side is, and the price goes against it. */
export interface Worst {
  readonly instrument: InstrumentId;
  /** Signed base: what is held and the larger side of what may be added, as far as the limit lets it. */
  readonly position: string;
  /** Quote at the price now. */
  readonly notional: string;
  /** Where a perpetual would be liquidated with what the account has now; `undefined`: not known, or never. */
  readonly liquidation?: { readonly price: string; readonly distancePct: string } | undefined;
  /** Quote that is lost if the price moves by `movePct` against it. */
  readonly loss: string;
  readonly movePct: string;
}

/** What may be bought or sold: an order, or what a strategy may come to hold on one side. */
export interface Claim {
  readonly instrument: InstrumentId;
  readonly side: "buy" | "sell";
  /** Base. */
  readonly size: Big;
  /** Quote. */
  readonly notional: Big;
}

/** Orders that add. */
export function claimsOfOrders(
  orders: readonly PlaceOrder[],
  instruments: ReadonlyMap<InstrumentId, Instrument>,
): readonly Claim[] {
  return orders.flatMap(({ instrument: id, side, price, size, reduceOnly }) => {
    const instrument = instruments.get(id);
    if (instrument === undefined || reduceOnly) return [];
    return [{ instrument: id, side, size: sizeToBig(instrument, size), notional: notionalOf(instrument, price, size) }];
  });
}

/** What strategies may come to hold, at the prices now. */
export function claimsOfSpans(spans: readonly Span[], prices: ReadonlyMap<InstrumentId, Big>): readonly Claim[] {
  return spans.flatMap(({ instrument, in: unit, long, short }) => {
    const price = prices.get(instrument);
    if (price === undefined || price.eq(0)) return [];
    const claim = (side: Claim["side"], most: Big): Claim => ({
      instrument,
      side,
      size: unit === "base" ? most : most.div(price),
      notional: unit === "base" ? most.times(price) : most,
    });
    return [claim("buy", long), claim("sell", short)].filter(({ size }) => size.gt(0));
  });
}

/**
 * What claims need: quote for purchases and base for sales on spot, initial margin on perpetuals.
 *
 * @see initial margin fraction: max(base, factor · sqrt(notional)) of the instrument, at least 1 / leverage where that is known
 */
export function needsOf(
  claims: readonly Claim[],
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
  for (const { instrument: id, side, size, notional } of claims) {
    const instrument = instruments.get(id);
    if (instrument === undefined) continue;
    const venue = venueOf(id);
    if (instrument.kind === "perp") {
      const sides = margins.get(id) ?? { buy: new Big(0), sell: new Big(0) };
      sides[side] = sides[side].plus(notional);
      margins.set(id, sides);
    } else if (side === "buy") add(venue, instrument.quote, "spent", notional);
    else add(venue, instrument.base, "sold", size);
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
 * The worst case of each market of the claims.
 *
 * @param held - signed base by instrument
 * @param most - base that a rule allows at most; none where it is missing
 * @param movePct - how far the price goes against it
 */
export function worstOf(
  claims: readonly Claim[],
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
      claims
        .filter((each) => each.instrument === instrument.id && each.side === which)
        .reduce((sum, each) => sum.plus(each.size), new Big(0));
    // What a rule limits is what is added; what is held is held.
    const limit = most.get(instrument.id);
    const bound = limit?.lt(now.abs()) === true ? now.abs() : limit;
    const bounded = (to: Big) => (bound?.lt(to.abs()) === true ? bound.times(to.lt(0) ? -1 : 1) : to);
    const long = bounded(now.plus(side("buy")));
    const short = bounded(now.minus(side("sell")));
    const position = long.abs().gte(short.abs()) ? long : short;
    if (position.eq(0)) return [];
    const notional = position.abs().times(price);
    return [
      {
        instrument: instrument.id,
        position: position.round(8).toFixed(),
        notional: notional.round(2).toFixed(2),
        loss: notional.times(movePct).div(100).round(2).toFixed(2),
        movePct: String(movePct),
      },
    ];
  });
}
