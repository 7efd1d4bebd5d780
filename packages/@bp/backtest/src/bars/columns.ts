// Candles as columns of prices, checked once.
import { BpError } from "@bp/core";

/** Candles in the order of time. All columns have at least `count` entries. */
export interface BarColumns {
  readonly count: number;
  /** When each opened, ms since 1970. */
  readonly at: Float64Array;
  /** Quote for one of the base, above 0. */
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** Base, 0 or more. */
  readonly volume: Float64Array;
}

/**
 * Checks every candle.
 *
 * @throws BpError `sim/bad-market` for the first one that cannot be, by its place from 0
 */
export function checkBars({ count, at, open, high, low, close, volume }: BarColumns): void {
  const shortest = Math.min(...[at, open, high, low, close, volume].map(({ length }) => length));
  if (!(Number.isInteger(count) && count >= 0 && count <= shortest))
    throw new BpError("sim/bad-market", { why: `${count} candles in columns of ${shortest}` });
  let before = -Infinity;
  for (let bar = 0; bar < count; bar++) {
    // within the columns, as checked above
    const when = at[bar] as number;
    const top = high[bar] as number;
    const bottom = low[bar] as number;
    const first = open[bar] as number;
    const last = close[bar] as number;
    const isCandle = bottom > 0 && top < Infinity && first >= bottom && first <= top && last >= bottom && last <= top;
    if (!isCandle) throw bad(bar, `open ${first}, high ${top}, low ${bottom}, close ${last} are no candle`);
    if (!((volume[bar] as number) >= 0)) throw bad(bar, `a volume of ${volume[bar]}`);
    if (!(when > before && when < Infinity)) throw bad(bar, `dated ${when}, after one of ${before}`);
    before = when;
  }
}

const bad = (bar: number, why: string) => new BpError("sim/bad-market", { why: `candle ${bar}: ${why}` });
