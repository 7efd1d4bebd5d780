// One market within an analyst: its price, its open lots, and exact sums in ticks and lots.
import { Big, type Book, createBook, type Fill, type Instrument, type Lots, type Millis, venueOf } from "@bp/core";
import { sumOfLots } from "../fifo.ts";
import { createLastPrice } from "../lastPrice.ts";
import type { LedgerMarket } from "../ledger.ts";
import type { MarketCarry } from "../market.ts";
import { createMids } from "../mids.ts";
import type { Touch } from "../quoting.ts";
import { type Cell, type Cells, createCells } from "./cells.ts";
import { DecimalSum } from "./exact.ts";
import { createFees, type Fees } from "./fees.ts";
import { createKept, type Kept } from "./kept.ts";
import { analysisHorizons, createMarkouts, type Markouts } from "./markouts.ts";
import { createOpenLots, type OnClosed, type OpenLot } from "./openLots.ts";
import { createSplitSums, type MarketSplit, type SplitSums } from "./splitSums.ts";
import { createSwing } from "./swing.ts";
import { createThrough, type Through } from "./through.ts";
import { createTimes, type Times } from "./times.ts";
import { blankTrip, type Trip } from "./trips.ts";

/** What a market asks of its analyst. */
export interface FoldHost {
  /** One unit of the market's quote in the common one. */
  readonly rate: Big;
  /** Of a fee's asset, in the market's quote. */
  feeRate(asset: string): Big | undefined;
  /** The time of the log. */
  now(): Millis;
  /** To be read at once: the next one is told in the same object. */
  trip(trip: Trip): void;
  /** @param fee - common quote; @param signed - base; @param price - common quote per base */
  filled(fill: Fill, signed: number, price: number, fee: number): void;
  /** What another hand or a liquidation took. As `filled`. */
  wroteOff(signed: number, price: number): void;
  funded(market: MarketFold, amount: string, at: Millis): void;
}

/** The fold of one market. Money in the common quote but where it says otherwise. */
export interface MarketFold extends LedgerMarket<undefined> {
  /** The first event: from now on what an earlier run has handed on is held. */
  begin(at: Millis): void;
  readonly cells: Cells;
  readonly markouts: Markouts;
  readonly through: Through;
  readonly times: Times;
  readonly fillPoints: Kept;
  readonly fees: Fees;
  /** Of ticks × lots. */
  unit(): number;
  /** Base that is held, and what a unit of it is worth, NaN while that is not known. */
  held(): number;
  worth(): number;
  mid(): number;
  readonly firstPrice: number;
  /** Earned so far, at the mark, as near as doubles are: a book of cash and coins of its own, beside the exact sums. */
  earned(): number;
  /** Σ |money| that went through that book, and what is held at the mark: what its rounding is measured by. */
  turned(): number;
  readonly fundingCount: number;
  /** In the market's own quote, exact. */
  split(): MarketSplit;
}

/** A fill that waits for the mids after it. */
interface Shot {
  readonly lots: number;
  readonly price: number;
  /** Changes with tick and lot. */
  readonly grid: Instrument;
  readonly cell: Cell | undefined;
  /** What it was worth just before it: the mid, or its own price while that is not known. Ticks of its grid, or quote per base. */
  before: number | Big;
}

/** A market before its first fact. */
export function createMarketFold(first: Instrument, carried: MarketCarry | undefined, host: FoldHost): MarketFold {
  let instrument = first;
  const name = first.id;
  const cells = createCells(name, venueOf(first.id));
  const markouts = createMarkouts();
  const through = createThrough();
  const times = createTimes();
  const fillPoints = createKept(4, 2_000);
  const fees = createFees(
    () => instrument,
    (asset) => host.feeRate(asset),
  );
  const sums: SplitSums = createSplitSums(analysisHorizons.length);
  const funding = new DecimalSum();
  const open = createOpenLots();
  const swing = createSwing();
  const rate = host.rate.toNumber();
  let tick = Number(first.tickSize);
  let lot = Number(first.lotSize);
  let carriedLots = carried?.lots ?? [];
  let carry = numbersOf(carriedLots);
  const baseBefore = Number(carried?.baseFees ?? 0); // taken by fees of earlier runs
  const now = { position: carry.size, cash: 0, baseFees: baseBefore, turned: 0 };
  let marked: number | undefined; // ticks
  const last = createLastPrice();
  let book: Book | undefined;
  let touch: Touch = { bid: undefined, ask: undefined };

  const mids = createMids<Shot>(analysisHorizons, (look, shot, mid) => {
    settle(look, shot, mid);
    const { cell } = shot;
    if (mid === undefined || cell === undefined || shot.grid !== instrument) return;
    const size = Math.abs(shot.lots);
    const weight = size * shot.price * tick * lot * rate;
    const buy = shot.lots > 0;
    const move = ((mid - shot.price) / shot.price) * (buy ? 1 : -1);
    markouts.add(look, buy, weight, move);
    if (look === 0) {
      cell.spread += weight * move;
      cell.spreadVolume += weight;
    } else if (look === 1) {
      cell.moved1 += weight * move;
      cell.volume1 += weight;
    } else if (look === 3) {
      cell.moved30 += weight * move;
      cell.volume30 += weight;
    }
  });
  /** Brings a look into the exact sums. */
  const settle = (look: number, shot: Shot, mid: number | undefined) => {
    const { lots, grid, before } = shot;
    const isKnown = mid !== undefined;
    if (grid === instrument && typeof before === "number") {
      const ticks = mid ?? before;
      if (look > 0) sums.look(look - 1, lots, ticks, isKnown);
      else {
        sums.spread(lots, ticks - before);
        shot.before = ticks;
      }
      return;
    }
    const base = new Big(lots).times(grid.lotSize);
    const past = typeof before === "number" ? new Big(before).times(grid.tickSize) : before;
    const price = isKnown ? new Big(mid).times(instrument.tickSize) : past;
    if (look > 0) sums.lookBefore(look - 1, base, price, isKnown);
    else {
      sums.spreadBefore(base.times(price.minus(past)));
      shot.before = price;
    }
  };
  const priceNow = (): number | undefined => marked ?? mids.mid ?? last.in(instrument);
  const known = (): Book => {
    book ??= createBook({ window: 4_096 });
    return book;
  };
  const newMid = (at: Millis, told: Millis) => {
    const mid = book?.mid();
    if (mid === undefined && mids.mid !== undefined) last.tell(mids.mid, at, instrument); // it held until now
    mids.set(at, mid);
    if (mid !== undefined) {
      swing.push(mid);
      if (Number.isNaN(fold.firstPrice)) fold.firstPrice = mid * tick * rate;
    }
    times.touch(touch, book?.bidPrice ?? 0, book?.askPrice ?? 0, told);
  };
  const opened = (size: number, price: number, at: number, feePerLot: number, slot: string, exact?: Big): OpenLot => ({
    size,
    price,
    exact,
    openedAt: at,
    feePerLot,
    slot,
    place: swing.mark(),
  });
  const takeUp = (at: number) =>
    open.replace(
      carriedLots.map(({ size, price }) =>
        opened(size.div(instrument.lotSize).toNumber(), price.div(instrument.tickSize).toNumber(), at, 0, "", price),
      ),
    );
  const closing = { price: 0, at: 0, feePerLot: 0, realized: 0 };
  const trip: Trip = { ...blankTrip(), market: name };
  /** The worst and the best on the way are by the mid; NaN without mids. */
  const closed: OnClosed = (part, size, side) => {
    const { price, at, feePerLot } = closing;
    const unit = tick * lot * rate;
    const profit = (price - part.price) * side * size * unit;
    const [low, high] = [swing.low(part.place), swing.high(part.place)];
    const worth = side * size * unit;
    closing.realized += profit;
    trip.side = side > 0 ? "long" : "short";
    trip.openedAt = part.openedAt;
    trip.closedAt = at;
    trip.size = size * lot;
    trip.entry = part.price * tick * rate;
    trip.exit = price * tick * rate;
    trip.profit = profit;
    trip.fees = (part.feePerLot + feePerLot) * size;
    trip.worst = Math.min(0, ((side > 0 ? low : high) - part.price) * worth, profit);
    trip.best = Math.max(0, ((side > 0 ? high : low) - part.price) * worth, profit);
    trip.slot = part.slot;
    host.trip(trip);
  };
  /** Brings a trade into lots and cash. @returns what it closed, quote */
  const trade = (signed: number, price: number, at: number, fee: number, slot: string): number => {
    closing.price = price;
    closing.at = at;
    closing.feePerLot = signed === 0 ? 0 : fee / Math.abs(signed);
    closing.realized = 0;
    const rest = open.close(signed, closed);
    if (rest !== 0) open.open(opened(rest, price, at, closing.feePerLot, slot));
    now.position += signed * lot;
    const paid = signed * price * (tick * lot * rate);
    now.cash -= paid;
    now.turned += Math.abs(paid);
    return closing.realized;
  };
  const watchTime = () => {
    const price = priceNow();
    times.held(host.now(), fold.held(), price === undefined ? 0 : price * tick * rate);
  };

  const fold: MarketFold & { firstPrice: number; fundingCount: number } = {
    cells,
    markouts,
    through,
    times,
    fillPoints,
    fees,
    firstPrice: Number.NaN,
    fundingCount: 0,
    instrument: () => instrument,
    begin: (at) => {
      if (carriedLots.length === 0) return;
      takeUp(at);
      times.held(at, fold.held(), 0);
    },
    ruled: (changed) => {
      if (changed.tickSize !== instrument.tickSize || changed.lotSize !== instrument.lotSize) {
        const [ticks, lots] = [tick / Number(changed.tickSize), lot / Number(changed.lotSize)];
        sums.regrid(instrument);
        fees.regrid();
        if (marked !== undefined) marked *= ticks;
        mids.rescale(ticks);
        if (changed.tickSize !== instrument.tickSize) book?.lose(); // its levels are on the old grid
        const place = swing.mark();
        open.replace(
          open.all().map((each) => ({
            ...each,
            size: Math.round(each.size * lots * 1e9) / 1e9,
            price: each.price * ticks,
            exact: each.exact ?? new Big(each.price).times(instrument.tickSize),
            feePerLot: each.feePerLot / lots,
            place: place + 1, // mids of the old ticks are not its own
          })),
        );
        tick = Number(changed.tickSize);
        lot = Number(changed.lotSize);
        if (mids.mid !== undefined) swing.push(mids.mid);
      }
      instrument = changed;
    },
    bookReset: (event) => {
      known().reset(event.bids, event.asks, event.at);
      newMid(event.venueAt, event.at);
    },
    bookChanged: (event) => {
      const changed = known();
      if (!changed.valid) return; // a change without the whole is no book
      for (const [price, size] of event.bids) changed.apply("bid", price, size);
      for (const [price, size] of event.asks) changed.apply("ask", price, size);
      if (changed.crossed) changed.lose();
      newMid(event.venueAt, event.at);
    },
    bookLost: (at, told) => {
      book?.lose();
      newMid(at, told);
    },
    printed: ({ taker, price, venueAt }) => {
      last.tell(price, venueAt, instrument);
      through.printed(taker, price, venueAt);
    },
    marked: (price) => {
      marked = price;
      if (Number.isNaN(fold.firstPrice)) fold.firstPrice = price * tick * rate;
    },
    price: () => marked ?? mids.mid,
    pass: (at) => mids.pass(at),
    fill: (fill: Fill, slot: string) => {
      const { side, price, size, venueAt } = fill;
      const signed = side === "buy" ? size : -size;
      const maker = fill.liquidity === "maker";
      const own = fees.add(fill) * rate;
      sums.fill(signed, price);
      last.tell(price, venueAt, instrument);
      const realized = trade(signed, price, venueAt, own, slot);
      if (fill.feeAsset === instrument.base && fill.feeAsset !== instrument.quote) now.baseFees += Number(fill.fee);
      else now.cash -= own;
      const hour = Math.floor(venueAt / 3_600_000) % 24;
      const cell = cells.of(slot, side, hour, maker);
      cell.fills += 1;
      cell.volume += size * price * tick * lot * rate;
      cell.realized += realized;
      cell.fees += own;
      if (maker) through.filled(side, price, venueAt);
      fillPoints.push(venueAt, price * tick * rate, signed * lot, maker ? 1 : 0);
      mids.watch(venueAt, { lots: signed, price, grid: instrument, cell, before: price });
      watchTime();
      host.filled(fill, signed * lot, price * tick * rate, own);
      return undefined;
    },
    funding: ({ amount, venueAt }) => {
      funding.add(amount);
      fold.fundingCount += 1;
      now.cash += Number(amount) * rate;
      host.funded(fold, amount, venueAt);
    },
    adopt: (size: Lots, cost: Big) => {
      if (size === 0 || open.all().length > 0) return;
      const base = new Big(size).times(instrument.lotSize);
      carriedLots = [{ size: base, price: cost.div(base) }];
      carry = numbersOf(carriedLots);
      now.position = carry.size;
      takeUp(host.now());
      watchTime();
    },
    writeOff: (gone, ticks, at) => {
      const lots = open.all();
      if (lots.length === 0) return;
      sums.writeOff(-gone, ticks ?? averageOf(lots, instrument), instrument);
      const price =
        ticks ??
        lots.reduce((sum, each) => sum + each.size * each.price, 0) / lots.reduce((sum, each) => sum + each.size, 0);
      trade(-gone, price, at, 0, "");
      mids.watch(at, { lots: -gone, price, grid: instrument, cell: undefined, before: price });
      watchTime();
      host.wroteOff(-gone * lot, price * tick * rate);
    },
    requoted: (stopwatch, at) => {
      touch = stopwatch.touch;
      times.touch(touch, book?.bidPrice ?? 0, book?.askPrice ?? 0, at);
    },
    unit: () => tick * lot * rate,
    held: () => now.position - now.baseFees,
    worth: () => {
      const price = priceNow();
      return price === undefined ? Number.NaN : price * tick * rate;
    },
    mid: () => (mids.mid === undefined ? Number.NaN : mids.mid * tick * rate),
    earned: () => {
      const price = priceNow();
      const value = price === undefined ? 0 : price * tick * rate;
      return (
        now.cash + (now.position - now.baseFees + baseBefore) * value - (price === undefined ? 0 : carry.cost * rate)
      );
    },
    turned: () => now.turned + Math.abs(carry.cost * rate) + Math.abs(fold.held() * (fold.worth() || 0)),
    split: () => {
      const price = marked ?? mids.mid;
      return sums.split({
        instrument,
        mark: price === undefined ? last.exact() : new Big(price).times(instrument.tickSize),
        carried: carriedLots,
        fees: fees.totals(),
        funding: funding.total(),
      });
    },
  };
  return fold;
}

/** Signed base and cost of lots as numbers. */
function numbersOf(lots: MarketCarry["lots"]): { readonly size: number; readonly cost: number } {
  const { size, cost } = sumOfLots(lots);
  return { size: size.toNumber(), cost: cost.toNumber() };
}

/** Average cost of what is open, exact. Quote per base. */
function averageOf(lots: readonly OpenLot[], { tickSize, lotSize }: Instrument): Big {
  const { size, cost } = sumOfLots(
    lots.map((each) => ({
      size: new Big(each.size).times(lotSize),
      price: each.exact ?? new Big(each.price).times(tickSize),
    })),
  );
  return cost.div(size);
}
