// What an analyst is given, and what it has folded when it is asked.
import type { Ledger } from "../ledger.ts";
import type { RateOf } from "../rates.ts";
import type { TallyOptions } from "../tally.ts";
import type { Capital } from "./capital.ts";
import type { Fall } from "./fall.ts";
import type { Hedges } from "./hedges.ts";
import type { MarketFold } from "./marketFold.ts";
import type { DayTraded } from "./periods.ts";
import type { Sampled, Sampler } from "./sampler.ts";
import type { Settlement } from "./tables.ts";
import type { Trips } from "./trips.ts";

/** How an analyst is set up: as the tally of the same run, and what returns are taken of. */
export interface AnalystOptions extends TallyOptions {
  /**
   * What returns are fractions of, decimal text in quote, above 0. Default: what the first snapshots of the accounts show,
   * coins at the first price of their market; without snapshots the largest exposure of the run.
   */
  readonly capital?: string;
  /** A year's, as a fraction. Default 0. */
  readonly riskFreeRate?: number;
}

/** What an analyst has folded. */
export interface Folded {
  readonly options: AnalystOptions;
  readonly quote: string;
  readonly rateOf: RateOf;
  readonly ledger: Ledger<undefined, MarketFold>;
  readonly sampler: Sampler;
  readonly fall: Fall;
  readonly trips: Trips;
  readonly hedges: Hedges;
  readonly capital: Capital;
  /** By the number of the day since 1970. */
  readonly days: ReadonlyMap<number, DayTraded>;
  /** The newest ones, in a ring that begins anywhere. */
  readonly settlements: readonly Settlement[];
  readonly counts: { readonly requests: number; readonly quoted: number };
  readonly earned: () => number;
  readonly sampled: () => readonly Sampled[];
}
