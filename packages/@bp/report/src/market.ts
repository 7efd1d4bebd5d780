// One market within a tally: its price, its lots, its sums.
import { Big, type Book, createBook, type Fill, type Instrument, type Millis, priceToBig, sizeToBig } from "@bp/core";
import { type CauseSums, createCauses, feeDriftOf, type Shot } from "./causes.ts";
import { type Lot, matchFifo, sumOfLots } from "./fifo.ts";
import { type InstrumentFigures, profitOf, stretchOf } from "./figures.ts";
import type { MarketGlance } from "./glance.ts";
import { createLastPrice } from "./lastPrice.ts";
import type { LedgerMarket } from "./ledger.ts";
import { createMids, markoutHorizons } from "./mids.ts";
import type { Stopwatch } from "./quoting.ts";
import { noSums, plusSums, type Sums, volumeKey } from "./sums.ts";

/** What one market brings along from earlier runs. */
export interface MarketCarry {
  readonly sums: Sums;
  readonly lots: readonly Lot[];
  /** Base that fees have taken and that is not in the lots. */
  readonly baseFees: Big;
}

/** A fill as it was counted. */
export interface CountedFill {
  readonly fill: Fill;
  readonly instrument: Instrument;
  /** Profit taken by it, in quote, before fees. */
  readonly realized: Big;
  /** In quote; 0 where the fee asset has no rate. */
  readonly fee: Big;
  /** Signed base after it. */
  readonly position: Big;
}

/** The fold of one market. */
export interface Market extends LedgerMarket<CountedFill> {
  /** @param from - first event of the run; @param at - the newest one */
  figures(stopwatch: Stopwatch, from: Millis, at: Millis): InstrumentFigures;
  /** Profit of this run after fees and funding, quote: `net` of its figures, and nothing else of them. */
  net(): Big;
  /** `equityChange` of its causes, and nothing else of them. */
  equityChange(): Big;
  glance(): MarketGlance;
  carry(): MarketCarry;
}

/** What a market asks of its tally. */
export interface MarketHost {
  /** What one unit of the fee's asset is worth in the market's quote; `undefined` where nobody has said. */
  feeRate(fill: Fill, instrument: Instrument): Big | undefined;
  counted(fill: CountedFill): void;
}

const zero = new Big(0);

/** A market before its first fact. */
export function createMarket(first: Instrument, carried: MarketCarry | undefined, host: MarketHost): Market {
  let instrument = first;
  const before = carried?.sums ?? noSums;
  let carriedLots = carried?.lots ?? [];
  let lots = carriedLots;
  let { size: open, cost } = sumOfLots(lots); // there may be thousands of them: not added up each time
  let sums = noSums;
  let baseFees = carried?.baseFees ?? zero;
  let baseFeesNow = zero;
  let baseFeesInQuote = zero;
  let marked: number | undefined; // ticks
  const last = createLastPrice();
  let book: Book | undefined;
  const causes: CauseSums = createCauses();
  const mids = createMids<Shot>(markoutHorizons, (look, shot, mid) =>
    causes.look(markoutHorizons[look - 1] ?? 0, shot, mid === undefined ? undefined : inQuote(mid)),
  );

  const inQuote = (ticks: number): Big => new Big(ticks).times(instrument.tickSize);
  const mark = (): Big | undefined => {
    const ticks = marked ?? mids.mid;
    return ticks === undefined ? last.exact() : inQuote(ticks);
  };
  const newMid = (at: Millis, mid: number | undefined) => {
    if (mid === undefined && mids.mid !== undefined) last.tell(mids.mid, at, instrument); // it held until now
    mids.set(at, mid);
  };
  /** A trade closes lots and opens others. @returns the profit taken */
  const match = (signed: Big, price: Big): Big => {
    const matched = matchFifo(lots, { side: signed.lt(0) ? "sell" : "buy", price, size: signed.abs() });
    lots = matched.lots;
    open = open.plus(signed);
    cost = cost.plus(signed.times(price)).plus(matched.realized); // exact: what closes leaves at what it had cost
    return matched.realized;
  };
  const unrealizedAt = (price: Big | undefined): Big => (price === undefined ? zero : open.times(price).minus(cost));
  const netAt = (price: Big | undefined): Big => profitOf(sums, unrealizedAt(price)).net;
  const driftAt = (price: Big | undefined): Big => feeDriftOf(price, { baseFees: baseFeesNow, baseFeesInQuote });
  const known = (): Book => {
    book ??= createBook({ window: 4_096 });
    return book;
  };

  return {
    instrument: () => instrument,
    ruled: (changed) => {
      if (changed.tickSize !== instrument.tickSize) {
        const ratio = new Big(instrument.tickSize).div(changed.tickSize).toNumber();
        if (marked !== undefined) marked *= ratio;
        mids.rescale(ratio);
        book?.lose(); // its levels are on the old grid
      }
      instrument = changed;
    },
    bookReset: (event) => {
      known().reset(event.bids, event.asks, event.at);
      newMid(event.venueAt, known().mid());
    },
    bookChanged: (event) => {
      const changed = known();
      if (!changed.valid) return; // a change without the whole is no book
      for (const [price, size] of event.bids) changed.apply("bid", price, size);
      for (const [price, size] of event.asks) changed.apply("ask", price, size);
      if (changed.crossed) changed.lose();
      newMid(event.venueAt, changed.mid());
    },
    bookLost: (at) => {
      book?.lose();
      newMid(at, undefined);
    },
    printed: ({ price, venueAt }) => last.tell(price, venueAt, instrument),
    marked: (price) => {
      marked = price;
    },
    price: () => marked ?? mids.mid,
    pass: (at) => mids.pass(at),
    fill: (fill) => {
      const price = priceToBig(instrument, fill.price);
      const size = sizeToBig(instrument, fill.size);
      const signed = fill.side === "buy" ? size : size.neg();
      const realized = match(signed, price);
      last.tell(fill.price, fill.venueAt, instrument);
      const charged = new Big(fill.fee);
      const inBase = fill.feeAsset === instrument.base;
      const fee = charged.times(inBase ? price : (host.feeRate(fill, instrument) ?? zero));
      if (inBase) {
        baseFees = baseFees.plus(charged);
        baseFeesNow = baseFeesNow.plus(charged);
        baseFeesInQuote = baseFeesInQuote.plus(fee);
      }
      sums = plusSums(sums, {
        fills: 1,
        volumes: {
          ...noSums.volumes,
          [volumeKey(fill.liquidity, fill.side)]: { base: size, quote: size.times(price) },
        },
        realized,
        fees: fee,
        feesByAsset: new Map([[fill.feeAsset, charged]]),
        funding: zero,
      });
      mids.watch(fill.venueAt, causes.fill(signed, price));
      const counted = { fill, instrument, realized, fee, position: open };
      host.counted(counted);
      return counted;
    },
    funding: ({ amount }) => {
      sums = { ...sums, funding: sums.funding.plus(amount) };
    },
    adopt: (size, paid) => {
      if (size === 0 || lots.length > 0) return;
      const base = sizeToBig(instrument, size);
      lots = [{ size: base, price: paid.div(base) }];
      carriedLots = lots;
      ({ size: open, cost } = sumOfLots(lots));
    },
    writeOff: (gone, ticks, at) => {
      if (open.eq(0)) return;
      const signed = sizeToBig(instrument, gone).neg();
      const price = ticks === undefined ? cost.div(open) : inQuote(ticks);
      sums = { ...sums, realized: sums.realized.plus(match(signed, price)) };
      mids.watch(at, causes.fill(signed, price));
    },
    figures: (stopwatch, from, at) => {
      const now = mark();
      const quoting = stopwatch.quoting(at);
      const unrealized = unrealizedAt(now);
      return {
        instrument,
        session: stretchOf(sums, unrealized),
        cumulative: stretchOf(plusSums(before, sums), unrealized),
        position: open,
        held: open.minus(baseFees),
        entry: open.eq(0) ? undefined : cost.div(open),
        mark: now,
        quoting,
        share: {
          both: at > from ? quoting.bothMs / (at - from) : undefined,
          any: at > from ? quoting.anyMs / (at - from) : undefined,
        },
        touch: stopwatch.touch,
        causes: causes.causes(now, {
          carried: carriedLots,
          fees: sums.fees,
          baseFees: baseFeesNow,
          baseFeesInQuote,
          funding: sums.funding,
        }),
      };
    },
    net: () => netAt(mark()),
    equityChange: () => {
      const now = mark();
      return netAt(now).plus(driftAt(now));
    },
    glance: () => {
      const now = mark();
      return {
        sums,
        unrealized: unrealizedAt(now),
        spread: causes.spread(),
        feeDrift: driftAt(now),
        held: open.minus(baseFees),
      };
    },
    carry: () => ({ sums: plusSums(before, sums), lots, baseFees }),
  };
}
