// The exact sums that a market's profit is split by: whole ticks and lots while they run, Big when they are asked for.
import { Big, type Instrument } from "@bp/core";
import type { Lot } from "../fifo.ts";
import { ExactSum } from "./exact.ts";
import type { FeeTotals } from "./fees.ts";

/** Where a market's profit came from, in its own quote, exact. As `Causes`, with fees and rebates apart. */
export interface MarketSplit {
  readonly spread: Big;
  readonly selection: readonly { readonly adverse: Big; readonly inventory: Big; readonly settled: number }[];
  readonly carried: Big;
  readonly fees: Big;
  readonly rebates: Big;
  readonly feeDrift: Big;
  readonly funding: Big;
  /** Cash flows and holdings, from the same sums as the parts. */
  readonly equityChange: Big;
}

/** Exact sums over the fills of a market. */
export interface SplitSums {
  /** @param lots - signed; @param price - ticks */
  fill(lots: number, price: number): void;
  /** By how many ticks the mid just before a fill was above its price. */
  spread(lots: number, ticks: number): void;
  /** The same of a fill from before the grids were others, in quote. */
  spreadBefore(quote: Big): void;
  /** @param price - ticks, or exact quote per base */
  writeOff(lots: number, price: number | Big, grid: Instrument): void;
  /** What a fill that has come to a horizon is valued at there, in ticks. @param isKnown - by a mid of that time */
  look(horizon: number, lots: number, ticks: number, isKnown: boolean): void;
  /** The same of a fill from before the grids were others. @param base - signed @param price - quote per base */
  lookBefore(horizon: number, base: Big, price: Big, isKnown: boolean): void;
  /** Tick or lot are others from now on. @param before - as they were */
  regrid(before: Instrument): void;
  split(at: {
    readonly instrument: Instrument;
    readonly mark: Big | undefined;
    readonly carried: readonly Lot[];
    readonly fees: FeeTotals;
    readonly funding: Big;
  }): MarketSplit;
}

/** Σ signed × mid, and Σ signed, over the fills that have come to a horizon. */
interface Look {
  /** In half ticks × lots. */
  valued: ExactSum;
  signed: ExactSum;
  /** In quote and in base, from before the grids were others. */
  valuedBefore: Big;
  signedBefore: Big;
  /** Those whose mid is known. */
  count: number;
}

const zero = new Big(0);

/** @param horizons - their number */
export function createSplitSums(horizons: number): SplitSums {
  const rows = Array.from(
    { length: horizons },
    (): Look => ({
      valued: new ExactSum(),
      signed: new ExactSum(),
      valuedBefore: zero,
      signedBefore: zero,
      count: 0,
    }),
  );
  let signed = new ExactSum(); // lots
  let paid = new ExactSum(); // ticks × lots
  let signedBefore = zero; // base
  let paidBefore = zero; // quote
  let spread = new ExactSum(); // half ticks × lots
  let spreadBefore = zero; // quote

  return {
    fill: (lots, price) => {
      signed.add(lots, 1);
      paid.add(lots, price);
    },
    writeOff: (lots, price, { lotSize }) => {
      signed.add(lots, 1);
      if (typeof price === "number") paid.add(lots, price);
      else paidBefore = paidBefore.plus(new Big(lots).times(lotSize).times(price));
    },
    spread: (lots, ticks) => spread.add(lots, 2 * ticks),
    spreadBefore: (quote) => {
      spreadBefore = spreadBefore.plus(quote);
    },
    look: (horizon, lots, ticks, isKnown) => {
      const row = rows[horizon];
      if (row === undefined) return;
      if (isKnown) row.count += 1;
      row.valued.add(lots, 2 * ticks);
      row.signed.add(lots, 1);
    },
    lookBefore: (horizon, base, price, isKnown) => {
      const row = rows[horizon];
      if (row === undefined) return;
      if (isKnown) row.count += 1;
      row.signedBefore = row.signedBefore.plus(base);
      row.valuedBefore = row.valuedBefore.plus(base.times(price));
    },
    regrid: ({ tickSize, lotSize }) => {
      const unit = new Big(tickSize).times(lotSize);
      signedBefore = signedBefore.plus(signed.total().times(lotSize));
      paidBefore = paidBefore.plus(paid.total().times(unit));
      spreadBefore = spreadBefore.plus(spread.total().times(unit).div(2));
      signed = new ExactSum();
      paid = new ExactSum();
      spread = new ExactSum();
      for (const row of rows) {
        row.signedBefore = row.signedBefore.plus(row.signed.total().times(lotSize));
        row.valuedBefore = row.valuedBefore.plus(row.valued.total().times(unit).div(2));
        row.signed = new ExactSum();
        row.valued = new ExactSum();
      }
    },
    split: ({ instrument: { tickSize, lotSize }, mark, carried, fees, funding }) => {
      const unit = new Big(tickSize).times(lotSize);
      const half = unit.times("0.5");
      const price = mark ?? zero;
      const base = signedBefore.plus(signed.total().times(lotSize));
      const cost = paidBefore.plus(paid.total().times(unit));
      /** Σ side × size × mid, those still to come at the mark. */
      const worth = rows.map((row) =>
        row.valuedBefore
          .plus(row.valued.total().times(half))
          .plus(base.minus(row.signedBefore).minus(row.signed.total().times(lotSize)).times(price)),
      );
      const captured = spreadBefore.plus(spread.total().times(half));
      const before = cost.plus(captured);
      const now = base.times(price);
      const gained =
        mark === undefined ? zero : carried.reduce((sum, lot) => sum.plus(mark.minus(lot.price).times(lot.size)), zero);
      const inBase = fees.basePaid.minus(fees.baseRebates);
      const cash = funding.minus(cost).minus(fees.paid).plus(fees.rebates);
      const coins = mark === undefined ? inBase : fees.base.times(mark); // what fees took in coins is not held
      return {
        spread: captured,
        selection: worth.map((after, at) => ({
          adverse: before.minus(after),
          inventory: now.minus(after),
          settled: rows[at]?.count ?? 0,
        })),
        carried: gained,
        fees: fees.paid.plus(fees.basePaid),
        rebates: fees.rebates.plus(fees.baseRebates),
        feeDrift: mark === undefined ? zero : inBase.minus(fees.base.times(mark)),
        funding,
        equityChange: cash.plus(now).minus(coins).plus(gained),
      };
    },
  };
}
