// One market within an analyst: its price, its open lots, and exact sums in ticks and lots.
import { Big, type Book, createBook, type Fill, type Instrument, type Lots, type Millis, venueOf } from "@bp/core";
import { sumOfLots } from "../fifo.ts";
import type { LedgerMarket } from "../ledger.ts";
import type { MarketCarry } from "../market.ts";
import { createMids } from "../mids.ts";
import type { TalliedOrder } from "../orders.ts";
import type { Touch } from "../quoting.ts";
import { type Cell, type Cells, createCells } from "./cells.ts";
import { DecimalSum } from "./exact.ts";
import { createFees, type Fees } from "./fees.ts";
import { createKept, type Kept } from "./kept.ts";
import { analysisHorizons, createMarkouts, type Markouts } from "./markouts.ts";
import { createOpenLots, excursion, type OpenLot } from "./openLots.ts";
import { createSplitSums, type MarketSplit, type SplitSums } from "./splitSums.ts";
import { createSwing } from "./swing.ts";
import type { RoundTrip } from "./tables.ts";
import { createThrough, type Through } from "./through.ts";
import { createTimes, type Times } from "./times.ts";

/** What a market asks of its analyst. */
export interface FoldHost {
  /** One unit of the market's quote in the common one. */
  readonly rate: Big;
  /** Of a fee's asset, in the market's quote. */
  feeRate(asset: string): Big | undefined;
  /** The time of the log. */
  now(): Millis;
  trip(trip: RoundTrip): void;
  /** @param fee - common quote; @param signed - base; @param price - common quote per base */
  filled(fill: Fill, signed: number, price: number, fee: number): void;
  funded(market: MarketFold, amount: string, at: Millis): void;
}

/** The fold of one market. Money in the common quote but where it says otherwise. */
export interface MarketFold extends LedgerMarket<undefined> {
  readonly cells: Cells;
  readonly markouts: Markouts;
  readonly through: Through;
  readonly times: Times;
  readonly fillPoints: Kept;
  readonly fees: Fees;
  /** Of ticks × lots. */
  readonly unit: number;
  /** Base that is held, and what a unit of it is worth, NaN while that is not known. */
  readonly held: number;
  readonly worth: number;
  readonly mid: number;
  readonly firstPrice: number;
  /** Earned so far, at the mark, as near as doubles are. */
  readonly earned: number;
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
  const sums: SplitSums = createSplitSums(analysisHorizons.length + 1);
  const funding = new DecimalSum();
  const open = createOpenLots();
  const swing = createSwing();
  const rate = host.rate.toNumber();
  let tick = Number(first.tickSize);
  let lot = Number(first.lotSize);
  let carriedLots = carried?.lots ?? [];
  let carry = numbersOf(carriedLots);
  let [position, cash, baseFees, fundingCount] = [carry.size, 0, Number(carried?.baseFees ?? 0), 0];
  const baseBefore = baseFees; // taken by fees of earlier runs
  let marked: number | undefined; // ticks
  let printed: number | undefined;
  let filledAt: number | undefined;
  let firstPrice = Number.NaN;
  let book: Book | undefined;
  let touch: Touch = { bid: undefined, ask: undefined };

  const mids = createMids<Shot>(analysisHorizons, (look, shot, mid) => {
    const same = shot.grid === instrument;
    sums.look(look, shot.lots, mid, same ? undefined : { lot: shot.grid.lotSize, tick: instrument.tickSize });
    const { cell } = shot;
    if (cell === undefined || !same) return;
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
  const priceNow = (): number | undefined => marked ?? mids.mid ?? printed ?? filledAt;
  const known = (): Book => {
    book ??= createBook({ window: 4_096 });
    return book;
  };
  const newMid = (at: Millis, now: Millis) => {
    const mid = book?.mid();
    mids.set(at, mid);
    if (mid !== undefined) {
      swing.push(mid);
      if (Number.isNaN(firstPrice)) firstPrice = mid * tick * rate;
    }
    times.touch(touch, book?.bidPrice ?? 0, book?.askPrice ?? 0, now);
  };
  const opened = (
    size: number,
    price: number,
    at: number,
    more?: { fee?: number; slot?: string; exact?: Big },
  ): OpenLot => ({
    size,
    price,
    exact: more?.exact,
    openedAt: at,
    feePerLot: more?.fee ?? 0,
    slot: more?.slot ?? "",
    place: swing.mark(),
  });
  const takeUp = (at: number) =>
    open.replace(
      carriedLots.map(({ size, price }) =>
        opened(size.div(instrument.lotSize).toNumber(), price.div(instrument.tickSize).toNumber(), at, {
          exact: price,
        }),
      ),
    );
  takeUp(0);

  /** Brings a trade into lots and cash. @returns what it closed, quote */
  const trade = (signed: number, price: number, at: number, fee: number, slot: string): number => {
    let realized = 0;
    const each = signed === 0 ? 0 : fee / Math.abs(signed);
    const unit = tick * lot * rate;
    open.trade(
      signed,
      (part) => {
        const profit = (price - part.lot.price) * part.side * part.size * unit;
        const way = excursion(part, swing);
        const walked = !Number.isNaN(way.worst);
        realized += profit;
        host.trip({
          market: name,
          side: part.side > 0 ? "long" : "short",
          openedAt: part.lot.openedAt,
          closedAt: at,
          size: part.size * lot,
          entry: part.lot.price * tick * rate,
          exit: price * tick * rate,
          profit,
          fees: (part.lot.feePerLot + each) * part.size,
          worst: walked ? Math.min(way.worst * unit, profit, 0) : null,
          best: walked ? Math.max(way.best * unit, profit, 0) : null,
          slot: part.lot.slot,
        });
      },
      (size) => opened(size, price, at, { fee: each, slot }),
    );
    position += signed * lot;
    cash -= signed * price * unit;
    return realized;
  };
  const watchTime = () => {
    const price = priceNow();
    times.held(host.now(), fold.held, price === undefined ? 0 : price * tick * rate);
  };

  const fold: MarketFold = {
    cells,
    markouts,
    through,
    times,
    fillPoints,
    fees,
    get instrument() {
      return instrument;
    },
    set instrument(changed) {
      if (changed.tickSize !== instrument.tickSize || changed.lotSize !== instrument.lotSize) {
        const [ticks, lots] = [tick / Number(changed.tickSize), lot / Number(changed.lotSize)];
        sums.regrid(instrument);
        fees.regrid();
        if (marked !== undefined) marked *= ticks;
        if (printed !== undefined) printed *= ticks;
        if (filledAt !== undefined) filledAt *= ticks;
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
    bookLost: (at) => {
      book?.lose();
      mids.set(at, undefined);
      times.touch(touch, 0, 0, host.now());
    },
    printed: ({ taker, price, venueAt }) => {
      printed = price;
      through.printed(taker, price, venueAt);
    },
    marked: (price) => {
      marked = price;
      if (Number.isNaN(firstPrice)) firstPrice = price * tick * rate;
    },
    get price() {
      return marked ?? mids.mid;
    },
    pass: (at) => mids.pass(at),
    fill: (fill: Fill, order: TalliedOrder) => {
      const { side, price, size, venueAt } = fill;
      const signed = side === "buy" ? size : -size;
      const maker = fill.liquidity === "maker";
      const own = fees.add(fill) * rate;
      sums.fill(signed, price);
      filledAt = price;
      const realized = trade(signed, price, venueAt, own, order.slot);
      if (fill.feeAsset === instrument.base && fill.feeAsset !== instrument.quote) baseFees += Number(fill.fee);
      else cash -= own;
      const hour = Math.floor(venueAt / 3_600_000) % 24;
      const cell = cells.of(order.slot, side, hour, maker);
      cell.fills += 1;
      cell.volume += size * price * tick * lot * rate;
      cell.realized += realized;
      cell.fees += own;
      if (maker) through.filled(side, price, venueAt);
      fillPoints.push(venueAt, price * tick * rate, signed * lot, maker ? 1 : 0);
      mids.watch(venueAt, { lots: signed, price, grid: instrument, cell });
      watchTime();
      host.filled(fill, signed * lot, price * tick * rate, own);
      return undefined;
    },
    funding: ({ amount, venueAt }) => {
      funding.add(amount);
      fundingCount += 1;
      cash += Number(amount) * rate;
      host.funded(fold, amount, venueAt);
    },
    adopt: (size: Lots, cost: Big) => {
      if (size === 0 || open.all().length > 0) return;
      const base = new Big(size).times(instrument.lotSize);
      carriedLots = [{ size: base, price: cost.div(base) }];
      carry = numbersOf(carriedLots);
      position = carry.size;
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
      mids.watch(at, { lots: -gone, price, grid: instrument, cell: undefined });
      watchTime();
    },
    requoted: (stopwatch, at) => {
      touch = stopwatch.touch;
      times.touch(touch, book?.bidPrice ?? 0, book?.askPrice ?? 0, at);
    },
    get unit() {
      return tick * lot * rate;
    },
    get held() {
      return position - baseFees;
    },
    get worth() {
      const price = priceNow();
      return price === undefined ? Number.NaN : price * tick * rate;
    },
    get mid() {
      return mids.mid === undefined ? Number.NaN : mids.mid * tick * rate;
    },
    get firstPrice() {
      return firstPrice;
    },
    get earned() {
      const price = priceNow();
      const value = price === undefined ? 0 : price * tick * rate;
      return cash + (position - baseFees + baseBefore) * value - (price === undefined ? 0 : carry.cost * rate);
    },
    get fundingCount() {
      return fundingCount;
    },
    split: () => {
      const price = priceNow();
      return sums.split({
        instrument,
        mark: price === undefined ? undefined : new Big(price).times(instrument.tickSize),
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
