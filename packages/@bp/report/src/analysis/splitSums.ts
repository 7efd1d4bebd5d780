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
  /** @param price - ticks, or exact quote per base */
  writeOff(lots: number, price: number | Big, grid: Instrument): void;
  /** The mid at a look after a fill, in ticks. @param odd - the grids, where they are not the ones of now */
  look(look: number, lots: number, mid: number, odd: { readonly lot: string; readonly tick: string } | undefined): void;
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

/** Σ signed × mid, and Σ signed, over the fills whose mid at one look is known. */
interface Look {
  /** In half ticks × lots. */
  valued: ExactSum;
  signed: ExactSum;
  /** In quote and in base, from before the grids were others. */
  valuedBefore: Big;
  signedBefore: Big;
  count: number;
}

const zero = new Big(0);

/** @param looks - just before the fill, and one for each horizon */
export function createSplitSums(looks: number): SplitSums {
  const rows = Array.from(
    { length: looks },
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
    look: (look, lots, mid, odd) => {
      const row = rows[look];
      if (row === undefined) return;
      row.count += 1;
      if (odd === undefined) {
        row.valued.add(lots, 2 * mid);
        row.signed.add(lots, 1);
      } else {
        const base = new Big(lots).times(odd.lot);
        row.signedBefore = row.signedBefore.plus(base);
        row.valuedBefore = row.valuedBefore.plus(base.times(new Big(mid).times(odd.tick)));
      }
    },
    regrid: ({ tickSize, lotSize }) => {
      const unit = new Big(tickSize).times(lotSize);
      signedBefore = signedBefore.plus(signed.total().times(lotSize));
      paidBefore = paidBefore.plus(paid.total().times(unit));
      signed = new ExactSum();
      paid = new ExactSum();
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
      /** Σ side × size × mid, those without one at the mark. */
      const worth = rows.map((row) =>
        row.valuedBefore
          .plus(row.valued.total().times(half))
          .plus(base.minus(row.signedBefore).minus(row.signed.total().times(lotSize)).times(price)),
      );
      const before = worth[0] ?? zero;
      const now = base.times(price);
      const gained =
        mark === undefined ? zero : carried.reduce((sum, lot) => sum.plus(mark.minus(lot.price).times(lot.size)), zero);
      const inBase = fees.basePaid.minus(fees.baseRebates);
      const cash = funding.minus(cost).minus(fees.paid).plus(fees.rebates);
      const coins = mark === undefined ? inBase : fees.base.times(mark); // what fees took in coins is not held
      return {
        spread: before.minus(cost),
        selection: worth.slice(1).map((after, at) => ({
          adverse: before.minus(after),
          inventory: now.minus(after),
          settled: rows[at + 1]?.count ?? 0,
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
