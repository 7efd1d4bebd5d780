// What an analyst has gathered when it is asked: what every group of figures is made of.
import type { OrderCounts } from "../orders.ts";
import type { HedgeFigures } from "./hedges.ts";
import type { Metric, MetricGroup, MetricUnit } from "./metric.ts";
import { names } from "./names.ts";
import type { Samples } from "./sampler.ts";
import type { Markout, ProfitSplit } from "./split.ts";
import type { Drawdown, Period } from "./tables.ts";
import type { TripFigures } from "./trips.ts";

/** Everything, money in the common quote. */
export interface Gathered {
  readonly from: number;
  readonly to: number;
  readonly capital: number;
  readonly riskFreeRate: number;
  readonly samples: Samples;
  /** `capital` + earned, and its returns; empty without a capital. Returns also once equity has been at 0 or below: `isRuined`. */
  readonly equity: Float64Array;
  readonly returns: Float64Array;
  /** Equity was at 0 or below once: nothing compounds through that, and no return is a fraction of it. */
  readonly isRuined: boolean;
  /** Of the first market's price, sample by sample; 0 before its first one. Empty where it never had one. */
  readonly benchmark: Float64Array;
  readonly days: readonly Period[];
  readonly weeks: readonly Period[];
  readonly months: readonly Period[];
  /** The deepest first: of samples, and the deepest of all between them. */
  readonly drawdowns: readonly Drawdown[];
  /** Fraction, 0 or negative; `undefined` without a capital. */
  readonly maxDrawdown: number | undefined;
  /** The largest fall in money, quote, negative: another one maybe than the deepest fraction. `undefined`: there was none. */
  readonly maxFall: number | undefined;
  /** When the deepest fraction was; without a capital, the largest fall. */
  readonly deepest: Omit<Drawdown, "depth"> | undefined;
  readonly profit: ProfitSplit;
  readonly markouts: readonly Markout[];
  readonly trips: TripFigures;
  readonly hedge: HedgeFigures | undefined;
  /** Funding of the markets whose coin is held at two places or more. */
  readonly legFunding: number;
  readonly orders: OrderCounts;
  readonly fills: number;
  readonly volume: number;
  readonly makerVolume: number;
  readonly quotedVolume: number;
  readonly requests: number;
  /** Ms, over all markets together; a market's share of the run is divided by their number. */
  readonly times: {
    readonly held: number;
    readonly long: number;
    readonly short: number;
    readonly both: number;
    readonly any: number;
    readonly atTouch: number;
  };
  readonly markets: number;
  readonly passed: { readonly queue: number; readonly through: number };
}

/** What can be said of a group. */
export type Values<G extends MetricGroup> = Readonly<
  Record<keyof (typeof names)[G], readonly [value: number | undefined | null, unit: MetricUnit, how: string]>
>;

/** The figures of a group in the order of their names; what is no number is not known. */
export function figuresOf<G extends MetricGroup>(group: G, values: Values<G>): readonly Metric[] {
  const named = Object.entries(names[group]) as [keyof Values<G> & string, readonly [string, string]][]; // as declared
  return named.map(([key, [name]]) => {
    const [value, unit, how] = values[key];
    const known = typeof value === "number" && Number.isFinite(value) ? value + 0 : null; // + 0 turns -0 into 0
    return { group, key, name, value: known, unit, how };
  });
}

/** How figures of equity are sampled. */
export function sampling({ samples, riskFreeRate }: Gathered): string {
  return `equity every ${samples.stepMs / 1_000} s, ${samples.periodsPerYear} periods a year (365 days), risk-free rate ${riskFreeRate}`;
}
