// Volatility from bars: what open, high, low and close tell beyond the closes alone.
import type { Bar } from "./bars.ts";

/** An estimator: bars (oldest first, prices above 0) to the deviation of one bar's logarithmic return; 0 for too few bars. */
export type BarVolatility = (bars: readonly Bar[]) => number;

/** From the range alone; for a market without drift. @see Parkinson (1980) */
export const parkinson: BarVolatility = (bars) =>
  Math.sqrt(meanOf(bars, ({ high, low }) => Math.log(high / low) ** 2) / (4 * Math.LN2));

/** Range and body; for a market without drift and gaps. @see Garman & Klass (1980) */
export const garmanKlass: BarVolatility = (bars) =>
  Math.sqrt(
    Math.max(
      0,
      meanOf(bars, ({ open, high, low, close }) => {
        return Math.log(high / low) ** 2 / 2 - (2 * Math.LN2 - 1) * Math.log(close / open) ** 2;
      }),
    ),
  );

/** Does not mistake a drift for movement. @see Rogers & Satchell (1991) */
export const rogersSatchell: BarVolatility = (bars) => Math.sqrt(meanOf(bars, rogersSatchellTerm));

/**
 * Drift and gaps between bars as well. The first bar only gives its close; it needs three.
 *
 * @see Yang & Zhang (2000), Drift-independent volatility estimation
 */
export const yangZhang: BarVolatility = (bars) => {
  const used = bars.slice(1);
  const count = used.length;
  if (count < 2) return 0;
  const gaps = used.map(({ open }, at) => Math.log(open / (bars[at]?.close ?? open)));
  const bodies = used.map(({ open, close }) => Math.log(close / open));
  const weight = 0.34 / (1.34 + (count + 1) / (count - 1));
  const variance =
    sampleVariance(gaps) + weight * sampleVariance(bodies) + (1 - weight) * meanOf(used, rogersSatchellTerm);
  return Math.sqrt(Math.max(0, variance));
};

function rogersSatchellTerm({ open, high, low, close }: Bar): number {
  return Math.log(high / close) * Math.log(high / open) + Math.log(low / close) * Math.log(low / open);
}

function meanOf(bars: readonly Bar[], term: (bar: Bar) => number): number {
  return bars.length === 0 ? 0 : bars.reduce((sum, bar) => sum + term(bar), 0) / bars.length;
}

function sampleVariance(values: readonly number[]): number {
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
  return values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (values.length - 1);
}
