// The figures of a run: what a tally comes to.
import { Big, type Instrument, type InstrumentId, type Millis } from "@bp/core";
import type { Causes } from "./causes.ts";
import type { OrderCounts } from "./orders.ts";
import type { Quoting, Touch } from "./quoting.ts";
import { type Sums, volumeSums } from "./sums.ts";

/**
 * Profit over some stretch, in quote.
 *
 * `gross = realized + unrealized` (marked), before fees; `net = gross − fees + funding`.
 */
export interface Profit {
  readonly realized: Big;
  readonly unrealized: Big;
  readonly gross: Big;
  readonly fees: Big;
  readonly funding: Big;
  readonly net: Big;
}

/** Ratios of a stretch; `undefined` where nothing was traded. */
export interface Ratios {
  /** Wear, 磨損率: |min(net, 0)| / quote volume × 100, in percent. */
  readonly wear: Big | undefined;
  /** net / quote volume: quote earned for each unit of quote traded. */
  readonly profitPerVolume: Big | undefined;
  /** −net × 10,000 / quote volume: what 10,000 of traded quote cost; negative: it earned that. */
  readonly costPer10k: Big | undefined;
  /** Resting share of the quote volume, 0 to 1. */
  readonly makerShare: Big | undefined;
}

/** One stretch: this run, or everything since the start values. */
export interface Stretch {
  readonly sums: Sums;
  readonly profit: Profit;
  /** Of its net. */
  readonly ratios: Ratios;
}

/** One market. Money in its own quote. */
export interface InstrumentFigures {
  readonly instrument: Instrument;
  readonly session: Stretch;
  readonly cumulative: Stretch;
  /** Signed base: bought less sold, fees aside. */
  readonly position: Big;
  /** Signed base that is there: the position less the fees charged in base. */
  readonly held: Big;
  /** Average price of the lots that are open; `undefined` when flat. */
  readonly entry: Big | undefined;
  /** Quote per base: the mark; without one the mid, the last print, the last fill. */
  readonly mark: Big | undefined;
  readonly quoting: Quoting;
  /** Time in the market as a share of the run, 0 to 1; `undefined` for a run without length. */
  readonly share: { readonly both: number | undefined; readonly any: number | undefined };
  /** Our best prices that rest now. */
  readonly touch: Touch;
  readonly causes: Causes;
}

/** What was traded on one day, by the venue's time. */
export interface DayFigures {
  /** UTC, `2026-11-20`. */
  readonly day: string;
  readonly fills: number;
  /** Quote. */
  readonly volume: Big;
  readonly fees: Big;
  /** Before fees. */
  readonly realized: Big;
}

/** Everything that a run comes to. Money in `quote`. */
export interface Figures {
  /** Asset of all sums over several markets. */
  readonly quote: string;
  /** Time of the first and of the newest event; 0 before the first. */
  readonly from: Millis;
  readonly to: Millis;
  /** Between the two. */
  readonly seconds: number;
  readonly orders: OrderCounts;
  readonly session: Stretch;
  readonly cumulative: Stretch;
  readonly causes: Causes;
  /** Of what the accounts have gained in this run, `causes.equityChange`: as `Glance` has them. */
  readonly ratios: Ratios;
  readonly instruments: readonly InstrumentFigures[];
  /** Oldest first; of a tally with a carry also what earlier runs traded, so that "today" is the whole day. */
  readonly days: readonly DayFigures[];
  /** Trades of the account that nobody here ordered; not in any sum. */
  readonly externalFills: number;
  /** Fee assets without a rate: charged, shown in `feesByAsset`, missing in `fees`. */
  readonly unconverted: readonly string[];
}

const hundred = new Big(100);
const tenThousand = new Big(10_000);

/** Profit of sums and what is still open. */
export function profitOf({ realized, fees, funding }: Sums, unrealized: Big): Profit {
  const gross = realized.plus(unrealized);
  return { realized, unrealized, gross, fees, funding, net: gross.minus(fees).plus(funding) };
}

/** A stretch out of its sums and its open profit. */
export function stretchOf(sums: Sums, unrealized: Big): Stretch {
  const profit = profitOf(sums, unrealized);
  return { sums, profit, ratios: ratiosOf(sums, profit.net) };
}

/** What a net result is to what was traded for it. */
export function ratiosOf(sums: Sums, net: Big): Ratios {
  const { all, maker } = volumeSums(sums.volumes);
  if (all.quote.eq(0))
    return { wear: undefined, profitPerVolume: undefined, costPer10k: undefined, makerShare: undefined };
  return {
    wear: net.lt(0) ? net.abs().times(hundred).div(all.quote) : new Big(0),
    profitPerVolume: net.div(all.quote),
    costPer10k: net.times(tenThousand).div(all.quote).neg(),
    makerShare: maker.quote.div(all.quote),
  };
}

/** The figures of one market. `undefined` if the run did not know it. */
export function figuresOf(figures: Figures, id: InstrumentId): InstrumentFigures | undefined {
  return figures.instruments.find((each) => each.instrument.id === id);
}
